"""The YAML that people write for policy-bot: anchors, aliases, merge keys and YAML 1.1's words.

What a plain scalar stands for depends on the key it stands under, since policy-bot takes `on`,
`1.0` or `0123` for text wherever it wants text. Where its parser reads a merge differently than
YAML does, the file is refused.
"""

from typing import Final

import yaml

from warden_policies.language.policy_bot.words import BOOLEANS, NUMBERS
from warden_policies.language.yaml_source import Reader, StopReading, mark_of
from warden_policies.problem import Mark, Path
from warden_policies.text import quoted

MAX_VALUES: Final = 50_000
"""How many values a file may have, those of an alias counted wherever it stands."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})
_FALSE = frozenset({"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})
_MERGE = "<<"


class SharingReader(Reader):
    """Reads one document whose values may be shared."""

    max_depth = 40

    def __init__(self) -> None:
        super().__init__()
        self._shared: dict[str, object] = {}
        self._sizes: dict[str, int] = {}
        self._open: set[str] = set()
        self._count = 0

    def value(self, path: Path, event: yaml.Event) -> object:
        """The value that begins with `event`, or that its alias stands for."""
        anchor = event.anchor if isinstance(event, yaml.NodeEvent) else None
        if isinstance(event, yaml.AliasEvent) and anchor is not None:
            return self._alias(path, anchor, mark_of(event))
        before = self._count
        self._add(1, mark_of(event))
        if anchor is None:
            return super().value(path, event)
        if anchor in self._sizes or anchor in self._open:
            self.refuse(path, mark_of(event), f"anchor {quoted(f'&{anchor}')} is set twice")
        self._open.add(anchor)
        value = super().value(path, event)
        self._open.discard(anchor)
        self._shared[anchor], self._sizes[anchor] = value, self._count - before
        return value

    def refuse_sharing(self, path: Path, event: yaml.Event) -> None:
        """Nothing: sharing is what this reader allows."""

    def _alias(self, path: Path, anchor: str, mark: Mark) -> object:
        self.values.setdefault(path, mark)
        if anchor not in self._sizes:
            why = (
                "stands inside its own value" if anchor in self._open else "has no anchor before it"
            )
            self.refuse(path, mark, f"alias {quoted(f'*{anchor}')} {why}")
            return None
        self._add(self._sizes[anchor], mark)
        return self._shared[anchor]

    def _add(self, size: int, mark: Mark) -> None:
        self._count += size
        if self._count > MAX_VALUES:
            message = f"more than {MAX_VALUES} values, those of aliases counted wherever they stand"
            raise StopReading(message, mark)

    def plain(self, path: Path, text: str) -> object:
        """What a scalar without quotes stands for under its key."""
        if text in _NULLS:
            return None
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if key in BOOLEANS and text in _TRUE | _FALSE:
            return text in _TRUE
        return super().plain(path, text) if key in NUMBERS else text

    def entry(self, path: Path, event: yaml.Event, items: dict[str, object]) -> None:
        """Put a key and its value into a mapping, or what `<<` brings in their place."""
        word = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if word == _MERGE:
            self._merge(path, mark_of(event), items)
            return
        # What is there, but was not read as a key of this mapping, came with a '<<'.
        brought = None if (*path, word) in self.keys else items.get(word)
        super().entry(path, event, items)
        if not _replaces(items.get(word), brought):
            self._refuse_mixing(path, mark_of(event), word)

    def _merge(self, path: Path, mark: Mark, items: dict[str, object]) -> None:
        """Bring in what other mappings have, as long as YAML and policy-bot agree on it."""
        at = (*path, _MERGE)
        found = self.value(at, next(self.events))
        if at in self.keys:
            self.refuse(path, mark, "a second '<<' in the same mapping: write them as one list")
            return
        self.keys[at] = mark
        brought: dict[str, object] = {}
        for source in found if isinstance(found, list) else [found]:
            if not isinstance(source, dict):
                self.refuse(path, mark, "'<<' takes the alias of a mapping, or a list of such")
                continue
            for key in source.keys() & brought.keys():
                if not _replaces(brought[key], source[key]):
                    self._refuse_mixing(path, mark, key)
            brought = {**source, **brought}
        for key in items.keys() & brought.keys():
            message = f"{quoted(key)} stands before '<<', which brings it too: put '<<' first"
            self.refuse(path, mark, message)
        items.update(brought)

    def _refuse_mixing(self, path: Path, mark: Mark, key: str) -> None:
        """To policy-bot a mapping that is given twice is both together, to YAML one of them."""
        message = f"'<<' brings {quoted(key)} too, and policy-bot would mix the two: write it out"
        self.refuse(path, mark, message)


def _replaces(new: object, old: object) -> bool:
    """Whether both together are the same as `new` alone: it says everything that `old` says."""
    if not isinstance(new, dict) or not isinstance(old, dict):
        return True
    return all(key in new and _replaces(new[key], value) for key, value in old.items())
