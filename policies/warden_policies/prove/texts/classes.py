"""All texts of a kind, divided by which patterns match them, with one text for each case."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from warden_policies.example import SAMPLE
from warden_policies.glob_algebra import Undecided, signatures
from warden_policies.prove.texts.patterns import KINDS, Attribute, Pattern

_FAVOURITES: Final = {
    Attribute.PATH: (
        "src/app.py", "README.md", "docs/guide.md", "tests/test_app.py", "payments/fee.py",
        "infra/main.tf", "db/migrations/7.sql", "package.json", ".github/workflows/ci.yml",
        ".github/changewarden.yml", ".policy.yml", "CODEOWNERS",
    ),
    Attribute.BASE: ("main", "master", "develop", "release/1", "feature"),
    Attribute.HEAD: (SAMPLE.head_ref, "fix/fee", "hotfix/fee", "feature/fee", "release/1"),
    Attribute.TITLE: (SAMPLE.title, "fix: charge the fee once", "docs: say more about fees"),
}  # fmt: skip
"""Texts that people know, the plainest first: shown where they serve."""


@dataclass(frozen=True, slots=True)
class TextClass:
    """The patterns that match `text`, and no others do."""

    matched: frozenset[Pattern]
    text: str


@dataclass(frozen=True, slots=True)
class Classes:
    """Every case, the plainest first; with what is left out, if anything is."""

    rows: tuple[TextClass, ...]
    patterns: tuple[Pattern, ...]
    gaps: tuple[str, ...] = ()

    def class_of(self, text: str) -> int:
        """The number of the case that a text belongs to.

        Raises:
            ValueError: it belongs to none, since they are not all known.
        """
        matched = _matched(self.patterns, text)
        return [row.matched for row in self.rows].index(matched)

    def is_single(self, number: int) -> bool:
        """Whether the case surely has no other text: a pattern without wildcards matches it."""
        return any(pattern.is_literal for pattern in self.rows[number].matched)

    def more(self, number: int) -> Iterator[str]:
        """Further texts of a case, as far as they are easily made."""
        row = self.rows[number]
        cut = row.text.rfind("/") + 1
        stem, dot, ending = row.text[cut:].partition(".")
        for at in range(2, 10_000):
            grown = (
                f"{row.text[:cut]}{stem}-{at}{dot}{ending}",
                f"{row.text[:cut]}{at}-{row.text[cut:]}",
                f"{row.text}-{at}",
            )
            found = next((one for one in grown if self.belongs(one, number)), None)
            if found is None:
                return
            yield found

    def belongs(self, text: str, number: int) -> bool:
        """Whether a text is of this case."""
        return _matched(self.patterns, text) == self.rows[number].matched


def classes_of(attribute: Attribute, patterns: Iterable[Pattern]) -> Classes:
    """Every set of these patterns that one text can match, each with a text."""
    every = tuple(dict.fromkeys(patterns))
    found: dict[frozenset[Pattern], str] = {}
    for text in _FAVOURITES[attribute]:
        found.setdefault(_matched(every, text), text)
    gaps: tuple[str, ...] = ()
    try:
        others = dict(_exactly(attribute, every))
    except Undecided:
        others = {matched: text for one in every for matched, text in _alone(attribute, one, every)}
        gaps = (f"a {attribute} that matches several of the {len(every)} patterns at once",)
    rows = {**found, **others, **found}
    return Classes(tuple(TextClass(*row) for row in rows.items()), every, gaps)


def _exactly(
    attribute: Attribute, patterns: Sequence[Pattern]
) -> Iterator[tuple[frozenset[Pattern], str]]:
    globs = [pattern.text for pattern in patterns]
    for one in signatures(globs, KINDS[attribute]):
        yield frozenset(patterns[at] for at in one.matched), one.witness


def _alone(
    attribute: Attribute, pattern: Pattern, every: Sequence[Pattern]
) -> Iterator[tuple[frozenset[Pattern], str]]:
    """What is known at least: a text for each pattern by itself."""
    for one in signatures([pattern.text], KINDS[attribute]):
        yield _matched(every, one.witness), one.witness


def _matched(patterns: Sequence[Pattern], text: str) -> frozenset[Pattern]:
    return frozenset(pattern for pattern in patterns if pattern.matches(text))
