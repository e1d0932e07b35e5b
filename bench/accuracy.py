"""How right is the scanner on examples that authors of other scanners publish for their rules?

Give it a folder with `NAME.jsonl.gz` files of `{"rule", "kind": "positive" | "negative", "text"}`.
Each example is scanned as a file of its own, at the hook's default settings. The examples are not
part of this repository.

Many of a published example's kinds are not what they seem. A negative is one for its author's rule
only: another rule may be right to fire on it. And among the positives are texts that the author
lists because a rule once fired wrongly. So there are two lines of figures: as published, and after
review, where every text counts once and for what it is. `reviewed-examples.toml` says what that is;
an example it does not name is what its author says. Some count neither way.
"""

import argparse
import gzip
import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from warden_hooks.scan import FINGERPRINT_KEY, scan_source
from warden_hooks.secrets.engine import SecretEngine
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.source import SourceFile

_COUNTS = {"secret": True, "other": False, "neither": None}
REVIEWED = Path(__file__).with_name("reviewed-examples.toml")


@dataclass(frozen=True, slots=True)
class Example:
    """One published example; `rule` is its author's name for what it shows."""

    rule: str
    positive: bool
    text: str = field(repr=False)

    @property
    def id(self) -> str:
        """Names the example without showing it."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewed example is: a secret, something else, or (none) a matter of taste."""

    reason: str
    secret: bool | None


@dataclass(frozen=True, slots=True)
class Seen:
    """An example, and the rules that found something in it."""

    example: Example
    rules: frozenset[str]


Reviewed = Mapping[str, Verdict]


def main() -> int:
    """Print recall and false alarms for each file of examples."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="name what was missed and what fired")
    arguments = parser.parse_args()
    reviewed = verdicts(REVIEWED)
    with secret_engine(patient=True) as engine:
        for path in sorted(arguments.folder.glob("*.jsonl.gz")):
            seen = [Seen(example, fired(example, engine)) for example in examples(path)]
            report(path.name.partition(".")[0], seen, reviewed)
            if arguments.show:
                show(seen, reviewed)
    return 0


def verdicts(path: Path) -> Reviewed:
    """What the reviewed examples are, by their ids."""
    reasons = tomllib.loads(path.read_text("utf-8"))
    return {
        example: Verdict(reason, _COUNTS[table["counts"]])
        for reason, table in reasons.items()
        for example in table["examples"]
    }


def examples(path: Path) -> Iterator[Example]:
    """The examples in a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            yield Example(item["rule"], item["kind"] == "positive", item["text"])


def fired(example: Example, engine: SecretEngine) -> frozenset[str]:
    """The rules that found something in the example."""
    source = SourceFile("a.txt", example.text, len(example.text))
    result = scan_source(source, engine, FINGERPRINT_KEY)
    return frozenset(finding.rule for finding in result.findings)


def report(name: str, every: list[Seen], reviewed: Reviewed) -> None:
    """One file's figures: recall also for each of the author's rules, so that none hides others."""
    rules = {seen.example.rule for seen in every if seen.example.positive}
    covered = {seen.example.rule for seen in every if seen.example.positive and seen.rules}
    print(
        f"{name:<12} as published   positives found {share(every, secret=True)}"
        f"   negatives hit {share(every, secret=False)}"
        f"   rules with a hit {len(covered)} of {len(rules)}"
    )
    texts = list({seen.example.id: seen for seen in judged(every, reviewed)}.values())
    print(
        f"{'':<12} after review   secrets found   {share(texts, secret=True)}"
        f"   others hit    {share(texts, secret=False)}"
    )
    ids = {seen.example.id for seen in every}
    counts = Counter(reviewed[id_].reason for id_ in ids if id_ in reviewed)
    print(f"{'':<12} reviewed texts", ", ".join(f"{n} {why}" for why, n in counts.most_common()))


def judged(every: list[Seen], reviewed: Reviewed) -> Iterator[Seen]:
    """The same, each example as what it is; what its author lists as both is a negative."""
    for seen in sorted(every, key=lambda seen: not seen.example.positive):
        verdict = reviewed.get(seen.example.id)
        secret = verdict.secret if verdict else seen.example.positive
        if secret is not None:
            yield Seen(Example(seen.example.rule, secret, seen.example.text), seen.rules)


def share(every: list[Seen], *, secret: bool) -> str:
    """How many of the positives, or of the negatives, were hit: `412 of 538 =  76.6%`."""
    some = [seen for seen in every if seen.example.positive == secret]
    hits = sum(bool(seen.rules) for seen in some)
    return f"{hits:>3} of {len(some):>3} = {hits / len(some):6.1%}" if some else "none"


def show(every: list[Seen], reviewed: Reviewed) -> None:
    """What was wrong after review, by the author's rule and the example's id."""
    texts = {seen.example.id: seen for seen in judged(every, reviewed)}
    missed = sorted(
        f"{seen.example.rule} {id_}"
        for id_, seen in texts.items()
        if seen.example.positive and not seen.rules
    )
    wrong = sorted(
        f"{seen.example.rule} {id_} ({', '.join(sorted(seen.rules))})"
        for id_, seen in texts.items()
        if seen.rules and not seen.example.positive
    )
    print("  missed:", "; ".join(missed))
    print("  false alarms:", "; ".join(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
