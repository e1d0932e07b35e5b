"""Native words as plain data, ready to be written, and how much of the original they say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from warden_policies.canonical import Json

Words: TypeAlias = Mapping[str, Json]
"""What stands under `when:` or `require:`: all of it must hold, and nothing always holds."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of policy-bot's between two native ones.

    `over` holds whenever it holds, and maybe more often; `under` only when it holds, and maybe less
    often. What is always true is empty, what is never true None.
    """

    over: Words
    under: Words | None
    why: str = ""
    """How they differ from the original, in words; empty when they do not."""

    @property
    def exact(self) -> bool:
        """Whether nothing is lost either way."""
        return self.under is not None and self.over == self.under


def exactly(words: Words) -> Condition:
    """A condition that says the same."""
    return Condition(words, words)


def together(every: Iterable[Words]) -> Words:
    """All of the words at once."""
    parts = [dict(words) for words in every if words]
    merged: dict[str, Json] = {}
    for part in parts:
        if merged.keys() & part.keys():
            return {"all": [*parts]}
        merged |= part
    return merged


def some(every: Iterable[Words]) -> Words:
    """One of the words."""
    parts = [dict(words) for words in every]
    if not parts or not all(parts):
        return {}
    return parts[0] if len(parts) == 1 else {"any": [*parts]}


def says_not(words: Words) -> bool:
    """Whether there is a `not` in it: it may stand under `when:` only."""
    if "not" in words:
        return True
    inside = [item for key in ("all", "any") for item in _items(words.get(key))]
    return any(says_not(item) for item in inside)


def _items(value: Json) -> list[Words]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
