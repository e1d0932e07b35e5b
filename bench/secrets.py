"""How long does a commit wait, how fast is a tree, and a history? The whole process, as git and
people start it.

Installs the project as users do, into a throw-away environment, together with what it is compared
with. Each round runs every command once, so that a busy machine slows all of them alike; told are
medians of CPU time, of the process and all that it started, and their ratio to the bare
interpreter; of a history, their ratio to git's own reading of all its objects. The staged files are
ordinary Python without a secret.
"""

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
SOURCE = Path(argparse.__file__).read_text(encoding="utf-8")
LINES = 120
LIBRARY_FILES = 60
FLOOR = "python -I -S -c pass"
READING = "git cat-file of everything"
PARTS = ("hook", "tree", "history", "library")
KINGFISHER = ("--no-validate", "--no-update-check", "--turbo")
CLEAN_OR_FOUND = (0, 1, 200)


@dataclass(frozen=True)
class Spent:
    """What a process and its children took: CPU seconds, and the largest one's memory in MiB."""

    cpu: float
    memory: float


def main() -> int:
    """Print tables: numbers of staged files, the tree, histories, and detect-secrets."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15, help="runs of each command (default 15)")
    parser.add_argument("--tree", type=Path, default=Path(sysconfig.get_path("stdlib")))
    parser.add_argument("--history", type=Path, help="measure this repository's history as well")
    parser.add_argument("--environment", type=Path, help="use this one, with all installed")
    parser.add_argument("--part", choices=PARTS, help="measure only this")
    arguments = parser.parse_args()
    parts = (arguments.part,) if arguments.part else PARTS
    with installed(arguments.environment) as bin_, tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):
            os.environ.pop(name, None)
        # With a folder to scan the engine is compiled at once, which no commit waits for.
        run([f"{bin_}/changewarden", "scan", str(ROOT / "bench")], ROOT, "compile")
        few = max(3, arguments.rounds // 5)
        for files in (1, 10, 100) if "hook" in parts else ():
            with tempfile.TemporaryDirectory() as folder:
                names = stage(Path(folder), files)
                found = measure(Path(folder), hooks(bin_, names), arguments.rounds)
                report(f"{files} staged, {LINES} lines each", found)
        if "tree" in parts:
            size = scanned(bin_, arguments.tree)
            found = measure(arguments.tree, trees(bin_, arguments.tree), few)
            report(f"tree {arguments.tree.name}, {size / 1e6:.0f} MB of text", found, size)
        for repository in filter(None, (ROOT, arguments.history)) if "history" in parts else ():
            found = measure(repository, histories(bin_), few)
            report(f"history of {repository.name}, {history(bin_, repository)}", found, 0, READING)
    if "library" in parts:
        library(arguments.tree)
    return 0


def library(tree: Path) -> None:
    """detect-secrets' own scan of a part of the tree, and the same where its plug-ins can match."""
    from detect_secrets.settings import transient_settings  # noqa: PLC0415 - heavy

    from tests.hooks.secrets.test_library_scan import OURS, results  # noqa: PLC0415 - heavy

    files = sorted(tree.glob("*.py"))[:LIBRARY_FILES]
    size = sum(path.stat().st_size for path in files)
    with transient_settings(OURS):
        found, digest, fast = results(files, faster=True)
        same = (found, digest) == results(files, faster=False)[:2]
        slow = results(files, faster=False)[2]
    print(f"\ndetect-secrets' own scan, {size / 1e6:.1f} MB, its plug-ins that we use")
    print(f"  itself {slow:6.2f} s   where they can match {fast:6.2f} s   {slow / fast:.0f} times")
    print(f"  {found} secrets, results {'identical' if same else 'DIFFERENT'}")


@contextmanager
def installed(environment: Path | None) -> Iterator[Path]:
    """The folder of the programs."""
    if environment:
        yield environment.resolve() / "bin"
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip", "install", "--quiet"]
        # What an old pip writes around a command imports `re`: five milliseconds for nothing.
        subprocess.run([*pip, "--upgrade", "pip"], check=True)
        subprocess.run([*pip, str(ROOT)], check=True)
        subprocess.run([*pip, "kingfisher-bin"], check=False)  # compared with where it installs
        yield Path(folder, "bin")


def stage(folder: Path, files: int) -> list[str]:
    """A repository with so many staged files, no two alike."""
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], cwd=folder, check=True)
    lines = SOURCE.splitlines()
    names = [f"module_{number}.py" for number in range(files)]
    for number, name in enumerate(names):
        text = "\n".join(lines[number * 20 :][:LINES])
        (folder / name).write_text(f"{text}\n# {number}\n", encoding="utf-8")
    subprocess.run(["git", "add", *names], cwd=folder, check=True)
    return names


def scanned(bin_: Path, tree: Path) -> int:
    """Bytes of text in a tree: what we do not skip as binary or too large."""
    command = [f"{bin_}/changewarden", "scan", "--format", "json", str(tree)]
    done = subprocess.run(command, cwd=tree, capture_output=True, check=False)
    size: int = json.loads(done.stdout)["scanned"]["bytes"]
    return size


def hooks(bin_: Path, names: list[str]) -> dict[str, list[str]]:
    """The hook and its peers on what is staged, the floor first."""
    wanted = {
        FLOOR: [f"{bin_}/python", "-I", "-S", "-c", "pass"],
        "python -c pass": [f"{bin_}/python", "-c", "pass"],
        "changewarden scan --staged": [f"{bin_}/changewarden", "scan", "--staged"],
        "the same, files named": [f"{bin_}/changewarden", "scan", "--staged", *names],
        "detect-secrets-hook": [f"{bin_}/detect-secrets-hook", *names],
    }
    if (bin_ / "kingfisher").exists():
        wanted["kingfisher"] = [f"{bin_}/kingfisher", "scan", ".", "--staged", *KINGFISHER]
    return wanted


def trees(bin_: Path, tree: Path) -> dict[str, list[str]]:
    """Scans of a whole folder; detect-secrets would take minutes."""
    wanted = {
        FLOOR: [f"{bin_}/python", "-I", "-S", "-c", "pass"],
        "changewarden scan": [f"{bin_}/changewarden", "scan", str(tree)],
    }
    if (bin_ / "kingfisher").exists():
        wanted["kingfisher"] = [f"{bin_}/kingfisher", "scan", str(tree), *KINGFISHER]
    return wanted


def histories(bin_: Path) -> dict[str, list[str]]:
    """Scans of a whole history, git's own reading of it first."""
    reading = ("--batch-all-objects", "--unordered", "--buffer", "--batch")
    scan = [f"{bin_}/changewarden", "scan", "--history"]
    wanted = {
        READING: ["git", "cat-file", *reading],
        "changewarden, the first time": [*scan, "--no-cache"],
        "changewarden, again": scan,
    }
    if (bin_ / "kingfisher").exists():
        whole = ("--git-history", "full")
        wanted["kingfisher"] = [f"{bin_}/kingfisher", "scan", ".", *whole, *KINGFISHER]
    return wanted


def history(bin_: Path, repository: Path) -> str:
    """How much there is in a history."""
    command = [f"{bin_}/changewarden", "scan", "--history", "--format", "json"]
    done = subprocess.run(command, cwd=repository, capture_output=True, check=False)
    document = json.loads(done.stdout)
    told, size = document["history"], document["scanned"]["bytes"]
    return f"{told['commits']:,} commits, {told['blobs']:,} blobs, {size / 1e6:,.0f} MB of text"


def measure(folder: Path, wanted: Mapping[str, list[str]], rounds: int) -> dict[str, Spent]:
    """The medians of each command."""
    spent: dict[str, list[Spent]] = {name: [] for name in wanted}
    for round_ in range(rounds + 1):
        for name, command in wanted.items():
            once = run(command, folder, name)
            if round_:  # the first round only fills the caches
                spent[name].append(once)
    return {
        name: Spent(median(one.cpu for one in all_), max(one.memory for one in all_))
        for name, all_ in spent.items()
    }


def run(command: list[str], folder: Path, name: str) -> Spent:
    """What one run took."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in CLEAN_OR_FOUND and name != "kingfisher":
        sys.exit(f"{name} ended with {process.returncode}")
    return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def report(title: str, spent: Mapping[str, Spent], size: int = 0, least: str = FLOOR) -> None:
    """One line for each command, with its ratio to the one that does the least."""
    floor = spent[least].cpu
    print(f"\n{title}\n  {'':<30}{'CPU ms':>9}{'× floor':>9}{'+ ms':>9}{'MiB':>7}", flush=True)
    for name, one in spent.items():
        line = f"  {name:<30}{one.cpu * 1000:9.1f}{one.cpu / floor:9.1f}"
        line += f"{(one.cpu - floor) * 1000:9.1f}{one.memory:7.0f}"
        if size and name != FLOOR:
            line += f"   {size / 1e6 / one.cpu:6.0f} MB per CPU second"
        print(line)


if __name__ == "__main__":
    sys.exit(main())
