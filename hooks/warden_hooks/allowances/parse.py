"""The strict reader of `.changewarden/allowances.toml`: every problem at once, with its line.

A file that is not wholly understood allows nothing. It is read line by line, because one entry
per line is what lets two branches merge.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from itertools import pairwise

from warden_hooks.allowances.entry import LONGEST_DAYS, Entry, is_fingerprint
from warden_hooks.allowances.file import CLOSING, OPENING, Allowances, allowances, decoded_key
from warden_hooks.allowances.reason import reason_problem
from warden_hooks.errors import UsageError

MAX_BYTES = 10_000_000
_FIELDS = ("fingerprint", "rule", "path", "reason", "owner", "expires")
_KNOWN = (*_FIELDS, "history")
_KEY_LINE = re.compile(r'key = "([A-Za-z0-9+/=]*)"\s*(?:#.*)?')
_ALLOW = "changewarden allow ID --reason TEXT"
_SORT = "changewarden allowances --sort"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, and what to do about it."""

    line: int
    what: str
    fix: str
    only_order: bool = False
    """Whether sorting the file puts it right."""


class BrokenAllowances(UsageError):
    """An allowances file that cannot be trusted; nothing in it counts."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        lines = [f"{name}:{problem.line}: {problem.what}" for problem in problems]
        fixes = dict.fromkeys(problem.fix for problem in problems)
        super().__init__(
            "\n  ".join(["the allowances cannot be read, so nothing is allowed", *lines]),
            "\n       ".join(fixes),
        )

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """So that it crosses from one process to another."""
        return type(self), (self.name, self.problems)


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    entry: Entry


def parse(data: bytes, name: str, today: date) -> Allowances:
    """The allowances in `data`; `name` is what errors call the file.

    Raises:
        BrokenAllowances: with everything that is wrong.
    """
    file, problems = read(data, name, today)
    if problems:
        raise BrokenAllowances(name, problems)
    return file


def read(data: bytes, name: str, today: date) -> tuple[Allowances, list[Problem]]:
    """What could be understood, and what is wrong. Only without problems may it allow anything.

    Raises:
        BrokenAllowances: the bytes are no text, or too many.
    """
    lines = _text(data, name).split("\n")
    problems: list[Problem] = []
    key = _key(lines[0].rstrip("\r"), problems)
    entries: list[_Numbered] = []
    for number, line in _entry_lines(lines, problems):
        entry = _entry(number, line, today, problems)
        if entry:
            entries.append(_Numbered(number, entry))
    problems += _order(entries)
    return allowances(key, (item.entry for item in entries)), problems


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise BrokenAllowances(name, [Problem(1, f"more than {MAX_BYTES:,} bytes", _SORT)])
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenAllowances(name, [Problem(line, "not UTF-8", "save it as UTF-8")]) from None


def _key(line: str, problems: list[Problem]) -> bytes:
    match = _KEY_LINE.fullmatch(line)
    key = decoded_key(match[1]) if match else None
    if key is None:
        what = 'the first line has to be  key = "..."  with 32 bytes in base64'
        fix = "take the line from the repository's history: another key makes every entry stale"
        problems.append(Problem(1, what, fix))
    return key or b""


def _entry_lines(lines: Sequence[str], problems: list[Problem]) -> Iterator[tuple[int, str]]:
    """The lines between the brackets; what else stands in the file is a problem."""
    is_open, is_closed = False, False
    for number, raw in enumerate(lines[1:], 2):
        line = raw.strip(" \t\r")
        if not line or line.startswith("#"):
            continue
        if not is_open and line == OPENING:
            is_open = True
        elif is_open and not is_closed and line == CLOSING:
            is_closed = True
        elif is_open and not is_closed and line.startswith("{"):
            yield number, line
        else:
            problems.append(_stray(number, line))
    if not is_closed:
        missing = CLOSING if is_open else OPENING
        problems.append(Problem(len(lines), f"no line  {missing}", f"add the line  {missing}"))


def _stray(number: int, line: str) -> Problem:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        fix = "keep the entries of both sides, remove the marker lines, then " + _SORT
        return Problem(number, "an unresolved merge conflict", fix)
    if line.startswith("key ="):
        fix = "keep the key of the branch that is merged into, and allow again what is then found"
        return Problem(number, "a second key", fix)
    fix = f"one entry per line, between  {OPENING}  and  {CLOSING}"
    return Problem(number, "neither an entry nor a comment", fix)


def _entry(number: int, line: str, today: date, problems: list[Problem]) -> Entry | None:
    try:
        table = tomllib.loads("entry = " + line.removesuffix(","))["entry"]
    except (tomllib.TOMLDecodeError, RecursionError):
        problems.append(Problem(number, "not an entry in TOML", f"write it with {_ALLOW}"))
        return None
    if not line.endswith(","):
        problems.append(Problem(number, "no comma at the end", "end the line with a comma"))
    found = [Problem(number, *pair) for pair in _field_problems(table)]
    if not found:
        entry = Entry(**table)
        found = [Problem(number, *pair) for pair in _entry_problems(entry, today)]
        if not found:
            return entry
    problems += found
    return None


def _field_problems(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What is missing, unknown or of the wrong kind: (what, fix)."""
    for name in table:
        if name not in _KNOWN:
            close = get_close_matches(name, _KNOWN, n=1)
            meant = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(_KNOWN)}"
            yield f"unknown key {name!r}, {meant}", "correct or remove it"
    if "fingerprint" not in table:
        what = "no 'fingerprint': a path or a rule alone would allow every secret there"
        yield what, f"write the entry with {_ALLOW}, once for each finding"
    for name in _FIELDS[1:]:
        if name not in table:
            yield f"no {name!r}", f"add it, or write the entry with {_ALLOW}"
    yield from _kind_problems(table)


def _kind_problems(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in _FIELDS:
        value = table.get(name)
        if name == "expires" and value is not None:
            if not isinstance(value, date) or isinstance(value, datetime):
                yield "'expires' is not a date", "write a day without quotes: expires = 2030-12-31"
        elif value is not None and not isinstance(value, str):
            yield f"{name!r} is not a text", "put it in double quotes"
    if table.get("history", True) is not True:
        yield "'history' is not true", "write  history = true  or leave it out"


def _entry_problems(entry: Entry, today: date) -> Iterator[tuple[str, str]]:
    if not is_fingerprint(entry.fingerprint):
        yield "'fingerprint' is not 64 hexadecimal digits", f"write the entry with {_ALLOW}"
    if not entry.rule.strip() or not entry.path.strip():
        yield "'rule' or 'path' is empty", f"write the entry with {_ALLOW}"
    if problem := reason_problem(entry.reason):
        yield f"'reason' {problem}", "say why this is no secret that matters"
    if not entry.owner.strip() or not entry.owner.isprintable():
        yield "'owner' is empty or cannot be printed", "name who answers for it"
    left = entry.days_left(today)
    if left > LONGEST_DAYS:
        what = f"'expires' is {left} days away, and {LONGEST_DAYS} is the most"
        yield what, f"{_ALLOW} --days N"


def _order(entries: Sequence[_Numbered]) -> Iterator[Problem]:
    for before, item in pairwise(entries):
        if item.entry.fingerprint < before.entry.fingerprint:
            what = "not sorted by fingerprint"
            yield Problem(item.number, what, _SORT, only_order=True)
