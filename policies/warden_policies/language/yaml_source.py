"""YAML bytes -> plain values with the place of each, refusing what surprises people.

PyYAML tells the events and their marks; everything else of YAML is left out on purpose. No
aliases, anchors, tags, directives, merge keys, second documents or duplicate keys; keys are text.
Of plain scalars only `true`, `false`, `null`, `~` and decimal integers are not text, so that `on`,
`yes`, `010`, `1_000` and `12:30:00` mean what they look like. A language that has to allow more
extends `Reader`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import yaml

from warden_policies.problem import MAX_PROBLEMS, Mark, Path, Problem
from warden_policies.text import plain, quoted

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_WORDS: Final[Mapping[str, bool | None]] = {
    "true": True, "false": False, "null": None, "~": None, "": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class YamlSource:
    """What a YAML text says, and where it says it.

    `keys` and `values` are the places by path. `broken` are the paths whose value was refused
    and is a mere stand-in in `data`: whatever else is wrong with it follows from that.
    """

    data: object
    keys: Mapping[Path, Mark]
    values: Mapping[Path, Mark]
    broken: frozenset[Path]
    problems: tuple[Problem, ...]

    def place(self, problem: Problem) -> Mark:
        """Where `problem` is: its own mark, or that of its path or of the nearest one around."""
        if problem.mark:
            return problem.mark
        path = self._written(problem.path)
        if problem.at_key and path in self.keys:
            return self.keys[path]
        return self.values.get(path, Mark(1, 1))

    def _written(self, path: Path) -> Path:
        """As much of a path as stands in the text; the only item of a list may stand without it."""
        written: Path = ()
        for step in path:
            if (*written, step) in self.values:
                written = (*written, step)
            elif step != 0:
                break
        return written


def read_yaml(source: bytes, reader: "Reader | None" = None) -> YamlSource:
    """Read one document. Never raises for bad input: all that is wrong is in `problems`.

    `reader` is a new one; without it everything is refused that this module refuses.
    """
    reader = reader or Reader()
    data = None
    try:
        data = reader.document(_decode(source))
    except StopReading as stop:
        reader.problems.append(Problem((), str(stop), mark=stop.mark))
        reader.broken.add(())
    return YamlSource(
        data, reader.keys, reader.values, frozenset(reader.broken), tuple(reader.problems)
    )


class _YamlMark(Protocol):
    line: int
    column: int


class StopReading(Exception):
    """Nothing can be said about the text behind `mark`."""

    def __init__(self, message: str, mark: Mark) -> None:
        super().__init__(message)
        self.mark = mark


def _decode(source: bytes) -> str:
    if len(source) > MAX_BYTES:
        message = f"{len(source)} bytes, more than the {MAX_BYTES} that are read"
        raise StopReading(message, Mark(1, 1))
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8", "replace")
        raise StopReading("not UTF-8", _mark_after(before)) from None


def _mark_after(before: str) -> Mark:
    return Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _events(text: str) -> Iterator[yaml.Event]:
    mark = Mark(1, 1)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            mark = mark_of(event)
            yield event
    except yaml.reader.ReaderError as error:
        where = _mark_after(text[: error.position])
        raise StopReading("a character that YAML does not allow", where) from None
    except yaml.MarkedYAMLError as error:
        where = _one_based(error.problem_mark) if error.problem_mark else mark
        raise StopReading(f"not YAML: {plain(str(error.problem))}", where) from None
    except (ValueError, OverflowError):  # PyYAML converts escapes and versions without a check
        raise StopReading("not YAML: a number out of range follows", mark) from None


def mark_of(event: yaml.Event) -> Mark:
    """Where `event` begins."""
    return _one_based(event.start_mark) if event.start_mark else Mark(1, 1)


def _one_based(mark: _YamlMark) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


class Reader:
    """Reads one document from its events, noting places and problems on the way."""

    max_depth = MAX_DEPTH

    def __init__(self) -> None:
        self.keys: dict[Path, Mark] = {}
        self.values: dict[Path, Mark] = {}
        self.broken: set[Path] = set()
        self.problems: list[Problem] = []
        self.events: Iterator[yaml.Event] = iter(())

    def document(self, text: str) -> object:
        """The value of the only document, or None when there is none."""
        self.events = _events(text)
        data = None
        for number, start in enumerate(self._document_starts()):
            if number:
                raise StopReading("a second document; a policy is one", mark_of(start))
            if start.version or start.tags:
                self.refuse((), mark_of(start), "directives (%) are not allowed")
            data = self.value((), next(self.events))
        return data

    def _document_starts(self) -> Iterator[yaml.DocumentStartEvent]:
        return (event for event in self.events if isinstance(event, yaml.DocumentStartEvent))

    def value(self, path: Path, event: yaml.Event) -> object:
        """The value that begins with `event`, at `path`."""
        self.values.setdefault(path, mark_of(event))
        if len(path) > self.max_depth:
            raise StopReading(f"nested deeper than {self.max_depth} levels", mark_of(event))
        self.refuse_sharing(path, event)
        if getattr(event, "tag", None) is not None:
            self.refuse(path, mark_of(event), "tags (!) are not allowed: leave it out")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(path, event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else None

    def refuse_sharing(self, path: Path, event: yaml.Event) -> None:
        """Refuse an alias and an anchor."""
        if isinstance(event, yaml.AliasEvent):
            message = f"alias {quoted(f'*{event.anchor}')} is not allowed: write the value out"
            self.refuse(path, mark_of(event), message)
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            message = f"anchor {quoted(f'&{event.anchor}')} is not allowed: write each value out"
            self.refuse(path, mark_of(event), message)

    def _scalar(self, path: Path, event: yaml.ScalarEvent) -> object:
        value = event.value if event.style else self.plain(path, event.value)
        if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
            self.refuse(path, mark_of(event), "half a surrogate pair, which no UTF-8 can spell")
        return value

    def plain(self, path: Path, text: str) -> object:  # noqa: ARG002 - others go by the place
        """What a scalar without quotes at `path` stands for."""
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _INTEGER.fullmatch(text) else text

    def _sequence(self, path: Path) -> list[object]:
        items: list[object] = []
        for event in self._until(yaml.SequenceEndEvent):
            items.append(self.value((*path, len(items)), event))
        return items

    def _mapping(self, path: Path) -> dict[str, object]:
        items: dict[str, object] = {}
        for event in self._until(yaml.MappingEndEvent):
            self.entry(path, event, items)
        return items

    def entry(self, path: Path, event: yaml.Event, items: dict[str, object]) -> None:
        """Put the key that begins with `event`, and its value, into the mapping at `path`."""
        key = self._key(path, event, items)
        # A refused key's value is read for its own mistakes, under a name no key can have.
        inside = (*path, -1) if key is None else (*path, key)
        value = self.value(inside, next(self.events))
        if key is not None:
            items[key] = value

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self.events), end):
            yield event

    def _key(self, path: Path, event: yaml.Event, items: Mapping[str, object]) -> str | None:
        """The key that `event` spells, or None after saying why it is none."""
        key = self.value((*path, -1), event)
        mark = mark_of(event)
        if not isinstance(key, str):
            self.refuse((*path, -1), mark, "a key must be text: put it in quotes")
        elif key == "<<":
            self.refuse((*path, -1), mark, "merge keys (<<) are not allowed: write the keys out")
        elif key in items and (*path, key) in self.keys:
            first = self.keys[(*path, key)].line
            self.refuse((*path, -1), mark, f"duplicate key {quoted(key)}, first on line {first}")
        else:
            self.keys[(*path, key)] = mark
            return key
        return None

    def refuse(self, path: Path, mark: Mark, message: str) -> None:
        """Note what is wrong with the value at `path`, which then is a mere stand-in."""
        self.broken.add(path)
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(path, message, mark=mark))
