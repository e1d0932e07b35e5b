"""A regular expression is looked for anywhere in a path, not only at its beginning."""

from collections.abc import Iterator
from typing import Final

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, lint, name_of, walked
from warden_policies.regex import first_found
from warden_policies.text import quoted

_BAD = """\
policy: {approval: [docs]}
approval_rules:
  - {name: docs, if: {only_changed_files: {paths: ["docs/"]}}, requires: {count: 0}}
"""
_GOOD = _BAD.replace("docs/", "^docs/")
_ENDING = _BAD.replace('"docs/"', "'\\.md$'")
_ANYWHERE = _BAD.replace("docs/", ".*/docs/")
_KEYS: Final = ("paths", "ignore")
_OPEN: Final = ("^", ".*", "(^", "(?:^", "\\A", "(?i)^", "(?s)^", "(?m)^", "\\.", "[", "(")
"""How patterns begin that are anchored, or not meant to be."""


@lint("unanchored-path", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD, _ENDING, _ANYWHERE))
def unanchored_path(text: PolicyText) -> Iterator[Seen]:
    """A pattern for paths that begins with a name is found deeper in a path, too."""
    for path, rule in text.bot_rules:
        for where, value in walked(rule, path):
            if not isinstance(value, str) or not any(key in where[-2:] for key in _KEYS):
                continue
            deeper = f"src/payments/{value.strip('$')}"
            if not value.startswith(_OPEN) and first_found((value,), deeper) is not None:
                yield Seen(
                    where,
                    name_of(rule),
                    f"{quoted(value)} also matches {quoted(deeper)}: it is looked for anywhere",
                    f"write {quoted(f'^{value}')}",
                )
