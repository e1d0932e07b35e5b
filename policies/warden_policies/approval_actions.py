"""What keeps an approval requirement from being met, and who can do what about it, in words."""

from collections.abc import Iterator, Sequence

from warden_policies.actors import Actors
from warden_policies.eligibility import Rules, candidates, contributing, excluded
from warden_policies.model import Change, Person, Review
from warden_policies.opinions import Ballot, is_only_stale, objections, who, whose
from warden_policies.outcome import Action
from warden_policies.text import listed, plain, short


def standing_objections(
    change: Change, votes: Ballot, lifters: Actors
) -> Iterator[tuple[str, Action]]:
    """Every objection that stands, as a reason, and how it ends."""
    for review, why_not_lifted in objections(change, votes, lifters):
        reason = f"{who(review)} requested changes"
        yield (
            f"{reason}: {why_not_lifted}" if why_not_lifted else reason,
            _lift(review, change),
        )


def _lift(review: Review, change: Change) -> Action:
    """How an objection ends; approving helps only when the approval would count."""
    if review.author is None or review.author.id in contributing(change):
        return Action((), f"dismiss {whose(review)} once the requested changes are made")
    head = short(change.head_sha)
    return Action((who(review),), f"approve {head} once the requested changes are made")


def nobody_there(change: Change) -> Iterator[tuple[str, Action]]:
    """The change has no author or no commit, so that nobody can say whose work it is."""
    if not change.opener:
        what = "open the pull request again from an account that exists"
        yield "the account that opened the pull request was deleted", Action((), what)
    if not change.commits:
        what = f"push a commit to {plain(change.head_ref)}, or close the pull request"
        yield "there are no commits between base and head", Action(_opener(change), what)


def unknown_people(unknown: Sequence[str], change: Change) -> Iterator[tuple[str, Action]]:
    """The commits `unknown` have people without an account, any of whom may be the approver."""
    if not unknown:
        return
    noun, verb = ("commit", "has") if len(unknown) == 1 else ("commits", "have")
    which = f"{noun} {listed(map(short, unknown), 3)}"
    what = f"link the e-mail addresses in {which} to GitHub accounts, or commit again"
    reason = f"{which} {verb} an author or committer without a GitHub account"
    yield reason, Action(_opener(change), what)


def _opener(change: Change) -> tuple[str, ...]:
    return (plain(change.opener.login),) if change.opener else ()


def approvals_missing(needed: int, votes: Ballot, change: Change, rules: Rules) -> Iterator[Action]:
    """Who could bring the count up: those who approved an earlier commit, and who else may."""
    if needed <= 0:
        return
    head = short(change.head_sha)
    stale = [who(review) for review in votes.opinions if is_only_stale(review, change, rules)]
    if stale:
        yield Action(tuple(stale[:10]), f"review the new commits and approve {head}")
    if len(stale) < needed:
        done = {review.author.id for review in votes.counted if review.author}
        able = [person for person in candidates(change, rules) if person.id not in done]
        named = rules.actors.people or rules.actors.teams
        names = tuple(plain(person.login) for person in able) if named else ()
        yield Action(names, _wanted(needed, head, able, change, rules))


def _wanted(needed: int, head: str, able: Sequence[Person], change: Change, rules: Rules) -> str:
    barred = excluded(change, rules)
    but = f"; not {listed(barred, 5)}" if barred else ""
    what = f"review and approve {head} ({needed} more needed{but})"
    everybody_is_known = rules.actors.permission is None and not rules.actors.empty
    if not everybody_is_known or len(able) >= needed:
        return what
    few = "nobody else" if not able else f"only {len(able)} more"
    return f"{what}; {few} may: let the policy name more people, or give somebody access"
