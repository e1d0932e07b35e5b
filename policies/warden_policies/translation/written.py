"""Plain data as YAML of the native language: short enough to read, never read otherwise."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from warden_policies.canonical import Json
from warden_policies.translation.words import Words

_PLAIN = re.compile(r"[A-Za-z_.][A-Za-z0-9_./]*(?:-[A-Za-z0-9_./]+)*")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
_WIDTH: Final = 92


def requirement(name: str, when: Words, require: Words) -> Iterator[str]:
    """The lines of one requirement."""
    yield f"  {_text(name)}:"
    for key, words in (("when", when), ("require", require)):
        if words:
            yield f"    {key}:"
            yield from _members(words, "      ")


def _members(words: Mapping[str, Json], indent: str) -> Iterator[str]:
    for key, value in words.items():
        line = f"{indent}{_text(key)}: {flow(value)}"
        if len(line) <= _WIDTH or not isinstance(value, list | dict) or not value:
            yield line
            continue
        yield f"{indent}{_text(key)}:"
        if isinstance(value, dict):
            yield from _members(value, f"{indent}  ")
        else:
            yield from (line for item in value for line in _item(item, f"{indent}  "))


def _item(item: Json, indent: str) -> Iterator[str]:
    line = f"{indent}- {flow(item)}"
    if len(line) <= _WIDTH or not isinstance(item, dict):
        yield line
        return
    first, *others = _members(item, f"{indent}  ")
    yield f"{indent}- {first.lstrip()}"
    yield from others


def flow(value: Json) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_text(key)}: {flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, str):
        return _text(value)
    return json.dumps(value)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
