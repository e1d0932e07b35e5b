"""The report as annotations of GitHub Actions: one workflow command for each finding.

Sources: GitHub's documentation of workflow commands, and the escapes that its runner undoes.
"""

from collections.abc import Iterator, Mapping

from warden_hooks.report.commit import named
from warden_hooks.report.json import path_text
from warden_hooks.report.terminal import printable
from warden_hooks.scan import ScanResult
from warden_policies.finding import Finding, Severity
from warden_policies.rules import PatternRule, SecretRule

_COMMAND = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "error",
    Severity.LOW: "warning",
}


def render(result: ScanResult, rules: Mapping[str, SecretRule]) -> str:
    """One line for each finding and for each file that was not scanned."""
    return "".join(f"{line}\n" for line in _lines(result, rules))


def _lines(result: ScanResult, rules: Mapping[str, SecretRule]) -> Iterator[str]:
    for finding in result.findings:
        if finding.rule in result.patterns:
            yield _insecure(finding, result.patterns[finding.rule])
        else:
            yield _annotation(finding, rules[finding.rule], result.subjects)
    for skipped in result.skipped:
        if not skipped.scanned:
            reason = skipped.reason.value
            yield f"::notice file={_property(path_text(skipped.path))}::not scanned: {reason}"
    for item in result.unchecked:
        why = _data(f"not checked for insecure patterns: {item.what}")
        yield f"::error file={_property(path_text(item.path))}::{why}"
    if result.unavailable:
        yield f"::warning::{_data(f'not checked for insecure patterns: {result.unavailable}')}"


def _insecure(finding: Finding, rule: PatternRule) -> str:
    advice = f"\nfix: {rule.fix}" if rule.fix else ""
    command = "error" if finding.blocks else "warning"
    return f"::{command} {_place(finding)}::{_data(f'{finding.message}{advice}')}"


def _annotation(finding: Finding, rule: SecretRule, subjects: Mapping[str, str]) -> str:
    brought = f"\nin commit {named(finding.commit, subjects)}" if finding.commit else ""
    advice = f"fix: {rule.fix}\nif it is real, revoke it first: {rule.revoke}"
    message = f"{finding.redacted}{brought}\n{advice}"
    return f"::{_COMMAND[finding.severity]} {_place(finding)}::{_data(message)}"


def _place(finding: Finding) -> str:
    place = finding.location
    properties = {
        "file": path_text(place.path),
        "line": place.line,
        "endLine": place.end_line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": f"{finding.rule}: {finding.title}",
    }
    return ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())


def _data(text: str) -> str:
    """A message: printable, on one line, in the runner's escapes."""
    shown = "\n".join(printable(line) for line in text.split("\n"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
