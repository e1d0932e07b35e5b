"""The rules of a `.policy.yml`, in the order of its approval, become native requirements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from warden_policies.canonical import Json
from warden_policies.policy import Combine, Group, Node, Question
from warden_policies.predicates.policy_bot.approvals import Approvals
from warden_policies.problem import Path
from warden_policies.text import listed, quoted
from warden_policies.translation.conditions import condition
from warden_policies.translation.requires import (
    Difference,
    Required,
    approvals,
    required,
    stand_in,
)
from warden_policies.translation.words import Condition, Words, says_not, some, together

_ALWAYS: Final[Words] = {"any": [{"draft": True}, {"draft": False}]}
"""What holds for every change, where something has to be asked."""

_MORE: Final = (
    "this applies to more changes, also to some that no rule was for and that were stopped"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A place in the source where the native policy is not what it was."""

    path: Path
    difference: Difference


@dataclass(frozen=True, slots=True)
class Requirement:
    """A native requirement and the place that it comes from. Without `when` it always applies."""

    name: str
    path: Path
    when: Words
    require: Words


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several ways: the change to which it is open, and what it needs of one."""

    when: Words
    needs: Words | None
    """None when it cannot be translated, so that this way is closed."""


@dataclass(slots=True)
class Rules:
    """Translates rules. `places` are where they stand, by name."""

    places: dict[str, Path]
    notes: list[Note] = field(default_factory=list)

    def requirements(self, group: Group) -> Iterator[Requirement]:
        """All entries of a list must hold, so each is a requirement of its own."""
        for member in _groups(group):
            if member.combine is Combine.POLICY_BOT_AND:
                yield from self.requirements(member)
            elif member.combine is Combine.POLICY_BOT_OR:
                yield self._one_of(member)
            else:
                yield from self._rule(member)

    def note(self, path: Path, differences: Sequence[Difference]) -> None:
        """Keep what has to be told about a place, once."""
        for difference in differences:
            note = Note(path, difference)
            if note not in self.notes:
                self.notes.append(note)

    def _rule(self, rule: Group) -> Iterator[Requirement]:
        """It applies to no fewer changes; one that asks for nothing applies to no more."""
        path = self.places[rule.name]
        needs = self._needs(rule, path)
        effect = _MORE if needs else "fewer changes are approved by this"
        when = self._conditions(rule, path, effect)
        if needs:
            yield Requirement(rule.name, path, when.over, needs)
        elif when.under is None:
            words = "a change that only this rule approves is blocked natively"
            self.note((*path, "if"), (Difference(words, open=True),))
        elif says_not(when.under):
            yield Requirement(rule.name, path, when.under, _ALWAYS)
        else:
            yield Requirement(rule.name, path, when.under, when.under or _ALWAYS)

    def _one_of(self, group: Group) -> Requirement:
        """It applies when one of the ways is open, and then one of them has to be gone."""
        rules = list(_rules(group))
        name = " or ".join(dict.fromkeys(rule.name for rule in rules))
        ways = self._some(group)
        needs = stand_in(name) if ways.needs is None else ways.needs or _ALWAYS
        return Requirement(name, self.places[rules[0].name], ways.when, needs)

    def _alternative(self, group: Group) -> Alternative:
        if group.combine is Combine.POLICY_BOT_AND:
            return self._all_at_once(group)
        if group.combine is Combine.POLICY_BOT_OR:
            return self._some(group)
        path = self.places[group.name]
        when = self._conditions(group, path, "this way is open to fewer changes")
        needs = self._needs(group, path)
        if when.under is None or says_not(when.under):
            why = when.why or "what must not be cannot stand under 'require'"
            words = f"{quoted(group.name)} is no way to approve natively: {why}"
            self.note((*path, "if"), (Difference(words, open=True),))
            return Alternative(when.over, None)
        return Alternative(when.over, together((when.under, needs)))

    def _some(self, group: Group) -> Alternative:
        """One of the ways."""
        ways = [self._alternative(member) for member in _groups(group)]
        needs = [way.needs for way in ways if way.needs is not None]
        return Alternative(some(way.when for way in ways), some(needs) if needs else None)

    def _all_at_once(self, group: Group) -> Alternative:
        """Rules of which policy-bot leaves out those that do not apply; here each has to hold."""
        members = [self._alternative(member) for member in _groups(group)]
        if sum(bool(member.when) for member in members) and len(members) > 1:
            names = listed(quoted(rule.name) for rule in _rules(group))
            words = f"of {names} policy-bot skips what does not apply: natively each has to hold"
            self.note(self.places[next(_rules(group)).name], (Difference(words),))
        needs = [member.needs for member in members]
        if any(words is None for words in needs):
            return Alternative(some(member.when for member in members), None)
        found = together(words for words in needs if words is not None)
        return Alternative(some(member.when for member in members), found)

    def _conditions(self, rule: Group, path: Path, effect: str) -> Condition:
        """All that stands under `if:`; `effect` is what comes of a difference."""
        every = []
        for question in _questions(rule.members[0]):
            found = condition(question)
            word = question.predicate.removeprefix("policy-bot ")
            if found.why:
                words = f"{quoted(word)}: {found.why}; {effect}"
                self.note((*path, "if", word), (Difference(words),))
            every.append(found)
        under = [found.under for found in every]
        lost = [found.why for found in every if found.under is None]
        return Condition(
            together(found.over for found in every),
            None if None in under else together(words for words in under if words is not None),
            "; ".join(lost),
        )

    def _needs(self, rule: Group, path: Path) -> Words:
        """All that stands under `requires:`."""
        every: list[Words] = []
        for node in rule.members[1:]:
            for question in _questions(node):
                found, place = _required(question, path)
                self.note(place, found.differences)
                every.append(found.words)
        return _with_all_checks(every)


def _required(question: Question, path: Path) -> tuple[Required, Path]:
    if isinstance(question.arguments, Approvals):
        return approvals(question.arguments), (*path, "requires")
    word = question.predicate.removeprefix("policy-bot ")
    return required(question), (*path, "requires", "conditions", word)


def _with_all_checks(every: list[Words]) -> Words:
    """All at once; checks that are asked for in several places become one list."""
    checks: list[Json] = []
    for words in every:
        found = words.get("checks")
        checks += [each for each in found if each not in checks] if isinstance(found, list) else []
    others = [{key: value for key, value in words.items() if key != "checks"} for words in every]
    return together([*others, {"checks": checks} if checks else {}])


def _groups(group: Group) -> Iterator[Group]:
    return (member for member in group.members if isinstance(member, Group))


def _rules(group: Group) -> Iterator[Group]:
    for member in _groups(group):
        if member.combine is Combine.POLICY_BOT_RULE:
            yield member
        else:
            yield from _rules(member)


def _questions(node: Node) -> Iterator[Question]:
    members = (node,) if isinstance(node, Question) else node.members
    return (member for member in members if isinstance(member, Question))
