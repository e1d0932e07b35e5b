"""A native policy: a heading for each requirement, when it applies, and what is needed then."""

from collections import Counter
from collections.abc import Iterable, Iterator

from warden_policies.describe.sentences import asked, bullet, clause, parts, wrapped
from warden_policies.policy import Combine, Group, Node, Policy, Question, questions
from warden_policies.predicates import PREDICATES
from warden_policies.text import listed, plain


def lines(policy: Policy) -> Iterator[str]:
    """What the policy asks."""
    requirements = policy.requirements
    yield from wrapped(_headline(len(requirements)))
    for requirement in requirements:
        yield from ("", plain(requirement.name))
        yield from _requirement(requirement)
    if policy.root.distinct:
        yield from ("", "Different people")
        yield from (line for names in policy.root.distinct for line in bullet(_apart(names)))
    yield from ("", "What never counts")
    yield from (line for sentence in _never(policy) for line in bullet(f"{sentence}."))
    if policy.observe_until:
        until = f"{policy.observe_until:%Y-%m-%d %H:%M} UTC"
        yield ""
        yield from wrapped(f"Until {until} this only observes: it says its verdict, stops nobody.")


def _headline(count: int) -> str:
    if count == 1:
        return "This policy has one requirement. A change to which it does not apply is blocked."
    return (
        f"This policy has {count} requirements. Each that applies to a change must be met;"
        " a change to which none applies is blocked."
    )


def _requirement(group: Group) -> Iterator[str]:
    *when, required = group.members
    yield from wrapped(f"{_occasion(when[0]) if when else 'Always'}:", "  ")
    yield from (line for member in parts(required) for line in _needed(member, "    "))


def _occasion(when: Node) -> str:
    """`When ..., unless ...`, or what the condition is otherwise."""
    every = parts(when)
    but = [part for part in every if isinstance(part, Group) and part.combine is Combine.NOT]
    says = [clause(part) for part in every if part not in but]
    unless = [clause(part.members[0]) for part in but]
    head = f"When {' and '.join(says)}" if says else "Always"
    return f"{head}, unless {' or '.join(unless)}" if unless else head


def _needed(node: Node, indent: str) -> Iterator[str]:
    """A node of a requirement as a list item, with what is below it further to the right."""
    if isinstance(node, Question):
        yield from bullet(asked(node), indent)
        return
    members = node.members if node.combine is Combine.ANY else parts(node)
    if len(members) == 1:
        yield from _needed(members[0], indent)
        return
    yield from bullet("one of these:" if node.combine is Combine.ANY else "all of these:", indent)
    yield from (line for member in members for line in _needed(member, f"{indent}    "))


def _apart(names: tuple[str, ...]) -> str:
    return f"Nobody's approval serves two of: {listed(map(plain, names), 50)}."


def _never(policy: Policy) -> Iterator[str]:
    """What the predicates say; for which requirements, unless all that ask alike say the same."""
    asked_in = [(each.name, asks) for each in policy.requirements for asks in questions(each)]
    said: dict[tuple[str, str], list[str]] = {}
    for name, question in asked_in:
        for sentence in _sentences(question):
            said.setdefault((question.predicate, sentence), []).append(plain(name))
    often = Counter(question.predicate for _, question in asked_in)
    for (predicate, sentence), names in said.items():
        where = "" if len(names) == often[predicate] else f" (for {_each_once(names)})"
        yield f"{sentence}{where}"
    yield "What cannot be read or worked out is an error, and an error never passes"


def _each_once(names: Iterable[str]) -> str:
    return listed(dict.fromkeys(names), 50)


def _sentences(question: Question) -> tuple[str, ...]:
    never = PREDICATES[question.predicate].never
    return never(question.arguments) if never else ()
