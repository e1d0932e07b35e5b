"""The requirements of a native policy, or the rules of policy-bot's: what both have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warden_policies.policy import Combine, Group, Node, Policy, Question, questions
from warden_policies.prove.encode import Place


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement, or a rule of policy-bot's: what it asks of which changes."""

    place: Place
    group: Group

    @property
    def name(self) -> str:
        """Its name."""
        return self.group.name

    @property
    def condition(self) -> tuple[Place, Node] | None:
        """When it applies; None for always."""
        members = self.group.members
        if self.group.combine is Combine.REQUIREMENT:
            return ((*self.place, 0), members[0]) if len(members) > 1 else None
        when = members[0]
        asks = isinstance(when, Group) and when.members
        return ((*self.place, 0), when) if asks else None

    @property
    def asked(self) -> Sequence[tuple[Place, Node]]:
        """What it asks for, where it applies."""
        native = self.group.combine is Combine.REQUIREMENT
        first = len(self.group.members) - 1 if native else 1
        return [
            ((*self.place, at), member)
            for at, member in enumerate(self.group.members)
            if at >= first
        ]

    @property
    def questions(self) -> Iterator[Question]:
        """Every question that it asks where it applies."""
        return (asked for _, node in self.asked for asked in questions(node))


def rules_of(policy: Policy) -> Sequence[Rule]:
    """Every requirement or rule of a policy, each name once, in the order of the tree."""
    found = {rule.name: rule for rule in reversed(list(_rules(policy.root, ())))}
    return list(reversed(found.values()))


def _rules(node: Node, place: Place) -> Iterator[Rule]:
    if not isinstance(node, Group):
        return
    if node.combine in (Combine.REQUIREMENT, Combine.POLICY_BOT_RULE):
        yield Rule(place, node)
        return
    for at, member in enumerate(node.members):
        yield from _rules(member, (*place, at))
