"""`policy: disapproval:` in native words, as far as there are any."""

from collections.abc import Iterator

from warden_policies.policy import Group, Question
from warden_policies.policy_bot.methods import Methods
from warden_policies.predicates.policy_bot.disapproval import Disapproval
from warden_policies.problem import Path
from warden_policies.text import quoted
from warden_policies.translation.conditions import condition
from warden_policies.translation.requires import Difference, stand_in
from warden_policies.translation.rules import Requirement, Rules


def disapproving(group: Group, path: Path, rules: Rules) -> Iterator[Requirement]:
    """What disapproves by itself becomes a requirement that cannot be met while it is so."""
    for member in group.members:
        if isinstance(member, Question) and isinstance(member.arguments, Disapproval):
            rules.note(path, tuple(_people(member.arguments)))
        elif isinstance(member, Group):
            for question in member.members:
                if isinstance(question, Question):
                    yield from _by_itself(question, (*path, "if"), rules)


def _by_itself(question: Question, path: Path, rules: Rules) -> Iterator[Requirement]:
    word = question.predicate.removeprefix("policy-bot ")
    place = (*path, word)
    found = condition(question)
    if not found.over:
        words = f"{quoted(word)} disapproves no more: {found.why}"
        rules.note(place, (Difference(words, open=True),))
        return
    if found.why:
        words = f"{quoted(word)}: {found.why}; more changes are disapproved"
        rules.note(place, (Difference(words),))
    name = f"Not disapproved by {word}"
    yield Requirement(name, place, found.over, stand_in(f"{word} disapproves"))


def _people(arguments: Disapproval) -> Iterator[Difference]:
    other = _other_ways(arguments.disapprove)
    if other:
        words = f"{other} disapproves no more: natively only a request for changes does"
        yield Difference(words, open=True)
    yield Difference(
        "whoever has write access may request changes, and nobody else, and only where approvals"
        " are required: natively nobody is named for it",
        open=True,
    )
    yield Difference(
        "an objection is taken back by whoever made it, or dismissed with a reason by a maintainer"
        " who did not contribute: natively nobody else takes it back"
    )


def _other_ways(methods: Methods) -> str:
    return " or ".join(words for words in methods.words() if words != "a review")
