"""A policy of policy-bot's in the native language: the same or more, and every difference named.

What cannot be said natively is never left out in silence. A condition that has no exact words gets
words under which the requirement applies to more changes, or an alternative is open to fewer; a
requirement that has none gets one in its place that nobody can meet.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from warden_policies.canonical import digest
from warden_policies.language.policy_bot import parse_policy_bot
from warden_policies.language.policy_bot.yaml_sharing import SharingReader
from warden_policies.language.policy_change import NAME as POLICY_CHANGE
from warden_policies.language.requirements import MAX_NAME
from warden_policies.language.yaml_source import YamlSource, read_yaml
from warden_policies.policy import Group, InvalidPolicy, PolicyError
from warden_policies.problem import Path, Problem
from warden_policies.text import plain
from warden_policies.translation.disapproval import disapproving
from warden_policies.translation.everywhere import EVERYWHERE
from warden_policies.translation.rules import Note, Requirement, Rules
from warden_policies.translation.written import requirement


@dataclass(frozen=True, slots=True)
class Difference:
    """A place of the source where the native policy is not what it was.

    `open` says that somebody has to complete it before the policy can be met.
    """

    line: int
    column: int
    words: str
    open: bool


@dataclass(frozen=True, slots=True)
class Translation:
    """The native policy as text, and where it differs."""

    text: str
    requirements: int
    differences: tuple[Difference, ...]


def translated(source: bytes, path: str) -> Translation:
    """The policy that the bytes of a `.policy.yml` spell, in the native language.

    Raises:
        InvalidPolicy: it is none, with every error; or it asks for nothing, which no native policy
            may.
    """
    policy = parse_policy_bot(source, path)
    text = read_yaml(source, SharingReader())
    approval, disapproval = (each for each in policy.root.members if isinstance(each, Group))
    rules = Rules(dict(_places(text.data)))
    found = list(rules.requirements(approval))
    found += disapproving(disapproval, ("policy", "disapproval"), rules)
    if not found:
        why = "it asks for nothing, and approves every change: a native policy asks for something"
        raise InvalidPolicy((PolicyError(path, 1, 1, why),), digest(source))
    differences = tuple(_placed(text, rules.notes))
    lines = _lines(list(_named(found)), differences, text, plain(path, 200))
    return Translation("".join(f"{line}\n" for line in lines), len(found), differences)


def _places(data: object) -> Iterator[tuple[str, Path]]:
    """Where each rule stands; of two with the same name the last one counts."""
    rules = data.get("approval_rules") if isinstance(data, dict) else None
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        if isinstance(rule, dict):
            yield str(rule.get("name") or ""), ("approval_rules", index)


def _placed(text: YamlSource, notes: list[Note]) -> Iterator[Difference]:
    for note in notes:
        mark = text.place(Problem(note.path, "", at_key=True))
        yield Difference(mark.line, mark.column, note.difference.words, note.difference.open)


def _named(found: list[Requirement]) -> Iterator[Requirement]:
    """With names that the native language allows, each once."""
    taken = {_alike(POLICY_CHANGE)}
    for each in found:
        short = plain(each.name, MAX_NAME - 4) or "Requirement"
        names = (short, *(f"{short} {number}" for number in range(2, len(found) + 2)))
        name = next(name for name in names if _alike(name) not in taken)
        taken.add(_alike(name))
        yield replace(each, name=name)


def _alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _lines(
    found: list[Requirement], differences: tuple[Difference, ...], text: YamlSource, path: str
) -> Iterator[str]:
    yield f"# From {path} by 'changewarden policy import'. Read it before anything relies on it:"
    yield "# 'changewarden policy explain' tells it in sentences, 'changewarden replay' tries it."
    yield "#"
    yield "# Everywhere the native language is stricter than policy-bot 1.36.2:"
    yield from (f"#   - {line}" for line in EVERYWHERE)
    if differences:
        yield "#"
        yield "# At these places it is not what it was; those marked ! have to be completed:"
    for place in differences:
        mark = "!" if place.open else "-"
        yield f"#   {mark} {path}:{place.line}:{place.column}: {plain(place.words, 400)}"
    yield "version: 1"
    yield "requirements:"
    for each in found:
        line = text.place(Problem(each.path, "")).line
        yield f"  # {path}:{line}"
        yield from requirement(each.name, each.when, each.require)
