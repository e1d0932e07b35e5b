"""Which requirements can never be met, or never apply?"""

from collections.abc import Iterator
from dataclasses import replace

from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import Combine, Group, Node
from warden_policies.prove.case import Case, Claim, Deny, Questions
from warden_policies.prove.encode import Place
from warden_policies.prove.finding import Severity
from warden_policies.prove.question import question

_FIX_WHEN = "change its 'when', or take the requirement away"
_FIX_REQUIRE = "ask for something that can happen"


@question("never-applies")
def never_applies(case: Case) -> Questions:
    """No change meets the condition."""
    for at, group in case.requirements:
        if len(group.members) > 1:
            claim = Claim(
                "never-applies",
                Severity.WARNING,
                "there is no change that it applies to",
                _FIX_WHEN,
                group.name,
            )
            yield Deny(claim, case.answer(at, 0).passes, _Passes(group.members[0]))


@question("never-met")
def never_met(case: Case) -> Questions:
    """It can apply, and then no change meets it."""
    for at, group in case.requirements:
        required, place = group.members[-1], (at, len(group.members) - 1)
        claim = Claim(
            "never-met",
            Severity.ERROR,
            "no change can meet it: whatever it applies to is blocked for ever",
            _FIX_REQUIRE,
            group.name,
        )
        yield Deny(claim, case.answer(*place).passes, _Passes(required))
        for inner, where in _alternatives(required, place):
            alternative = f"its alternative number {where[-1] + 1} can never be met"
            weaker = replace(claim, severity=Severity.WARNING, message=alternative)
            yield Deny(weaker, case.answer(*where).passes, _Passes(inner), claim)


def _alternatives(node: Node, place: Place) -> Iterator[tuple[Node, Place]]:
    """Everything under `any`, with its place."""
    if isinstance(node, Group):
        for at, member in enumerate(node.members):
            if node.combine is Combine.ANY:
                yield member, (*place, at)
            yield from _alternatives(member, (*place, at))


class _Passes:
    """Whether the evaluator says that a node passes."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def __call__(self, change: Change) -> bool:
        return answer(self._node, change).outcome is Outcome.PASS
