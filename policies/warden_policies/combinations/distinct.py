"""Distinct people across requirements: nobody's approval may serve two of them.

Each requirement needs so many people out of those whose approvals counted for it; whether all can
be served at once is a bipartite matching, found by augmenting paths (Kuhn 1955).
"""

from collections.abc import Iterator, Mapping, Sequence

from warden_policies.outcome import Action, Outcome, Result
from warden_policies.text import listed, plain


def duties_apart(names: Sequence[str], results: Sequence[Result]) -> Result:
    """Whether different people met each of the requirements called `names`.

    Requirements that do not apply need nobody. While one of them is still open by itself, so is
    this; once each has enough people of its own, they must suffice for all together.
    """
    duties = [result for result in results if result.name in names]
    needs = {result.name: sum(needed for needed, _ in _counts(result)) for result in duties}
    able = {
        result.name: frozenset(person for _, people in _counts(result) for person in people)
        for result in duties
    }
    missing = sum(needs.values()) - len(_serve(needs, able))
    title = f"Different people for {listed(map(plain, names))}"
    if not any(needs.values()):
        return Result(title, Outcome.NOT_APPLICABLE, "none of them needs anybody")
    if any(result.outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE) for result in duties):
        return Result(title, Outcome.PENDING, "they are not all met yet")
    if not missing:
        return Result(title, Outcome.PASS, f"{sum(needs.values())} different people approved")
    reason = f"{missing} more {'person' if missing == 1 else 'people'} needed: one serves only one"
    action = Action((), "approve as somebody who has not approved for another of them")
    return Result(title, Outcome.PENDING, reason, actions=(action,))


def _counts(result: Result) -> Iterator[tuple[int, frozenset[int]]]:
    """What each question under a requirement needed, and who counted.

    Of alternatives each that is met counts: that may ask for one person too many, never too few.
    """
    if result.needed and result.outcome is Outcome.PASS:
        yield result.needed, frozenset(person.id for person in result.approvers)
    for child in result.children:
        yield from _counts(child)


def _serve(
    needs: Mapping[str, int], able: Mapping[str, frozenset[int]]
) -> dict[int, tuple[str, int]]:
    """The largest assignment of people to places; a place is a requirement and a number."""
    taken: dict[int, tuple[str, int]] = {}
    for name, needed in needs.items():
        for place in range(needed):
            _place((name, place), able, taken, set())
    return taken


def _place(
    place: tuple[str, int],
    able: Mapping[str, frozenset[int]],
    taken: dict[int, tuple[str, int]],
    tried: set[int],
) -> bool:
    for person in sorted(able[place[0]] - tried):
        tried.add(person)
        if person not in taken or _place(taken[person], able, taken, tried):
            taken[person] = place
            return True
    return False
