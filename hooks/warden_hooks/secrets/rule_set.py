"""Which rules decide, as one digest: so that a decision can say later what it was made with.

It covers what a finding depends on, on every platform alike: the rules, the code that confirms and
judges, and detect-secrets' version. The engine that looks for places is left out, because the
findings do not depend on it. So it is the same wherever the same wheel is installed.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

_DECIDING = {
    "warden_hooks": (
        "allowances/reason.py",
        "key_files.py",
        "redact.py",
        "scan.py",
        "secrets",
        "source.py",
        "suppress.py",
        "wide.py",
    ),
    "warden_policies": ("finding.py", "rules"),
}
"""Modules and whole folders; a test compares them with what a scan imports."""
_RULE = re.compile(rb"^\[[a-z0-9-]+\]", re.MULTILINE)


class RuleSet(NamedTuple):
    """What decides about secrets in this installation."""

    rules: int
    """How many kinds of secrets are known."""
    digest: str
    """`sha256:` and 64 hexadecimal digits."""


@cache
def rule_set() -> RuleSet:
    """The rule set that every scan of this installation decides with."""
    total = hashlib.sha256(f"detect-secrets {version('detect-secrets')}\n".encode())
    rules = 0
    for name, content in deciding_files():
        total.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
        rules += len(_RULE.findall(content)) if name.endswith(".toml") else 0
    return RuleSet(rules, f"sha256:{total.hexdigest()}")


def deciding_files() -> Iterator[tuple[str, bytes]]:
    """Name and content of every file that the findings depend on, in the order of the names."""
    for package, names in _DECIDING.items():
        for name in names:
            yield from _below(files(package) / name, f"{package}/{name}")


def _below(entry: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if entry.is_file():
        if name.endswith((".py", ".toml")):
            # A checkout may have other line ends than the wheel.
            yield name, entry.read_bytes().replace(b"\r\n", b"\n")
        return
    for inside in sorted(entry.iterdir(), key=lambda found: found.name):
        yield from _below(inside, f"{name}/{inside.name}")
