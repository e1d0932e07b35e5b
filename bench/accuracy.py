"""How right is the scanner on examples that authors of other scanners publish for their rules?

Give it a folder with `NAME.jsonl.gz` files of `{"rule", "kind": "positive" | "negative", "text"}`.
Each example is scanned as a file of its own, at the hook's default settings. A negative is one for
its author's rule only: another rule may be right to fire on it, so `--show` names what fired.
The examples are not part of this repository.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warden_hooks.scan import FINGERPRINT_KEY, scan_source
from warden_hooks.secrets.engine import SecretEngine
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.source import SourceFile


@dataclass(frozen=True, slots=True)
class Example:
    """One published example; `rule` is its author's name for what it shows."""

    rule: str
    positive: bool
    text: str


def main() -> int:
    """Print recall and false alarms for each file of examples."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="name what was missed and what fired")
    arguments = parser.parse_args()
    with secret_engine(patient=True) as engine:
        for path in sorted(arguments.folder.glob("*.jsonl.gz")):
            report(path.name.partition(".")[0], list(examples(path)), engine, arguments.show)
    return 0


def examples(path: Path) -> Iterator[Example]:
    """The examples in a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            yield Example(item["rule"], item["kind"] == "positive", item["text"])


def fired(example: Example, engine: SecretEngine) -> list[str]:
    """The rules that found something in the example."""
    source = SourceFile("a.txt", example.text, len(example.text))
    result = scan_source(source, engine, FINGERPRINT_KEY)
    return [finding.rule for finding in result.findings]


def report(name: str, every: list[Example], engine: SecretEngine, show: bool) -> None:  # noqa: FBT001
    """One file's figures: recall also for each of the author's rules, so that none hides others."""
    found: dict[bool, int] = Counter()
    total: dict[bool, int] = Counter()
    by_rule: dict[str, list[bool]] = defaultdict(list)
    noise: Counter[str] = Counter()
    for example in every:
        rules = fired(example, engine)
        total[example.positive] += 1
        found[example.positive] += bool(rules)
        if example.positive:
            by_rule[example.rule].append(bool(rules))
        else:
            noise.update(set(rules))
    covered = sum(any(hits) for hits in by_rule.values())
    print(
        f"{name:<14} positives {share(found[True], total[True])}"
        f"   rules with a hit {share(covered, len(by_rule))}"
        f"   negatives hit {share(found[False], total[False])}"
    )
    if show:
        print(
            "  never found:", ", ".join(sorted(r for r, hits in by_rule.items() if not any(hits)))
        )
        print("  fired on negatives:", ", ".join(f"{r} {n}" for r, n in noise.most_common()))


def share(part: int, whole: int) -> str:
    """`412 of 538 = 76.6 %`."""
    return f"{part} of {whole} = {part / whole:6.1%}" if whole else "none"


if __name__ == "__main__":
    raise SystemExit(main())
