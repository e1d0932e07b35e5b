"""Which requirements can never be met, or never apply?"""

from collections.abc import Iterator
from dataclasses import replace

from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import Combine, Group, Node
from warden_policies.prove.case import Case, Claim, Deny, Questions
from warden_policies.prove.encode import (
    Place,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.question import question
from warden_policies.prove.rules import (
    Rule,
)


@question("never")
def never(case: Case) -> Questions:
    """No change meets its condition; or it can apply, and no change meets it."""
    for rule in case.rules:
        idle = Claim(
            "never-applies",
            Severity.WARNING,
            "there is no change that it applies to",
            "change its condition, or take it away",
            rule.name,
        )
        dead = Claim(
            "never-met",
            Severity.ERROR,
            "no change can meet it: whatever it applies to waits for ever",
            "ask for something that can happen",
            rule.name,
        )
        if rule.condition:
            place, condition = rule.condition
            yield Deny(idle, case.answer(place).passes, _Passes(condition))
        yield Deny(dead, case.answer(rule.place).passes, _Passes(rule.group), idle)
        for place, node in _alternatives(rule):
            which = f"its alternative number {place[-1] + 1} can never be met"
            weaker = replace(dead, severity=Severity.WARNING, message=which)
            yield Deny(weaker, case.answer(place).passes, _Passes(node), dead)


def _alternatives(rule: Rule) -> Iterator[tuple[Place, Node]]:
    """Everything under an `any`."""
    for place, node in rule.asked:
        yield from _below(node, place)


def _below(node: Node, place: Place) -> Iterator[tuple[Place, Node]]:
    if isinstance(node, Group):
        for at, member in enumerate(node.members):
            if node.combine is Combine.ANY:
                yield (*place, at), member
            yield from _below(member, (*place, at))


class _Passes:
    """Whether the evaluator says that a node passes."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def __call__(self, change: Change) -> bool:
        return answer(self._node, change).outcome is Outcome.PASS
