"""The formats for programs, by the name that `--format` gives them. Each is one file."""

from collections.abc import Callable, Mapping
from importlib.metadata import version

from warden_hooks.report import github, gitlab, json, sarif
from warden_hooks.scan import ScanResult
from warden_policies.rules import secret_rules

FORMATS: Mapping[str, Callable[[ScanResult], str]] = {
    "json": json.render,
    "sarif": lambda result: sarif.render(result, secret_rules(), version("changewarden")),
    "github": lambda result: github.render(result, secret_rules()),
    "gitlab": gitlab.render,
}
