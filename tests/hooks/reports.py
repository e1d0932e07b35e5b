"""What a scan reports, as tests ask for it."""

from collections.abc import Callable
from typing import Any

from tests.hooks.planted import github_token
from warden_policies.finding import Confidence
from warden_policies.rules import secret_rules
from warden_policies.rules.recipe import bake

Report = Callable[..., dict[str, Any]]
"""Scans with the arguments; the report for programs, and the exit code as `code`."""


def secret(seed: int = 1) -> str:
    """A line of code with a token."""
    return f"token = '{github_token(seed)}'\n"


def medium() -> str:
    """A line of code with something that is less sure to be a secret."""
    rule = next(rule for rule in secret_rules().values() if rule.confidence is Confidence.MEDIUM)
    return bake(rule.found[0], "seed")


def places(document: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(item["path"], item["line"], item["commit"]) for item in document["findings"]]
