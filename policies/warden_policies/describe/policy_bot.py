"""A policy of policy-bot's: the rules in their order, and each rule by itself."""

from collections.abc import Iterator
from typing import Final

from warden_policies.describe.sentences import asked, bullet, clause, parts, wrapped
from warden_policies.policy import Combine, Group, Node, Policy, Question
from warden_policies.text import plain

_HEADS: Final = {
    Combine.POLICY_BOT_AND: "all of these, but for those that are skipped:",
    Combine.POLICY_BOT_OR: "one of these:",
}
_CAUTION = (
    "This is told as policy-bot 1.36.2 decides, which lets pass what the native language does not:"
    " 'changewarden policy import' names the differences."
)


def lines(policy: Policy) -> Iterator[str]:
    """What the policy asks."""
    approval, disapproval = (each for each in policy.root.members if isinstance(each, Group))
    yield "This policy is in policy-bot's language. A change is approved by"
    yield from _order(approval, "  ")
    for rule in dict.fromkeys(_rules(approval)):
        yield from ("", plain(rule.name), *_rule(rule))
    yield from ("", "What disapproves", *_disapproval(disapproval), "", *wrapped(_CAUTION))


def _order(node: Node, indent: str) -> Iterator[str]:
    if not isinstance(node, Group):
        return
    if node.combine is Combine.POLICY_BOT_RULE:
        yield from bullet(plain(node.name), indent)
        return
    nothing = "nothing: every change is approved" if not node.members else ""
    yield from bullet(nothing or _HEADS[node.combine], indent)
    for member in node.members:
        yield from _order(member, f"{indent}    ")


def _rules(group: Group) -> Iterator[Group]:
    for member in group.members:
        if isinstance(member, Group) and member.combine is Combine.POLICY_BOT_RULE:
            yield member
        elif isinstance(member, Group):
            yield from _rules(member)


def _rule(rule: Group) -> Iterator[str]:
    """When a rule applies and what it needs; one that needs nothing approves by itself."""
    condition, *needed = rule.members
    when = " and ".join(map(clause, parts(condition)))
    yield from wrapped(f"When {when}; otherwise it is skipped:" if when else "Always:", "  ")
    for node in needed:
        questions = node.members if isinstance(node, Group) else (node,)
        yield from (line for each in questions for line in bullet(clause(each), "    "))
    if not needed:
        yield from bullet("nothing: it approves by itself", "    ")


def _disapproval(group: Group) -> Iterator[str]:
    predicates, *people = group.members
    alone = predicates.members if isinstance(predicates, Group) else ()
    for node in alone:
        yield from bullet(f"that {clause(node)}")
    for node in people:
        if isinstance(node, Question):
            yield from bullet(asked(node))
    if not alone and not people:
        yield from bullet("nothing: a request for changes stops nothing")
