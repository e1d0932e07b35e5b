"""The change record that people write: sections of a pull request's description.

Headings of any level name the sections; several spellings name the same one, and a section that
comes twice is read as one. What nobody filled in, such as a placeholder, is empty.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from warden_policies.markdown_outline import Heading, outline


class Section(StrEnum):
    """What a change record can be asked for."""

    REASON = "reason"
    ROLLBACK_PLAN = "rollback_plan"
    TEST_EVIDENCE = "test_evidence"
    SECURITY_IMPACT = "security_impact"

    @property
    def heading(self) -> str:
        """`Rollback plan`: the heading that we propose."""
        return self.value.replace("_", " ").capitalize()


_ALIASES = {
    Section.REASON: (
        "reason", "reasons", "reason for change", "reason for this change", "reason for the change",
        "why", "why this change", "why is this needed", "motivation", "motivation and context",
        "context", "background", "rationale", "justification", "purpose",
    ),
    Section.ROLLBACK_PLAN: (
        "rollback", "rollback plan", "rollback procedure", "rollback steps", "rollback strategy",
        "roll back", "roll back plan", "back out", "back out plan", "backout", "backout plan",
        "revert plan", "how to roll back", "how to revert", "recovery plan",
    ),
    Section.TEST_EVIDENCE: (
        "test evidence", "testing", "tests", "test plan", "test results", "how tested",
        "how was this tested", "how has this been tested", "verification", "validation",
    ),
    Section.SECURITY_IMPACT: (
        "security impact", "security", "security considerations", "security implications",
    ),
}  # fmt: skip
_SECTION_OF = {alias: section for section, aliases in _ALIASES.items() for alias in aliases}

_PROMPTS = {
    Section.REASON: "What is wrong or missing today, and for whom does this change it?",
    Section.ROLLBACK_PLAN: "How is this undone, how long does it take, and who can do it?",
    Section.TEST_EVIDENCE: "What was run, where, and what came out?",
    Section.SECURITY_IMPACT: "Which data, permissions or entry points does this touch?",
}

_EMPTY_PHRASES = frozenset({
    "as above", "coming soon", "ditto", "fill in", "fill me in", "fill this in", "lorem ipsum",
    "not applicable", "not needed", "not relevant", "not required", "obvious", "placeholder",
    "same", "same as above", "same as the title", "same as title", "see above", "see below",
    "see description", "see title", "self explanatory", "text here", "to be added",
    "to be defined", "to be determined", "to be done", "to do", "trivial", "work in progress",
    "your text here",
})  # fmt: skip
_EMPTY_WORDS = frozenset({
    "a", "fixme", "n", "na", "nil", "no", "none", "nope", "nothing", "null", "ok", "pending", "tba",
    "tbc", "tbd", "todo", "wip", "x", "xx", "xxx", "yes",
})  # fmt: skip
_BLANK_GLYPHS = frozenset("\u2800\u3164\u115f\u1160\uffa0\u034f")
_TAG = re.compile(r"<(?:/?[a-z][a-z0-9-]*(?:[\s/][^<>]*)?|[?!][^<>]+)>", re.IGNORECASE)
_DEFINITION = re.compile(
    r""" {0,3}\[(?!\^)[^\[\]]+\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)"""
    r"""(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*"""
)
"""Where a link leads, on a line of its own: never shown, and a common way to write a comment."""


@dataclass(frozen=True, slots=True)
class Record:
    """The sections found, each with its text, and every heading in order."""

    sections: Mapping[Section, str]
    headings: tuple[str, ...]


def read_record(description: str) -> Record:
    """The change record in a pull request's description.

    A section runs to the next heading of its own level or above, or to the next known one.
    """
    texts: dict[Section, list[str]] = {}
    headings: list[str] = []
    section, level = None, 0
    for part in outline(description):
        if isinstance(part, Heading):
            headings.append(part.title)
            known = _SECTION_OF.get(_words(part.title))
            if known or part.level <= level:
                section, level = known, part.level
            if known:
                texts.setdefault(known, [])
        elif section:
            texts[section].append(part.text if part.code else _shown(part.text))
    joined = {section: "\n".join(lines).strip() for section, lines in texts.items()}
    return Record(joined, tuple(headings))


def _shown(line: str) -> str:
    """What a reader of the page sees of a line of text."""
    return "" if _DEFINITION.fullmatch(line) else unescape(_TAG.sub(" ", line))


def template(section: Section) -> str:
    """A section to paste and fill in. The prompt is a comment, so that left alone it is empty."""
    return f"## {section.heading}\n<!-- {_PROMPTS[section]} -->\n"


def visible_length(text: str) -> int:
    """How many characters of `text` leave ink: no white space, nothing invisible."""
    return sum(map(_leaves_ink, text))


def _leaves_ink(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZM" and character not in _BLANK_GLYPHS


def is_placeholder(text: str, title: str) -> bool:
    """Whether a section's text says nothing: `n/a`, `TBD`, the pull request's title once more."""
    said = {_words(line) for line in text.splitlines()} - {""}
    return all(_says_nothing(words, _words(title)) for words in said) or _drumming(text)


def _says_nothing(words: str, title: str) -> bool:
    return words == title or words in _NOTHING or _EMPTY_WORDS.issuperset(words.split())


def _drumming(text: str) -> bool:
    """`aaaaaaaaaaaaaaaaaaaa` has the length of a sentence and no more to say than `a`."""
    return len({character for character in text.casefold() if character.isalnum()}) < 4


def _words(text: str) -> str:
    """The words of a line alone, lower case: what is left of `**2. Roll-back plan:**`."""
    parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    while len(parts) > 1 and parts[0].isdecimal():
        parts = parts[1:]
    return " ".join(parts)


_NOTHING = _EMPTY_PHRASES | {_words(prompt) for prompt in _PROMPTS.values()}
