"""What does a look for insecure patterns cost? The whole process, against semgrep's engine called
bare, against semgrep's own command, and against the bare interpreter.

Each round runs every command once, so that a busy machine slows all of them alike; told are medians
of CPU time, of the process and all that it started, and ratios in the same rounds. The staged files
are modules of the standard library and others, each with an example out of our rules at its end.
Needs the environment of `make bench`: semgrep's engine beside us, semgrep whole in .venv-semgrep.
"""

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from warden_hooks.patterns import find, kept, languages, our_files, pack
from warden_hooks.patterns.core import Target, rules_document, targets_document

ROOT = Path(__file__).parent.parent
WHOLE = ROOT / ".venv-semgrep" / "bin" / "semgrep"
LINES = range(40, 160)
SKIPPED = ("/test/", "/tests/", "/site-packages/", "/idlelib/idle_test/", "/lib2to3/tests/")
OURS = ("scan", "--only=patterns")


@dataclass(frozen=True)
class Timed:
    """A command, and what has to be done before each of its runs."""

    command: list[str]
    before: Callable[[], None] = lambda: None


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=7, help="runs of each command (default 7)")
    parser.add_argument("--tree", type=Path, default=Path(sysconfig.get_path("stdlib")))
    parser.add_argument("--part", choices=("commit", "tree"), help="measure only this")
    arguments = parser.parse_args()
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", kept.SETTING):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for files in (1, 10, 100) if arguments.part != "tree" else ():
            commit(files, arguments.rounds, Path(cache))
        if arguments.part != "commit":
            tree(arguments.tree, max(1, arguments.rounds // 3), Path(cache))
    return 0


def commit(files: int, rounds: int, cache: Path) -> None:
    """So many staged files."""
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as beside:
        folder = Path(place)
        paths = staged(folder, files)
        ours = [f"{Path(sys.executable).parent}/changewarden", *OURS, "--staged"]
        subprocess.run(ours, cwd=folder, capture_output=True, check=False)  # compile, self-test
        same = same_findings(folder, ours, Path(beside), paths)
        timed = {
            "python -c pass": Timed([sys.executable, "-c", "pass"]),
            "the bare engine, all rules": Timed(bare(folder, Path(beside), paths)),
            "changewarden, nothing known": Timed(ours, lambda: forget(cache)),
            "changewarden, all known": Timed(ours),
            "semgrep scan": Timed(semgrep(Path(beside), paths)),
        }
        title = f"{files} staged, findings {'as semgrep scan has them' if same else 'DIFFERENT'}"
        report(title, measured(folder, timed, rounds))
        clean(folder, paths, ours, rounds)


def clean(folder: Path, paths: Iterable[str], ours: list[str], rounds: int) -> None:
    """The same files without a finding, all of them known: what a commit mostly is."""
    done = subprocess.run([*ours, "--format=json"], cwd=folder, capture_output=True, check=False)
    bad = {item["path"] for item in json.loads(done.stdout)["findings"]}
    for path in bad & {*paths}:
        (folder / path).write_text(_text(Path(argparse.__file__)) + f"# {path}\n", encoding="utf-8")
    subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
    subprocess.run(ours, cwd=folder, capture_output=True, check=False)
    timed = {
        "python -c pass": Timed([sys.executable, "-c", "pass"]),
        "changewarden, all known, clean": Timed(ours),
    }
    medians = measured(folder, timed, rounds * 3)
    python, ours_ = medians.values()
    print(f"  without a finding, all known   {ours_:8.3f} s   {ours_ / python:6.1f} x python")


def tree(root: Path, rounds: int, cache: Path) -> None:
    """A large tree of one language."""
    files = library(root)
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    with tempfile.TemporaryDirectory() as beside:
        paths = [str(path) for path in files]
        ours = [f"{Path(sys.executable).parent}/changewarden", *OURS, *paths]
        timed = {
            "the bare engine, all rules": Timed(bare(root, Path(beside), paths)),
            "changewarden, nothing known": Timed(ours, lambda: forget(cache)),
            "changewarden, all known": Timed(ours),
        }
        report(f"{root.name}, {len(files)} files, {lines} lines", measured(root, timed, rounds))
    done = subprocess.run([*ours, "--format=json"], cwd=root, capture_output=True, check=False)
    found = json.loads(done.stdout)
    blocking = [item for item in found["findings"] if item["blocking"]]
    print(
        f"  {len(blocking)} blocking findings, {len(blocking) / lines * 1000:.3f} per 1,000 lines"
    )
    for item in blocking:
        print(f"    {item['path']}:{item['line']} {item['rule']}")
    if found["not_checked"]:
        print(f"  NOT CHECKED: {found['not_checked']}")


def library(root: Path) -> list[Path]:
    """The Python files under a folder without tests and what was installed there."""
    return [
        path
        for path in sorted(root.rglob("*.py"))
        if not any(part in f"/{path.relative_to(root)}" for part in SKIPPED)
    ]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def staged(folder: Path, files: int) -> list[str]:
    """A repository with so many staged files, no two alike; their paths."""
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], cwd=folder, check=True)
    modules = library(Path(sysconfig.get_path("stdlib")))
    sources = [text for text in map(_text, modules) if text.count("\n") in LINES]
    cases = [case for rule in our_files.rules() for case in our_files.examples(rule)]
    python = [case for case in cases if case.language == "python"]
    others = [case for case in cases if case.language != "python"]
    paths: list[str] = []
    for number in range(files):
        case = (others if number % 2 else python)[number * 7 % 97]
        text = sources[number % len(sources)] if case.language == "python" else ""
        path = case.path if "/" in case.path else f"file{number}{languages.ending(case.language)}"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"{text}\n{case.text}\n", encoding="utf-8")
        paths.append(path)
    subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
    return sorted({*paths})


def bare(folder: Path, beside: Path, paths: Iterable[str]) -> list[str]:
    """The engine with the whole pack, as patterns.md would call it: no rule left out."""
    core = find.installed()
    if core is None:
        sys.exit("make setup installs the engine")
    targets = [
        Target(str(folder / path), path, language)
        for path in paths
        if (language := languages.by_name(path))
    ]
    write_rules(beside)
    (beside / "targets.json").write_text(targets_document(targets), encoding="utf-8")
    where = ("-rules", f"{beside}/rules.json", "-targets", f"{beside}/targets.json")
    return [core.program, "-json_nodots", "-fast", *where, "-j", "1"]


def semgrep(beside: Path, paths: Iterable[str]) -> list[str]:
    """semgrep's own command with the same rules."""
    write_rules(beside)
    quietly = ("--metrics=off", "--disable-version-check", "--json", "--quiet", "--no-git-ignore")
    config = ("--no-rewrite-rule-ids", "--config", f"{beside}/rules.json")
    return [str(WHOLE), "scan", *quietly, *config, *paths]


def write_rules(beside: Path) -> None:
    """The whole pack as a rule file."""
    text = rules_document(rule.whole for rule in pack.ours()[1])
    (beside / "rules.json").write_text(text, encoding="utf-8")


def same_findings(folder: Path, ours: list[str], beside: Path, paths: list[str]) -> bool:
    """Whether semgrep's command finds the same rules on the same lines."""
    done = subprocess.run([*ours, "--format=json"], cwd=folder, capture_output=True, check=False)
    mine = {
        (item["path"], item["line"], name)
        for item in json.loads(done.stdout)["findings"]
        for name in (item["rule"], *item["also"])
    }
    done = subprocess.run(semgrep(beside, paths), cwd=folder, capture_output=True, check=False)
    theirs = {
        (item["path"], item["start"]["line"], item["check_id"])
        for item in json.loads(done.stdout)["results"]
    }
    for item in mine ^ theirs:
        print("  only one of both has", item)
    return mine == theirs


def forget(cache: Path) -> None:
    """What was found before, but not that the engine was tried."""
    for file in cache.glob("changewarden/patterns-*/*-*"):
        if file.name != "self-test":
            file.unlink()


def measured(folder: Path, timed: dict[str, Timed], rounds: int) -> dict[str, float]:
    """Medians of CPU seconds."""
    spent: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(rounds):
        for name, each in timed.items():
            each.before()
            spent[name].append(cpu(each.command, folder))
    return {name: median(values) for name, values in spent.items()}


def cpu(command: list[str], folder: Path) -> float:
    """CPU seconds of a command and all its children."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def report(title: str, medians: dict[str, float]) -> None:
    """One table; ratios to the bare engine and to the interpreter."""
    engine = medians["the bare engine, all rules"]
    print(f"\n{title}")
    for name, seconds in medians.items():
        python = medians.get("python -c pass")
        to_python = f"   {seconds / python:6.1f} x python" if python else ""
        print(f"  {name:30} {seconds:8.3f} s   {seconds / engine:6.2f} x engine{to_python}")


if __name__ == "__main__":
    sys.exit(main())
