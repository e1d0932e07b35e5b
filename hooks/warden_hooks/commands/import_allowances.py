"""`changewarden allowances --import FILE`: from another scanner's list to ours."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePath

from warden_hooks.allowances import live, repository
from warden_hooks.allowances.entry import Entry, longest_days, stricter
from warden_hooks.allowances.file import PATH, Allowances
from warden_hooks.allowances.imports import baseline, gitleaks
from warden_hooks.allowances.imports.outcome import Outcome, Refused
from warden_hooks.allowances.lookup import Look, look, look_at_entries
from warden_hooks.commands.allow import checked_owner, entry_for
from warden_hooks.commands.terminal import UnreadableFile, read_file, say
from warden_hooks.errors import UsageError
from warden_hooks.report.terminal import printable
from warden_hooks.report.triage import name_of
from warden_hooks.scan import FINGERPRINT_KEY
from warden_hooks.source import DEFAULT_MAX_BYTES, Content, read_source

_MAX_BYTES = 50_000_000
_DONE, _QUESTIONS = 0, 1


def run(name: str, today: date) -> int:
    """Import the file called `name`; 1 when it leaves questions that only a person can answer.

    Raises:
        UsageError: the file, or our own, is not what it has to be.
    """
    data = _read(name)
    owner = checked_owner("")
    folder = live.root()
    before = live.load(folder, today)
    file = before or live.new_file()
    shown = printable(PurePath(name).name)
    resolve = _from_baseline if data.lstrip().startswith(b"{") else _from_gitleaks
    outcome = resolve(data, shown, folder, file.key)
    entries = _new_entries(outcome, file, owner, today)
    for entry in entries:
        file = file.with_entry(entry)
    if entries:
        live.save(folder, file)
    key = file.key if entries or before else FINGERPRINT_KEY
    say("\n".join(map(printable, _report(outcome, entries, key, shown, today))))
    return _QUESTIONS if outcome.questions else _DONE


def _read(name: str) -> bytes:
    try:
        data = read_file(name, _MAX_BYTES)
    except UnreadableFile as error:
        raise UsageError(str(error), "give a .secrets.baseline or a .gitleaksignore") from None
    if len(data) > _MAX_BYTES:
        raise UsageError(f"{name} has more than {_MAX_BYTES:,} bytes", "is it the right file?")
    return data


def _from_baseline(data: bytes, name: str, folder: str, key: bytes) -> Outcome:
    entries = baseline.parse_baseline(data, name)
    paths = sorted({entry.path for entry in entries})
    yields = {path: baseline.yielded(path, folder) for path in paths}
    return baseline.resolve(entries, look_at_entries(paths, folder, key), yields, name)


def _from_gitleaks(data: bytes, name: str, folder: str, key: bytes) -> Outcome:
    entries = gitleaks.parse_gitleaksignore(data, name)
    today = look_at_entries((entry.path for entry in entries), folder, key)

    def look_back(ignored: gitleaks.Ignored) -> Look:
        content = repository.file_at(ignored.path, ignored.commit)
        if content is None:
            return Look()
        source = read_source(ignored.path, Content(content, len(content)), DEFAULT_MAX_BYTES)
        return look([source], key)

    return gitleaks.resolve(entries, today, look_back, name)


def _new_entries(outcome: Outcome, file: Allowances, owner: str, today: date) -> list[Entry]:
    """The entries to add: what is allowed already stays, and of two the stricter counts."""
    entries: dict[str, Entry] = {}
    for allowed in outcome.allowed:
        finding = allowed.seen.finding
        if finding.fingerprint in file.entries:
            continue
        days = min(allowed.days, longest_days(finding.rule))
        entry = entry_for(finding, allowed.reason, owner, days, today)
        entries[entry.fingerprint] = stricter(entries.get(entry.fingerprint, entry), entry)
    return sorted(entries.values(), key=lambda entry: (entry.path, entry.fingerprint))


def _report(
    outcome: Outcome, entries: Sequence[Entry], key: bytes, name: str, today: date
) -> Iterator[str]:
    count = "1 finding" if len(entries) == 1 else f"{len(entries)} findings"
    yield f"{count} of {name} allowed in {PATH}"
    for entry in entries:
        until = f"expires {entry.expires} ({live.ahead(entry.days_left(today))})"
        yield f"  {entry.id}  {entry.path}, {until}"
    known = {item.seen.finding.fingerprint for item in outcome.allowed}
    if len(known) > len(entries):
        yield f"{len(known) - len(entries)} allowed before, left as they are"
    yield from _questions(outcome.questions, key)
    if outcome.stale:
        yield f"{len(outcome.stale)} stale, not imported: they match nothing any more"
        yield from (f"  {about}" for about in outcome.stale)
    if outcome.not_reported:
        yield f"{outcome.not_reported} not imported, because changewarden does not report them"
    if entries:
        yield f"next: git add {PATH}"


def _questions(questions: Sequence[Refused], key: bytes) -> Iterator[str]:
    if questions:
        count = "1 entry" if len(questions) == 1 else f"{len(questions)} entries"
        yield f"{count} not imported, because only a person can decide:"
    for question in questions:
        yield f"  {question.about}: {question.why}"
        yield from _places(question, key)


def _places(question: Refused, key: bytes) -> Iterator[str]:
    for seen in question.seen:
        place = seen.finding.location
        where = f"    {place.path}:{place.line}:{place.column}"
        command = f"  changewarden allow {name_of(seen, key)} --reason TEXT"
        yield where if question.is_real else where + command
