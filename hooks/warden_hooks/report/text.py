"""The report for people: what, where, why, and what to type next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from warden_hooks.report import history
from warden_hooks.report.commit import named, short
from warden_hooks.report.terminal import Style, Window, printable, window
from warden_hooks.scan import ScanResult
from warden_hooks.source import Skipped, SkipReason
from warden_policies.finding import Finding
from warden_policies.rules import PatternRule, SecretRule

_NAMED_AT_MOST = 5
_PROSE = "why:"
_SKIP_WORDS = {
    SkipReason.BINARY: ("not scanned", "binary file", "binary files"),
    SkipReason.TOO_LARGE: ("not scanned", "file", "files"),
    SkipReason.NOT_UTF8: ("read as Latin-1", "file that is not UTF-8", "files that are not UTF-8"),
    SkipReason.NOT_DECODED: ("not fully decoded", "file", "files"),
    SkipReason.SYMBOLIC_LINK: ("not scanned", "symbolic link", "symbolic links"),
    SkipReason.SUBMODULE: ("not scanned", "submodule", "submodules"),
    SkipReason.NOT_A_FILE: ("not scanned", "path that is no file", "paths that are no files"),
    SkipReason.UNREADABLE: ("not scanned", "unreadable path", "unreadable paths"),
    SkipReason.NOT_FOUND: ("not scanned", "path that does not exist", "paths that do not exist"),
    SkipReason.NOT_IN_INDEX: ("not scanned", "path not in the index", "paths not in the index"),
    SkipReason.UNMERGED: ("not scanned", "file with conflicts", "files with conflicts"),
    SkipReason.MISSING: (
        "not scanned",
        "file that this clone has not",
        "files that this clone has not",
    ),
}
_BEHIND = (
    "a later commit that deletes it is pushed together with it: take it out of the commit itself,\n"
    "git commit --amend for the newest one, git rebase --interactive for one before"
)
_SKIP_FIX = {
    SkipReason.NOT_IN_INDEX: "git add it, or scan it without --staged",
    SkipReason.NOT_DECODED: "encoded too often, or too much: look at it yourself",
    SkipReason.UNMERGED: "resolve it and git add it",
    SkipReason.MISSING: "scan a clone that was made without --filter",
}


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How to write: `width` in terminal columns, `stops` what waits for the answer, if anything."""

    color: bool
    width: int
    stops: str
    max_bytes: int
    elapsed_ms: int


def render(result: ScanResult, rules: Mapping[str, SecretRule], options: TextOptions) -> str:
    """The report, ending in a line feed; empty when there is nothing to say."""
    style = Style(options.color)
    blocks = [
        "\n".join(_finding(finding, _advice(finding, rules, result), result, options, style))
        for finding in result.findings
    ]
    if blocks:
        blocks.insert(0, style.bold(_summary(result, options)))
    notes = "\n".join(_notes(result, options))
    closing = _closing(result, options) if result.findings or result.history else ""
    return "".join(f"{block}\n\n" for block in blocks) + "".join(
        f"{line}\n" for line in (notes, closing) if line
    )


def _summary(result: ScanResult, options: TextOptions) -> str:
    if result.history:
        return f"changewarden: {history.summary(result, result.history)}"
    paths = {finding.location.path for finding in result.findings}
    blocks = any(finding.blocks for finding in result.findings)
    stopped = f"{options.stops} stopped, " if options.stops and blocks else ""
    found = " and ".join(_counted(result))
    return f"changewarden: {stopped}{found} in {_count(len(paths), 'file', 'files')}"


def _counted(result: ScanResult) -> Iterator[str]:
    patterns = [finding for finding in result.findings if finding.rule in result.patterns]
    blocking = sum(finding.blocks for finding in patterns)
    counts = (
        (len(result.findings) - len(patterns), "secret", "secrets"),
        (blocking, "insecure pattern", "insecure patterns"),
        (len(patterns) - blocking, "warning", "warnings"),
    )
    return (_count(number, one, many) for number, one, many in counts if number)


def _closing(result: ScanResult, options: TextOptions) -> str:
    if result.history:
        return history.closing(result, result.history, options.elapsed_ms)
    problems = _count(len(result.findings), "problem", "problems")
    files = _count(result.files, "file", "files")
    closing = f"{problems}. Nothing left your machine. {options.elapsed_ms} ms, {files}."
    return f"{_BEHIND}\n{closing}" if options.stops == "push" else closing


def _finding(
    finding: Finding,
    advice: Iterator[tuple[str, str]],
    result: ScanResult,
    options: TextOptions,
    style: Style,
) -> Iterator[str]:
    place = finding.location
    number = str(place.line)
    margin = " " * len(number)
    room = options.width - len(number) - 3
    cut = window(finding.redacted_line, place.column - 1, len(finding.redacted), room)
    mark = style.error if finding.blocks else style.warning
    word = "error" if finding.blocks else "warning"
    yield mark(f"{word}[{finding.rule}]") + style.bold(f": {finding.title}")
    yield f"{margin}{style.quiet('-->')} {printable(place.path)}:{place.line}:{place.column}"
    yield style.quiet(f"{margin} |")
    yield style.quiet(f"{number} |") + f" {cut.text}"
    yield style.quiet(f"{margin} |") + _carets(cut, finding, result, style)
    for label, text in advice:
        first, *more = _wrapped(label, text, options.width - len(margin) - 3)
        yield f"{margin} {style.quiet('=')} {style.bold(label)} {first}"
        yield from (f"{margin}   {line}" for line in more)


def _wrapped(label: str, text: str, room: int) -> list[str]:
    """What is meant to be read, in lines; what is meant to be copied stays in one."""
    if label != _PROSE:
        return [text]
    import textwrap  # noqa: PLC0415 - only for what is found

    lines = textwrap.wrap(text, room, initial_indent=" " * (len(label) + 1))
    return [line.strip() for line in lines] or [""]


def _carets(cut: Window, finding: Finding, result: ScanResult, style: Style) -> str:
    new = " new in this commit" if finding.location.path in result.new else ""
    if finding.commit:
        new = f" new in {short(finding.commit)}"
    return " " * (cut.caret_start + 1) + style.error("^" * cut.caret_length + new)


def _advice(
    finding: Finding, rules: Mapping[str, SecretRule], result: ScanResult
) -> Iterator[tuple[str, str]]:
    if remark := result.remarks.get(finding.fingerprint):
        yield "note:", printable(remark)
    if pattern := result.patterns.get(finding.rule):
        yield from _pattern_advice(finding, pattern)
    else:
        yield from _secret_advice(finding, rules[finding.rule], result)
    if finding.also:
        yield "also seen by:", ", ".join(finding.also)


def _pattern_advice(finding: Finding, rule: PatternRule) -> Iterator[tuple[str, str]]:
    yield _PROSE, printable(finding.message)
    if rule.fix:
        yield "fix:", printable(rule.fix)
    yield "more:", f"changewarden explain {rule.id}"
    yield "not a problem?", f'changewarden allow {finding.id} --reason "..."'


def _secret_advice(
    finding: Finding, rule: SecretRule, result: ScanResult
) -> Iterator[tuple[str, str]]:
    if finding.layers:
        yield "decoded from:", ", ".join(finding.layers)
    if result.history:
        yield from history.advice(finding, rule, result.history.origins[finding.fingerprint])
    else:
        if finding.commit:
            yield "commit:", printable(named(finding.commit, result.subjects))
        yield "fix:", rule.fix
        yield "if this is real and was ever pushed:", f"revoke it first, {rule.revoke}"
    yield "not a secret?", f'changewarden allow {finding.id} --reason "..."'


def _notes(result: ScanResult, options: TextOptions) -> Iterator[str]:
    if not result.files and not result.skipped and not result.history:
        yield "0 files to check"
    for reason in result.history.incomplete if result.history else ():
        yield f"not the whole history: {printable(reason)}"
    if result.allowed:
        yield f"{_count(result.allowed, 'finding', 'findings')} allowed by comments in the code"
    if result.by_allowance:
        count = _count(result.by_allowance, "finding", "findings")
        yield f"{count} allowed (changewarden allowances)"
    if result.elsewhere:
        count = _count(result.elsewhere, "insecure pattern", "insecure patterns")
        yield f"{count} on lines that are not new (--all shows them)"
    yield from map(printable, result.notes)
    for item in result.unchecked:
        yield printable(f"not checked for insecure patterns: {item.path}: {item.what}")
    for reason in SkipReason:
        skipped = [item for item in result.skipped if item.reason is reason]
        if skipped:
            yield _skipped(reason, skipped, options)


def _skipped(reason: SkipReason, skipped: list[Skipped], options: TextOptions) -> str:
    verb, one, many = _SKIP_WORDS[reason]
    names = [printable(item.path) for item in skipped[:_NAMED_AT_MOST]]
    more = f" and {len(skipped) - len(names)} more" if len(skipped) > len(names) else ""
    fix = _SKIP_FIX.get(reason, "")
    count = _count(len(skipped), one, many)
    if reason is SkipReason.TOO_LARGE:
        count += f" over {_size(options.max_bytes)}"
        fix = "raise with --max-bytes"
    return f"{verb}: {count}{f' ({fix})' if fix else ''}: {', '.join(names)}{more}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:g} MB" if size >= 100_000 else f"{size:,} bytes"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
