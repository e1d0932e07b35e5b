"""What the description says: for each section of the change record, how much."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Final

from warden_policies.model import Change
from warden_policies.prove.formula import TRUE, Formula, Is, Values, some
from warden_policies.prove.part import Need
from warden_policies.record import Section

_LEAST: Final = 4
"""Shorter texts are placeholders whatever they say; see `record.is_placeholder`."""
_PROSE: Final = "Undo the merge commit and redeploy the shop; no data is migrated. "


@dataclass(frozen=True, slots=True)
class SectionNeed:
    """A section must have at least so many characters."""

    section: Section
    characters: int


@dataclass(frozen=True)
class Record:
    """For each section the lengths that the policy tells apart, shortest first."""

    lengths: Mapping[Section, tuple[int, ...]]
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Record":
        """The descriptions that a policy with these needs can tell apart."""
        found: dict[Section, set[int]] = {}
        for need in needs:
            if isinstance(need, SectionNeed):
                found.setdefault(need.section, set()).add(max(need.characters, _LEAST))
        return cls({section: tuple(sorted(found[section])) for section in sorted(found)})

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """A section is as long as the longest wish, then as each shorter one, then missing."""
        return {_name(section): len(lengths) + 1 for section, lengths in self.lengths.items()}

    @property
    def always(self) -> Formula:
        """Nothing: people write what they like."""
        return TRUE

    def has(self, section: Section, characters: int) -> Formula:
        """The section is filled with at least so many characters."""
        lengths = self.lengths[section]
        place = lengths.index(max(characters, _LEAST))
        return some(Is(_name(section), value) for value in range(len(lengths) - place))

    def draw(self, values: Values, change: Change) -> Change:
        """The description."""
        written = (self._written(section, values) for section in self.lengths)
        return replace(change, body="\n".join(text for text in written if text))

    def _written(self, section: Section, values: Values) -> str:
        lengths = self.lengths[section]
        value = values.get(_name(section), 0)
        if value == len(lengths):
            return ""
        return f"## {section.heading}\n{_prose(lengths[len(lengths) - 1 - value])}\n"


def _name(section: Section) -> str:
    return f"section.{section}"


def _prose(characters: int) -> str:
    """A text with exactly so many visible characters."""
    text = _PROSE * (characters // 20 + 1)
    visible = accumulate(not character.isspace() for character in text)
    end = next(place for place, count in enumerate(visible, 1) if count == characters)
    return text[:end]
