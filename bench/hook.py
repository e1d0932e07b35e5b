"""How long does a commit wait? The whole process of the hook, as git starts it.

Each round runs every command once, so that a busy machine slows all of them alike; what counts are
the ratios of the medians, not the milliseconds. The files are ordinary Python without a secret.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

BIN = Path(sys.executable).parent
SOURCE = Path(argparse.__file__).read_text(encoding="utf-8")
LINES = 300


def main() -> int:
    """Print one table for each number of staged files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=11, help="runs of each command (default 11)")
    rounds = parser.parse_args().rounds
    for files in (1, 10):
        with tempfile.TemporaryDirectory() as folder:
            names = stage(Path(folder), files)
            report(files, measure(Path(folder), commands(names), rounds))
    return 0


def stage(folder: Path, files: int) -> list[str]:
    """A repository with so many staged files of three hundred lines, no two alike."""
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    lines = SOURCE.splitlines()
    names = [f"module_{number}.py" for number in range(files)]
    for number, name in enumerate(names):
        text = "\n".join(lines[number * 100 :][:LINES])
        (folder / name).write_text(text + "\n", encoding="utf-8")
    subprocess.run(["git", "add", *names], cwd=folder, check=True)
    return names


def commands(names: list[str]) -> dict[str, list[str]]:
    """What is compared, the floor first."""
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "changewarden scan --staged": [str(BIN / "changewarden"), "scan", "--staged"],
        "detect-secrets-hook": [str(BIN / "detect-secrets-hook"), *names],
    }


def measure(folder: Path, wanted: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """The median wall time of each command, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in wanted}
    for round_ in range(rounds + 1):
        for name, command in wanted.items():
            start = time.perf_counter()
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"{name} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
            if round_:  # the first round only warms the caches
                times[name].append(time.perf_counter() - start)
    return {name: median(values) for name, values in times.items()}


def report(files: int, medians: dict[str, float]) -> None:
    """One line for each command: the median and how many bare interpreters that is."""
    floor = next(iter(medians.values()))
    print(f"\n{files} staged file{'s' * (files > 1)} of {LINES} lines")
    for name, seconds in medians.items():
        print(f"  {name:<28}{seconds * 1000:8.0f} ms {seconds / floor:7.1f} × the interpreter")


if __name__ == "__main__":
    sys.exit(main())
