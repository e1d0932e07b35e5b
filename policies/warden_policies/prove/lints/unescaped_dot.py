"""A `.` in a regular expression is any character, where a dot is meant."""

import re
from collections.abc import Iterator
from typing import Final

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, lint, name_of, walked
from warden_policies.regex import first_found
from warden_policies.text import quoted

_BAD = """\
policy: {approval: [ci]}
approval_rules:
  - {name: ci, if: {changed_files: {paths: ["^.github/"]}}, requires: {count: 1, users: [bob]}}
"""
_MODULE = _BAD.replace("^.github/", "^go.mod$")
_GOOD = _BAD.replace('"^.github/"', "'^\\.github/'")
_RUNS = _BAD.replace("^.github/", "^docs/.*")
_KEYS: Final = ("paths", "ignore", "pattern", "matches", "not_matches")
_LONELY_DOT: Final = re.compile(r"(?<![\\\])])\.(?=[A-Za-z0-9])")
"""A dot that nothing repeats, before a letter or digit: as in a name."""


@lint("unescaped-dot", Dialect.POLICY_BOT, bad=(_BAD, _MODULE), good=(_GOOD, _RUNS))
def unescaped_dot(text: PolicyText) -> Iterator[Seen]:
    """A pattern has such a dot, and matches a text with something else there."""
    for path, rule in text.bot_rules:
        for where, value in walked(rule, path):
            if isinstance(value, str) and _is_pattern(where) and (dot := _dot(value)):
                yield Seen(
                    where,
                    name_of(rule),
                    f"{quoted(value)} also matches {quoted(dot)}: '.' is any character",
                    "write '\\.' for a dot",
                )


def _is_pattern(where: tuple[str | int, ...]) -> bool:
    return any(key in where[-2:] for key in _KEYS)


def _dot(pattern: str) -> str | None:
    """A text that the pattern matches by mistake."""
    if not _LONELY_DOT.search(pattern):
        return None
    plain = _LONELY_DOT.sub("x", pattern).strip("^$").replace("\\", "")
    return plain if first_found((pattern,), plain) is not None else None
