"""The patterns of a policy, whatever language they are written in, and whether a text matches."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from warden_policies.glob_syntax import Kind
from warden_policies.globs import divided, matcher


class Attribute(StrEnum):
    """A text of a change."""

    PATH = "path"
    BASE = "base branch"
    HEAD = "head branch"
    TITLE = "title"


KINDS: Final = {
    Attribute.PATH: Kind.PATH,
    Attribute.BASE: Kind.BRANCH,
    Attribute.HEAD: Kind.BRANCH,
    Attribute.TITLE: Kind.TITLE,
}
"""What the globs for each are."""


@dataclass(frozen=True, slots=True)
class GlobPattern:
    """A glob of the native language, without `!`."""

    text: str
    kind: Kind

    @property
    def is_literal(self) -> bool:
        """Whether only one text is like that."""
        return not set(self.text) & set("*?[")

    def matches(self, text: str) -> bool:
        """Whether the whole text is like that."""
        return bool(matcher((self.text,), self.kind)(text))


Pattern: TypeAlias = GlobPattern


@dataclass(frozen=True, slots=True)
class TextNeed:
    """A pattern is compared with a text of the change."""

    attribute: Attribute
    pattern: Pattern


def globs_for(attribute: Attribute, globs: tuple[str, ...]) -> tuple[list[Pattern], list[Pattern]]:
    """The patterns of a list: those of which one must match, and those of which none may."""
    kind = KINDS[attribute]
    wanted, unwanted = divided(globs)
    return [GlobPattern(text, kind) for text in wanted], [
        GlobPattern(text, kind) for text in unwanted
    ]


def glob_needs(attribute: Attribute, globs: tuple[str, ...]) -> list[TextNeed]:
    """What a list of globs tells apart."""
    wanted, unwanted = globs_for(attribute, globs)
    return [TextNeed(attribute, pattern) for pattern in (*wanted, *unwanted)]
