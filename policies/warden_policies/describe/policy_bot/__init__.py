"""A policy of policy-bot's: how its rules stand together, each rule by itself, what gets past it.

Each rule is told once, wherever and however often it is named.
"""

from collections.abc import Iterator
from typing import Final

from warden_policies.describe.policy_bot.loopholes import loopholes
from warden_policies.describe.policy_bot.rules import rule_lines, ways
from warden_policies.describe.sentences import asked, bullet, clause, wrapped
from warden_policies.policy import Combine, Group, Node, Policy, Question
from warden_policies.predicates.policy_bot.disapproval import Disapproval
from warden_policies.text import plain

_HEADS: Final = {Combine.POLICY_BOT_AND: "All of:", Combine.POLICY_BOT_OR: "One of:"}
_INTRODUCTION: Final = (
    "This policy is in policy-bot's language and is decided as version 1.36.2 decides. What has to"
    " match is a regular expression in quotes, which is found anywhere unless it says otherwise."
)
_APPROVED: Final = (
    "A change is approved when this is so, rules that are skipped left out. If every rule is"
    " skipped, that is an error, and the change is not approved."
)


def lines(policy: Policy) -> Iterator[str]:
    """What the policy asks, and what it lets pass."""
    approval, disapproval = (each for each in policy.root.members if isinstance(each, Group))
    yield from wrapped(_INTRODUCTION)
    yield from ("", "Approval")
    if policy.requirements:
        yield from wrapped(_APPROVED, "  ")
        yield from _order(approval, "    ")
    else:
        yield from wrapped("Every change is approved: no rule is named.", "  ")
    for rule in policy.requirements:
        yield from ("", *rule_lines(rule))
    if policy.unused:
        yield from ("", "Rules that are never used")
        yield from (line for name in policy.unused for line in bullet(_unused(name, policy)))
    yield from ("", "Disapproval", *_disapproval(disapproval))
    yield from ("", "What this language lets pass")
    yield from (line for sentence in loopholes(policy) for line in bullet(f"{sentence}."))


def _order(node: Node, indent: str) -> Iterator[str]:
    """Lists in each other, down to the names of rules; a list of one thing is that thing."""
    if not isinstance(node, Group):
        return
    if node.combine is Combine.POLICY_BOT_RULE:
        yield from bullet(plain(node.name), indent)
        return
    if len(node.members) == 1:
        yield from _order(node.members[0], indent)
        return
    yield from bullet(_HEADS[node.combine], indent)
    for member in node.members:
        yield from _order(member, f"{indent}    ")


def _unused(name: str, policy: Policy) -> str:
    replaced = any(name == rule.name for rule in policy.requirements)
    return f"{plain(name)}{': a later rule of this name took its place' if replaced else ''}"


def _disapproval(group: Group) -> Iterator[str]:
    predicates, *people = group.members
    alone = predicates.members if isinstance(predicates, Group) else ()
    if alone:
        yield from wrapped("Whatever is approved, a change is blocked while", "  ")
        for position, node in enumerate(alone):
            yield from bullet(f"{'or ' if position else ''}{clause(node)}", "    ")
    for node in people:
        if isinstance(node, Question) and isinstance(node.arguments, Disapproval):
            yield from _people(node, node.arguments)
    if not alone and not people:
        yield from wrapped("Nothing and nobody disapproves.", "  ")


def _people(question: Question, arguments: Disapproval) -> Iterator[str]:
    yield from wrapped("Whatever is approved, a change needs", "  ")
    yield from bullet(asked(question), "    ")
    yield from wrapped("They disapprove by:", "  ")
    yield from ways(arguments.disapprove, "requests changes", "    ")
    yield from wrapped("Any of them takes back the disapproval of all of them by:", "  ")
    yield from ways(arguments.revoke, "approves", "    ")
