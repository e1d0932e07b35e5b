"""`changewarden triage`: decide about findings and allowances one by one."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from warden_hooks.allowances import live, repository
from warden_hooks.allowances.entry import DEFAULT_DAYS, Entry, longest_days, shown_path
from warden_hooks.allowances.file import PATH, Allowances, entry_line
from warden_hooks.allowances.lookup import look_at_entries, look_at_files
from warden_hooks.allowances.plan import Plan, Question, plan
from warden_hooks.allowances.review import review
from warden_hooks.commands.allow import (
    checked_owner,
    checked_reason,
    entry_for,
    positive,
    written,
)
from warden_hooks.commands.terminal import say
from warden_hooks.errors import UsageError
from warden_hooks.report import triage as words
from warden_hooks.report.terminal import printable
from warden_hooks.scan import FINGERPRINT_KEY

_CLEAN, _LEFT = 0, 1
_DESCRIPTION = f"""\
Go through the findings at and under PATH (default: the whole repository) and decide about each:
allow it with a reason, see how to fix it, or leave it. Then through the entries of
{PATH} that have expired or match nothing any more. When a secret
that was allowed is now in another file, its entry can be carried over.

Nothing is written without an answer, and each answer is written at once. Without a terminal only
the plan is printed.
"""
_EPILOG = """\
exit codes: 0 nothing is left to decide, 1 something is, 2 wrong usage or configuration,
3 internal error
"""

Ask = Callable[[str], str]
"""Puts a question and returns the answer. Raises EOFError when there is nobody to answer."""


class _Quit(Exception):
    """The person has had enough."""


def main(argv: Sequence[str]) -> int:
    """Run `changewarden triage` with the arguments after its name; returns the exit code.

    Raises:
        UsageError: a path is missing, or the allowances cannot be read or written.
    """
    arguments = _parser().parse_args(argv)
    today = datetime.now(UTC).date()
    asked = input if sys.stdin.isatty() and sys.stdout.isatty() else None
    return triage(arguments.paths, today, asked)


def triage(paths: Sequence[str], today: date, ask: Ask | None) -> int:
    """Ask about everything there is to decide; None to ask nobody and print it instead.

    Raises:
        UsageError: a path is missing, or the allowances cannot be read or written.
    """
    folder = live.root()
    before = live.load(folder, today)
    file = before or live.new_file()
    decisions = _plan(paths, folder, file, today)
    key = before.key if before else FINGERPRINT_KEY
    if ask is None or not (decisions.questions or decisions.stale):
        say("\n".join(words.plan_text(decisions, key)))
        return _LEFT if decisions.questions or decisions.stale else _CLEAN
    say(f"to decide: {words.headline(decisions)}")
    return _Session(folder, before, file, today, ask).run(decisions)


def _plan(paths: Sequence[str], folder: str, file: Allowances, today: date) -> Plan:
    look = look_at_files(paths or [folder], file.key)
    if paths and look.missing:
        what = f"there is no file '{printable(min(look.missing))}' to look at"
        raise UsageError(what, "give files and folders that exist, or none for all")
    entries = [entry.path for entry in file.entries.values()]
    known = look_at_entries(entries, folder, file.key) if paths else look
    return plan(file, look, review(file, known, today, {}), repository.renamed_to, today)


class _Session:
    """One person's answers; what they change is on disk before the next question."""

    def __init__(
        self, folder: str, before: Allowances | None, file: Allowances, today: date, ask: Ask
    ) -> None:
        self._folder = folder
        self._before = before
        self._file = file
        self._today = today
        self._ask = ask
        self._written = 0

    def run(self, decisions: Plan) -> int:
        """Ask about everything; the exit code."""
        total = len(decisions.questions) + len(decisions.stale)
        try:
            for number, question in enumerate(decisions.questions, 1):
                self._show(number, total, list(words.about(question, self._key)))
                self._decide(question)
            for number, entry in enumerate(decisions.stale, len(decisions.questions) + 1):
                self._show(number, total, list(words.about_stale(entry)))
                self._decide_stale(entry)
        except (_Quit, EOFError):
            pass
        left = total - self._written
        say("\n" + words.outcome(self._written, left))
        if self._written:
            say(f"next: git add {PATH}")
        return _LEFT if left else _CLEAN

    @property
    def _key(self) -> bytes:
        return self._before.key if self._before else FINGERPRINT_KEY

    def _show(self, number: int, total: int, lines: Sequence[str]) -> None:
        say("\n".join(["", f"{number} of {total}", *lines]))

    def _decide(self, question: Question) -> None:
        allow = "[a]llow again" if question.before else "[a]llow"
        carry = "[c]arry over, " if question.moved else ""
        answers = "cafsq" if question.moved else "afsq"
        while True:
            match self._choice(f"{carry}{allow}, [f]ix, [s]kip or [q]uit? ", answers):
                case "c" if question.moved:
                    return self._carry(question, question.moved.entry)
                case "f":
                    say("\n".join(words.fix(question.seen)))
                case "a":
                    if self._allow(question):
                        return None
                case _:
                    return None

    def _decide_stale(self, entry: Entry) -> None:
        if self._choice("[r]emove, [s]kip or [q]uit? ", "rsq") == "r":
            self._save(self._file.without(entry.fingerprint))
            say("  removed")

    def _choice(self, question: str, answers: str) -> str:
        while True:
            answer = self._ask(question).strip().lower()[:1]
            if answer == "q":
                raise _Quit
            if answer and answer in answers:
                return answer
            say(words.wrong_answer(answers))

    def _allow(self, question: Question) -> bool:
        """Ask why, who and for how long; False when the answers do not do."""
        finding = question.seen.finding
        usual = min(DEFAULT_DAYS, longest_days(finding.rule))
        try:
            reason = self._ask("  why may it stay? ")
            if not reason.strip():
                return False
            reason = checked_reason(reason)
            days = positive(self._ask(f"  for how many days? [{usual}] ").strip() or str(usual))
            owner = repository.person() or self._ask("  who answers for it? ")
            entry = entry_for(finding, reason, checked_owner(owner), days, self._today)
        except UsageError as error:
            say(f"  {error.what}: {error.fix}")
            return False
        except argparse.ArgumentTypeError as error:
            say(f"  {error}")
            return False
        self._write(entry, self._file.with_entry(entry))
        return True

    def _carry(self, question: Question, old: Entry) -> None:
        finding = question.seen.finding
        path = shown_path(finding.location.path)
        entry = replace(old, fingerprint=finding.fingerprint, path=path)
        say(f"  - {entry_line(old).strip()}")
        self._write(entry, self._file.without(old.fingerprint).with_entry(entry))

    def _write(self, entry: Entry, file: Allowances) -> None:
        lines = list(written(entry, self._before, self._today))[:-1]  # what is next comes last
        self._save(file)
        say("\n".join(f"  {printable(line)}" for line in lines))

    def _save(self, file: Allowances) -> None:
        live.save(self._folder, file)
        self._before = self._file = file
        self._written += 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden triage",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    return parser
