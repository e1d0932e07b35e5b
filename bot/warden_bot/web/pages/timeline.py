"""What happened to a change, told by its log: each entry with what it changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from warden_bot.ledger.entry import Entry, EntryKind
from warden_bot.ledger.tree import leaf_hash
from warden_bot.store.changes import HistoryRow
from warden_bot.web.pages.results import OPEN, faults, nodes, requirements
from warden_bot.web.pages.words import (
    MERGED,
    MERGED_ANYWAY,
    OUTCOME_SIGNS,
    VERDICT_SIGNS,
    Sign,
)
from warden_policies.canonical import digest
from warden_policies.decision_file import decode_decision
from warden_policies.outcome import Decision, Result, Verdict
from warden_policies.text import short

_MAX_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of the log with the decision it points to."""

    entry: Entry
    decision: Decision
    leaf_hash: bytes
    checkpoint: str
    intact: bool
    """Whether the stored bytes have the digests that were recorded for them."""

    @classmethod
    def read(cls, row: HistoryRow) -> Self:
        """What was stored, read back."""
        entry = Entry.from_bytes(row.entry)
        intact = digest(row.decision) == entry.decision_digest
        return cls(
            entry,
            decode_decision(row.decision),
            row.leaf_hash,
            row.checkpoint,
            intact and leaf_hash(row.entry) == row.leaf_hash,
        )


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that an entry changed."""

    kind: str
    """As in `Sign`, `dropped` for what is not counted any more, or `news` for the rest."""
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry as the timeline shows it."""

    recorded: Recorded
    sign: Sign
    headline: str
    notes: tuple[Note, ...]


def timeline(newest_first: Sequence[Recorded]) -> tuple[Moment, ...]:
    """Every entry with what it changed, the newest first."""
    with_before = pairwise([*newest_first, None])
    return tuple(_moment(recorded, before) for recorded, before in with_before if recorded)


def _moment(recorded: Recorded, before: Recorded | None) -> Moment:
    sign = VERDICT_SIGNS[recorded.decision.verdict]
    if recorded.entry.kind is EntryKind.MERGE:
        return _merge(recorded)
    return Moment(recorded, sign, _headline(recorded, before), tuple(_notes(recorded, before)))


def _merge(recorded: Recorded) -> Moment:
    landed = f"Merged as {short(recorded.entry.merge_sha or '')}"
    if recorded.decision.verdict is Verdict.ALLOW:
        return Moment(recorded, MERGED, landed, ())
    return Moment(recorded, MERGED_ANYWAY, f"{landed} although it was not allowed", ())


def _headline(recorded: Recorded, before: Recorded | None) -> str:
    word = VERDICT_SIGNS[recorded.decision.verdict].word
    if before is None:
        return f"First decision: {word.lower()}"
    earlier = VERDICT_SIGNS[before.decision.verdict].word
    return f"Still {word.lower()}" if word == earlier else f"{word}, was {earlier.lower()}"


def _notes(recorded: Recorded, before: Recorded | None) -> Iterator[Note]:
    if before:
        yield from _moved(recorded.entry, before.entry)
    old = before.decision if before else None
    yield from _faults(recorded.decision)
    yield from _requirements(recorded.decision, old)
    for subject, why in _newly_dropped(recorded.decision, old):
        yield Note("dropped", f"{subject} dropped: {why}")


def _moved(entry: Entry, before: Entry) -> Iterator[Note]:
    if entry.head_sha != before.head_sha:
        yield Note("news", f"New head commit {short(entry.head_sha)}")
    if entry.policy_digest != before.policy_digest:
        yield Note("news", "The policy file changed")


def _faults(decision: Decision) -> Iterator[Note]:
    for fault in faults(decision)[:_MAX_FAULTS]:
        yield Note("error", f"{fault.name}: {fault.reason}")


def _requirements(decision: Decision, before: Decision | None) -> Iterator[Note]:
    """The requirements that came, went or have another answer.

    At first, and after a policy that could not be read, there is nothing to compare with: then
    those that are not met.
    """
    now = {result.name: result for result in requirements(decision)}
    then = {result.name: result for result in requirements(before)} if before else {}
    for result in now.values():
        if _is_news(result, then):
            yield _answer(result)
    if now:
        for name in (name for name in then if name not in now):
            yield Note("news", f"{name}: no longer asked for")


def _is_news(result: Result, then: dict[str, Result]) -> bool:
    if not then:
        return result.outcome in OPEN
    old = then.get(result.name)
    return old is None or (old.outcome, old.reason) != (result.outcome, result.reason)


def _answer(result: Result) -> Note:
    sign = OUTCOME_SIGNS[result.outcome]
    return Note(sign.kind, f"{result.name} {sign.word.lower()}: {result.reason}")


def _newly_dropped(decision: Decision, before: Decision | None) -> Iterator[tuple[str, str]]:
    """What is dropped now and was not before: `bob's approval of 1c22e90`, and why."""
    known = set(_dropped(before)) if before else set()
    for text in dict.fromkeys(_dropped(decision)):
        if text not in known:
            subject, _, why = text.rpartition(": ")
            yield (subject, why) if subject else (why, "it does not count")


def _dropped(decision: Decision) -> Iterator[str]:
    for node in nodes(decision.result):
        yield from node.dropped
