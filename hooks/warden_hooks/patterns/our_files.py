"""Our own rules as they are written: one file each, with the examples that they have to tell apart.

No scan reads them: it reads the pack that is made from them. Tests and documentation do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import warden_policies
from warden_hooks.patterns import languages
from warden_hooks.patterns.rule_files import Compiled, compiled
from warden_policies.rules.secret_rule import RuleError

FOLDER = Path(warden_policies.__file__).parent / "rules" / "patterns"
KINDS = ("bad", "good")


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of code that a rule has to say something about, or nothing."""

    rule: str
    is_bad: bool
    number: int
    language: str
    path: str
    text: str

    def __str__(self) -> str:
        """How to find it in the rule's file."""
        kind = KINDS[not self.is_bad]
        return f"{self.rule} ({self.language}): {kind} example {self.number}"


def rules(names: Sequence[str] = ()) -> list[Compiled]:
    """All our rules, or those with these ids, in the order of their ids.

    Raises:
        RuleError: a file cannot be used.
    """
    found: list[Compiled] = []
    for file in sorted(FOLDER.glob("*.yml")):
        if not names or file.stem in names:
            inside = compiled(file.name, file.read_bytes(), _shared)
            if [rule.about.id for rule in inside] != [file.stem]:
                raise RuleError(f"{file.name}: a file holds one rule, called as the file is")
            found += inside
    return found


def _shared(name: str) -> bytes:
    try:
        return (FOLDER / "shared" / f"{name}.yml").read_bytes()
    except FileNotFoundError:
        raise KeyError(name) from None


def examples(rule: Compiled) -> Iterator[Example]:
    """The examples of a rule, in each of its languages, numbered from 1."""
    path = str(rule.examples.get("path", ""))
    for language in sorted(languages.called(rule.about.languages)):
        for kind in KINDS:
            for number, text in enumerate(rule.examples.get(kind, []), 1):
                name = path or f"example{languages.ending(language)}"
                yield Example(rule.about.id, kind == "bad", number, language, name, str(text))
