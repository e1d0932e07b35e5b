"""All texts of a kind, divided by which patterns match them, with one text for each case."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from warden_policies.example import SAMPLE
from warden_policies.glob_algebra import Undecided, signatures
from warden_policies.glob_syntax import Kind
from warden_policies.prove.texts.patterns import (
    KINDS,
    Attribute,
    GlobPattern,
    PartPattern,
    Pattern,
    RegexPattern,
    TextNeed,
)
from warden_policies.prove.texts.syntax import NotFollowed
from warden_policies.prove.texts.walk import Walk, walk

_FAVOURITES: Final = {
    Attribute.PATH: (
        "src/app.py", "README.md", "docs/guide.md", "tests/test_app.py", "payments/fee.py",
        "infra/main.tf", "db/migrations/7.sql", "package.json", ".github/workflows/ci.yml",
        ".github/changewarden.yml", ".policy.yml", "CODEOWNERS",
    ),
    Attribute.BASE: ("main", "master", "develop", "release/1", "feature"),
    Attribute.HEAD: (SAMPLE.head_ref, "fix/fee", "hotfix/fee", "feature/fee", "release/1"),
    Attribute.FORK: ("eve:fee", "mallory:fix/fee"),
    Attribute.TITLE: (SAMPLE.title, "fix: charge the fee once", "docs: say more about fees"),
    Attribute.REPOSITORY: (SAMPLE.repository.full_name, "acme/docs"),
    Attribute.BODY: ("", "Charge the fee once."),
    Attribute.COMMENT: ("Why is this needed?",),
    Attribute.REVIEW: ("", "Looks good."),
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


def classes_for(attribute: Attribute, needs: Iterable[object]) -> Classes:
    """The cases that a policy with these needs can tell apart."""
    asked = (need for need in needs if isinstance(need, TextNeed))
    return classes_of(attribute, (one.pattern for one in asked if one.attribute is attribute))


def classes_of(attribute: Attribute, patterns: Iterable[Pattern]) -> Classes:
    """Every set of these patterns that one text can match, each with a text."""
    form = _FORMS.get(attribute)
    every = tuple(dict.fromkeys((*patterns, *((form,) if form else ()))))
    found: dict[frozenset[Pattern], str] = {}
    for text in (*_FAVOURITES[attribute], *_mentions(every)):
        found.setdefault(_matched(every, text), text)
    others, gap = _others(attribute, every)
    rows = {**found, **others, **found}
    gaps = (f"{gap} (a {attribute})",) if gap else ()
    told = tuple(pattern for pattern in every if pattern != form)
    return Classes(
        tuple(
            TextClass(matched - {form}, text)
            for matched, text in rows.items()
            if form is None or form in matched
        ),
        told,
        gaps,
    )


def _mentions(patterns: Iterable[Pattern]) -> Iterator[str]:
    """Sentences that merely mention what is looked for anywhere in a text."""
    for pattern in patterns:
        if isinstance(pattern, PartPattern):
            yield f"I cannot say {pattern.text} to this yet."


_FORMS: Final = {
    Attribute.FORK: RegexPattern(r"^[A-Za-z0-9-]+:[^:\s~^?*\[\\/][^:\s~^?*\[\\]*$"),
    Attribute.REPOSITORY: RegexPattern(r"^[A-Za-z0-9-]+/[A-Za-z0-9_.-]+$"),
}
"""What all texts of some kinds are like."""


def _others(
    attribute: Attribute, patterns: Sequence[Pattern]
) -> tuple[dict[frozenset[Pattern], str], str]:
    """The cases with a text for each, and what is missing among them."""
    if not patterns:
        return {}, ""
    if all(isinstance(pattern, GlobPattern) for pattern in patterns):
        try:
            return dict(_of_globs(attribute, patterns)), ""
        except Undecided:
            return _one_by_one(attribute, patterns), f"{len(patterns)} patterns are too many"
    try:
        found = walk([pattern.tree() for pattern in patterns], _LIKE.get(attribute))
    except NotFollowed as reason:
        return _one_by_one(attribute, patterns), f"a pattern has what is not followed: {reason}"
    cases = dict(_checked(found, patterns))
    return cases, "" if found.complete else f"{len(patterns)} patterns are too many"


_LIKE: Final = {
    **KINDS,
    Attribute.FORK: Kind.TITLE,
    Attribute.REPOSITORY: Kind.PATH,
}
"""Where texts have a certain form."""


def _of_globs(
    attribute: Attribute, patterns: Sequence[Pattern]
) -> Iterator[tuple[frozenset[Pattern], str]]:
    for one in signatures([pattern.text for pattern in patterns], KINDS[attribute]):
        yield frozenset(patterns[at] for at in one.matched), one.witness


def _checked(found: Walk, patterns: Sequence[Pattern]) -> Iterator[tuple[frozenset[Pattern], str]]:
    """What was found, as the engines themselves see it."""
    for text in found.found.values():
        yield _matched(patterns, text), text


def _one_by_one(attribute: Attribute, patterns: Sequence[Pattern]) -> dict[frozenset[Pattern], str]:
    """What is known at least: a text for each pattern that can be followed, by itself."""
    texts: list[str] = []
    for pattern in patterns:
        try:
            texts += walk([pattern.tree()], _LIKE.get(attribute)).found.values()
        except NotFollowed:
            continue
    return {_matched(patterns, text): text for text in texts}


def _matched(patterns: Sequence[Pattern], text: str) -> frozenset[Pattern]:
    return frozenset(pattern for pattern in patterns if pattern.matches(text))
