"""The formats for programs, by the name that `--format` gives them. Each is one file."""

from collections.abc import Callable, Mapping
from importlib.metadata import version

from warden_hooks.report import github, gitlab, json, sarif
from warden_hooks.scan import ScanResult
from warden_hooks.secrets.rule_set import rule_set
from warden_policies.rules import secret_rules

FORMATS: Mapping[str, Callable[[ScanResult], str]] = {
    "json": lambda result: json.render(result, rule_set()),
    "sarif": lambda result: sarif.render(
        result, secret_rules(), version("changewarden"), rule_set()
    ),
    "github": lambda result: github.render(result, secret_rules()),
    "gitlab": gitlab.render,
}
