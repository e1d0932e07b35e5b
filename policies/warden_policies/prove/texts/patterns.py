"""The patterns of a policy, whatever language they are written in, and whether a text matches."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from warden_policies.glob_syntax import Kind, parse_glob
from warden_policies.globs import divided, matcher
from warden_policies.prove.texts.regex_syntax import parse_regex
from warden_policies.prove.texts.syntax import Tree, glob_tree, literal
from warden_policies.regex import first_found


class Attribute(StrEnum):
    """A text of a change."""

    PATH = "path"
    BASE = "base branch"
    HEAD = "head branch"
    FORK = "branch of a fork"
    """With its owner: `mallory:fix`."""
    TITLE = "title"
    REPOSITORY = "repository"
    BODY = "description"
    COMMENT = "comment"
    REVIEW = "text of a review"


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

    def tree(self) -> Tree:
        """The pattern as a tree."""
        return glob_tree(parse_glob(self.text, self.kind))


@dataclass(frozen=True, slots=True)
class RegexPattern:
    """A regular expression, which is looked for anywhere."""

    text: str
    is_literal: bool = False

    def matches(self, text: str) -> bool:
        """Whether it is found in the text."""
        return first_found((self.text,), text) is not None

    def tree(self) -> Tree:
        """The pattern as a tree.

        Raises:
            NotFollowed: it has something that the prover does not understand.
        """
        return parse_regex(self.text)


@dataclass(frozen=True, slots=True)
class PartPattern:
    """A text that is looked for anywhere in another."""

    text: str
    is_literal: bool = False

    def matches(self, text: str) -> bool:
        """Whether it is found in the text."""
        return self.text in text

    def tree(self) -> Tree:
        """The pattern as a tree."""
        return literal(self.text)


Pattern: TypeAlias = GlobPattern | RegexPattern | PartPattern


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
    return needs(attribute, (*wanted, *unwanted))


def regexes(texts: Iterable[str]) -> list[Pattern]:
    """Regular expressions as patterns."""
    return [RegexPattern(text) for text in texts]


def needs(attribute: Attribute, patterns: Iterable[Pattern]) -> list[TextNeed]:
    """What these patterns tell apart."""
    return [TextNeed(attribute, pattern) for pattern in patterns]
