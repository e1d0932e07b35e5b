"""Merging two versions of the allowances: three-way, on the set of fingerprints. Pure.

The same result whichever side is called ours. Where both sides changed one entry, the stricter
version wins and is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from warden_hooks.allowances.entry import Entry, stricter
from warden_hooks.allowances.file import Allowances, allowances


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged file, and what a person has to know about it."""

    file: Allowances
    notes: tuple[str, ...] = ()
    """Where the sides disagreed and the stricter one won."""
    lost: tuple[Entry, ...] = ()
    """Entries made with another key: they name nothing under this one. A conflict."""


def merge(base: Allowances | None, ours: Allowances, theirs: Allowances) -> Merged:
    """Merge two descendants of `base`; None when they have no common file."""
    key = _key(base, ours, theirs)
    kept = [side for side in (ours, theirs) if side.key == key]
    before = base.entries if base and base.key == key else {}
    if len(kept) == 1:
        known = base.entries if base else {}
        (other,) = [side for side in (ours, theirs) if side.key != key]
        lost = [entry for name, entry in other.entries.items() if known.get(name) != entry]
        return Merged(kept[0], lost=tuple(sorted(lost, key=lambda entry: entry.fingerprint)))
    entries: list[Entry] = []
    notes: list[str] = []
    for name in sorted({*ours.entries, *theirs.entries}):
        entry, note = _merged(before.get(name), ours.entries.get(name), theirs.entries.get(name))
        entries += [entry] if entry else []
        notes += [note] if note else []
    return Merged(allowances(key, entries), tuple(notes))


def _key(base: Allowances | None, ours: Allowances, theirs: Allowances) -> bytes:
    """The key that one side alone changed; else the smaller, which is the same for both sides."""
    keys = {ours.key, theirs.key}
    if base and len(keys) > 1:
        keys.discard(base.key)
    return min(keys)


def _merged(
    base: Entry | None, ours: Entry | None, theirs: Entry | None
) -> tuple[Entry | None, str]:
    if theirs in (ours, base):
        return ours, ""
    if ours == base:
        return theirs, ""
    if ours is None or theirs is None:
        # One side changed what the other removed.
        changed = ours or theirs
        return None, f"{changed.id if changed else ''}: removed on one side, so removed"
    winner = stricter(ours, theirs)
    return winner, f"{winner.id}: changed on both sides; {'; '.join(_words(ours, theirs, winner))}"


def _words(ours: Entry, theirs: Entry, winner: Entry) -> Iterator[str]:
    other = theirs if winner is ours else ours
    yield f"kept the one that expires {winner.expires} (owner {winner.owner})"
    yield f"dropped the one that expires {other.expires} (owner {other.owner})"
