"""What do a decision and a replay cost?

Told are medians of CPU time, so that other work on the machine counts little: of single calls in
this process, each against reading the same bytes with the standard library's JSON parser, and of
whole `changewarden replay` processes with all that they start. How the cost grows is told as a
ratio of such medians. The changes are made up: 50 files, 20 reviews, 10 commits and 5 checks each.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from warden_policies.codec import decode_change, encode_change
from warden_policies.evaluate import evaluate
from warden_policies.language import parse_policy
from warden_policies.model import Change, Permission, ReviewState
from warden_policies.policy import Policy
from warden_policies.problem import Problems
from warden_policies.scenario.build import build
from warden_policies.scenario.words import (
    ChangeWords,
    CheckState,
    CheckWords,
    CommitWords,
    FileWords,
    PersonWords,
    ReviewWords,
)

BODY = "## Why\nThe fee is charged twice.\n\n## Rollback plan\nRevert the commit and redeploy it.\n"
TEN = """\
version: 1
requirements:
  Peer review: {require: {approvals: {count: 2}}}
  Payments: {when: {paths: ["payments/**"]}, require: {approvals: {count: 1, teams: [acme/pay]}}}
  Database: {when: {paths: ["**/*.sql", "db/**"]}, require: {approvals: {count: 2}}}
  Release: {when: {branches: ["release/*"]}, require: {approvals: {count: 1, permission: admin}}}
  Large: {when: {size: {more_lines_than: 500}}, require: {approvals: {count: 2}}}
  Documents: {when: {only_paths: ["docs/**"]}, require: {approvals: {count: 1}}}
  Robots: {when: {opener: {kind: bot}}, require: {approvals: {count: 2}}}
  Change record: {require: {change_record: {sections: [reason, rollback_plan]}}}
  Checks: {require: {checks: [{name: test, app_id: 15368}, {name: lint, app_id: 15368}]}}
  Not a draft: {require: {draft: false}}
"""


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=7, help="runs of each (default 7)")
    parser.add_argument("--changes", type=int, default=10_000, help="to replay (default 10000)")
    parser.add_argument("--part", choices=("one", "growth", "replay"), help="measure only this")
    arguments = parser.parse_args()
    if arguments.part in (None, "one"):
        one_decision(arguments.rounds)
    if arguments.part in (None, "growth"):
        growth(arguments.rounds)
    if arguments.part in (None, "replay"):
        replays(arguments.changes, max(1, arguments.rounds // 3))
    return 0


def typical(number: int = 1, *, reviews: int = 20) -> Change:
    """A change such as many are."""
    states = (ReviewState.APPROVED, ReviewState.COMMENTED, ReviewState.COMMENTED)
    people = [f"person-{index}" for index in range(8)]
    words = ChangeWords(
        number=number,
        body=BODY,
        files=tuple(
            FileWords(path=f"payments/part_{index}/fee.py", additions=9) for index in range(50)
        ),
        commits=tuple(CommitWords(on_web=index % 2 == 0) for index in range(10)),
        reviews=tuple(
            ReviewWords(by=people[index % 8], state=states[index % 3], body="One question below.")
            for index in range(reviews)
        ),
        checks={
            name: (CheckWords(state=CheckState.SUCCESS),)
            for name in ("test", "lint", "types", "build", "docs")
        },
    )
    standing = PersonWords(permission=Permission.WRITE, teams=("acme/pay",))
    return build(words, dict.fromkeys(people, standing), (), Problems())


def policy(source: str = TEN) -> Policy:
    """The policy in a text."""
    return parse_policy(source.encode(), ".github/changewarden.yml")


def fresh(rules: Policy, change: Change) -> object:
    """Decide on a change as if it were never seen: what is remembered is of one and the same."""
    return evaluate(rules, replace(change), change_digest="known")


def one_decision(rounds: int) -> None:
    """Reading and deciding, one change at a time."""
    change = typical()
    data = encode_change(change)
    rules = policy()
    calls: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(data),
        "decode_change": lambda: decode_change(data),
        "evaluate, 10 requirements": lambda: fresh(rules, change),
        "evaluate, digest made too": lambda: evaluate(rules, replace(change)),
        "parse_policy, 10 requirements": policy,
    }
    seconds = {name: each_takes(call, rounds) for name, call in calls.items()}
    print(f"one change of {len(data):,} bytes")
    for name, spent in seconds.items():
        ratio = spent / seconds["json.loads"]
        print(f"  {name:30} {spent * 1000:8.3f} ms   {ratio:6.1f} x json.loads")


def growth(rounds: int) -> None:
    """Reviews and requirements, each fourfold and both."""
    print("\nevaluate, as reviews and requirements grow: time over the first, input over the first")
    first = 0.0
    for reviews, requirements in ((25, 5), (100, 5), (25, 20), (100, 20), (400, 20), (400, 80)):
        rules = policy(
            "version: 1\nrequirements:\n"
            + "".join(
                f"  R{n}: {{require: {{approvals: {{count: {n + 1}}}}}}}\n"
                for n in range(requirements)
            )
        )
        change = typical(reviews=reviews)
        spent = each_takes(lambda: fresh(rules, change), rounds)  # noqa: B023 - called at once
        first = first or spent
        grown = reviews * requirements / 125
        print(
            f"  {reviews:4} reviews x {requirements:3} requirements {spent * 1000:9.3f} ms"
            f"   {spent / first:7.1f} x for {grown:6.1f} x"
        )


def each_takes(call: Callable[[], object], rounds: int) -> float:
    """Median CPU seconds of a call, in rounds of so many that a round takes a tenth of a second."""
    times = 1
    while _spent(call, times) < 0.1:
        times *= 2
    return median(_spent(call, times) / times for _ in range(rounds))


def _spent(call: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        call()
    return time.process_time() - start


def replays(changes: int, rounds: int) -> None:
    """Many stored changes, tried under the policy of ten requirements."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "policy.yml").write_text(TEN, encoding="utf-8")
        with (folder / "changes.jsonl").open("wb") as file:
            file.writelines(lines(changes))
        size = (folder / "changes.jsonl").stat().st_size
        what = f"{changes:,} changes, {size / 1e6:,.0f} MB, {os.cpu_count()} cores"
        print(f"\nchangewarden replay, {what}")
        program = f"{Path(sys.executable).parent}/changewarden"
        command = [program, "replay", "--policy", "policy.yml", "changes.jsonl", "--jobs"]
        for jobs in sorted({1, os.cpu_count() or 1}):
            runs = [timed([*command, str(jobs)], folder) for _ in range(rounds)]
            cpu, wall = (median(values) for values in zip(*runs, strict=True))
            print(
                f"  {jobs} processes {cpu:8.2f} s CPU {wall:8.2f} s   "
                f"{cpu / changes * 1000:6.3f} ms CPU each, {changes / wall:8,.0f} changes a second"
            )


def lines(changes: int) -> Iterator[bytes]:
    """So many changes, of a hundred days, one on each line."""
    first = typical()
    for number in range(1, changes + 1):
        at = datetime(2026, 1 + number % 12, 1 + number % 28, tzinfo=UTC)
        yield encode_change(replace(first, number=number, evaluated_at=at)) + b"\n"


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """CPU seconds of a command and all its children, and seconds by the clock."""
    start = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main())
