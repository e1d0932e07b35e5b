"""`changewarden policy test`: does a policy say to changes what its owners expect it to say?"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from warden_hooks.commands.decision_text import decision_text
from warden_hooks.commands.documents import BadDocument, parsed, read_change, read_policy
from warden_hooks.commands.terminal import say
from warden_hooks.output import complain
from warden_policies.evaluate import evaluate
from warden_policies.language.policy_change import NAME as EVERYWHERE
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect, Policy
from warden_policies.scenario import Case, parse_suite
from warden_policies.scenario.judge import faults
from warden_policies.text import listed, plain

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_FAILED, _BAD_INPUT = 1, 2
_ENDINGS = (".yml", ".yaml")
_DESCRIPTION = """\
Run tests that a team keeps beside its policy: changes in a few words, each with the verdict that
the policy must come to. DIR is a folder of .yml files, or one such file.
"""
_EPILOG = """\
a test file, such as .github/policy-tests/payments.yml:
  policy: ../changewarden.yml           # from this file's folder
  people:                               # who may do what; nobody else can be named then
    ana: write
    bob: {permission: maintain, teams: [acme/payments]}
  cases:
    - name: nobody approves their own change
      change: {opener: ana, files: [payments/fee.py], approvals: [ana]}
      expect: pending                   # or allow, block, error
      because: 0 of 1 approvals         # if given, the decision has to say so
    - name: two eyes are enough
      change: {opener: ana, files: [payments/fee.py], approvals: [bob]}
      expect: allow
    - name: as it was decided in March
      change: change-482.json           # a stored change
      expect: block

All the words of a change: docs/howto/test-a-policy.md.

exit status:
  0  every case came out as expected
  1  some did not
  2  a file cannot be read or is invalid, or there is none; every error is printed with its place
"""


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `test` to the commands."""
    parser = subparsers.add_parser(
        "test",
        help="run the tests that a team keeps beside its policy",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="DIR", help="a folder of test files, or one")
    parser.set_defaults(run=_run)


@dataclass(slots=True)
class _Tally:
    """What happened so far. `seen` are the outcomes of each requirement of each policy."""

    ok: int = 0
    failed: int = 0
    files: int = 0
    bad_files: int = 0
    seen: dict[str, dict[str, set[Outcome]]] = field(default_factory=dict)


def _run(arguments: argparse.Namespace) -> int:
    tally = _Tally()
    for path in arguments.paths:
        files = list(_files(path))
        if not files:
            complain(f"{path}: no test files: a folder of .yml files is expected")
            tally.bad_files += 1
        for file in files:
            _try_file(file, tally)
    for line in _untried(tally):
        say(line)
    say(_counts(tally))
    if tally.bad_files:
        return _BAD_INPUT
    return _FAILED if tally.failed else 0


def _files(path: str) -> Iterator[str]:
    folder = Path(path)
    if not folder.is_dir():
        yield path
        return
    yield from sorted(str(file) for file in folder.iterdir() if file.suffix in _ENDINGS)


def _try_file(file: str, tally: _Tally) -> None:
    tally.files += 1
    try:
        suite = parsed(parse_suite, file)
        path = str(Path(file).parent / suite.policy)
        policy = read_policy(path)
    except BadDocument as error:
        complain(error.shown)
        tally.bad_files += 1
        return
    say(plain(file, 300))
    own = (each.name for each in policy.requirements if each.name != EVERYWHERE)
    seen = tally.seen.setdefault(path, {name: set() for name in own})
    bad = [case for case in suite.cases if not _try_case(case, policy, file, tally, seen)]
    tally.bad_files += bool(bad)


def _try_case(
    case: Case, policy: Policy, file: str, tally: _Tally, seen: dict[str, set[Outcome]]
) -> bool:
    """Whether the case could be tried at all."""
    try:
        change = case.change
        if isinstance(change, str):
            change = read_change(str(Path(file).parent / change))
    except BadDocument as error:
        say(f"  BAD   {plain(case.name, 200)}")
        complain(error.shown)
        return False
    decision = evaluate(policy, change)
    for answer in _answers(decision.result, policy):
        if answer.name in seen:
            seen[answer.name].add(answer.outcome)
    wrong = faults(case, decision)
    tally.ok += not wrong
    tally.failed += bool(wrong)
    say(f"  {'FAIL' if wrong else 'ok':<4}  {plain(case.name, 200)}")
    if wrong:
        say(
            "\n".join(
                _told(
                    f"{plain(file, 300)}:{case.mark.line}", wrong, decision_text(policy, decision)
                )
            )
        )
    return True


def _answers(result: Result, policy: Policy) -> Iterator[Result]:
    """The answers of the requirements; policy-bot's rules may lie in lists."""
    for child in result.children:
        yield child
        if policy.dialect is Dialect.POLICY_BOT:
            yield from _answers(child, policy)


def _told(place: str, wrong: tuple[str, ...], explained: str) -> Iterator[str]:
    yield from (f"        {place}: {fault}" for fault in wrong)
    *lines, _, _ = explained.split("\n")  # the last tells digests
    yield from (f"        | {line}".rstrip() for line in lines)


def _untried(tally: _Tally) -> Iterator[str]:
    """Requirements that the cases leave open: what nobody tries may say anything."""
    for path, seen in tally.seen.items():
        met = [name for name, outcomes in seen.items() if Outcome.PASS in outcomes]
        held_up = [name for name, outcomes in seen.items() if outcomes - _HARMLESS]
        for what, tried in (("meets", met), ("is stopped by", held_up)):
            open_ones = [plain(name) for name in seen if name not in tried]
            if open_ones:
                yield f"\n{plain(path, 300)}: no case {what}: {listed(open_ones, 20)}"


_HARMLESS = frozenset({Outcome.PASS, Outcome.NOT_APPLICABLE})


def _counts(tally: _Tally) -> str:
    cases = tally.ok + tally.failed
    files = "1 file" if tally.files == 1 else f"{tally.files} files"
    counts = [f"{cases} {'case' if cases == 1 else 'cases'} in {files}", f"{tally.ok} ok"]
    counts += [f"{tally.failed} failed"] if tally.failed else []
    bad = "1 file" if tally.bad_files == 1 else f"{tally.bad_files} files"
    counts += [f"{bad} with errors"] if tally.bad_files else []
    return f"\n{', '.join(counts)}"
