"""The list of allowances, for people and for programs."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from warden_hooks.allowances.entry import GRACE_DAYS
from warden_hooks.allowances.file import PATH
from warden_hooks.allowances.live import ago, ahead
from warden_hooks.allowances.review import Review, State
from warden_hooks.report.terminal import printable

SCHEMA = "changewarden.allowances/v1"
_ASK_FOR_TRIAGE = (State.LAPSED, State.EXPIRED, State.STALE, State.UNKNOWN)


def as_text(reviews: Sequence[Review], total: int, today: date) -> str:
    """The entries in `reviews`, of `total` in the file."""
    count = "1 allowance" if total == 1 else f"{total} allowances"
    shown = "" if len(reviews) == total else f"{len(reviews)} of "
    blocks = [f"{shown}{count} in {PATH}"]
    blocks += ["\n".join(_lines(review, today)) for review in reviews]
    states = Counter(review.state for review in reviews)
    found = [f"{states[state]} {state}" for state in _ASK_FOR_TRIAGE if states[state]]
    if found:
        blocks.append(f"{', '.join(found)}: changewarden triage")
    return "\n\n".join(blocks)


def as_json(reviews: Sequence[Review], today: date) -> str:
    """The entries as one JSON object, in ASCII."""
    items = [_item(review, today) for review in reviews]
    return json.dumps({"schema": SCHEMA, "allowances": items}, indent=2)


def since(review: Review, today: date) -> str:
    """Since when something is allowed, and by whom."""
    if review.added is None:
        return f"allowed by {review.entry.owner}, not committed yet"
    return f"allowed {ago((today - review.added).days)} by {review.entry.owner}"


def until(review: Review, today: date) -> str:
    """Until when, or what has become of it."""
    entry = review.entry
    left = entry.days_left(today)
    if left >= 0:
        return f"expires {entry.expires} ({ahead(left)})"
    blocks = entry.expires + timedelta(days=GRACE_DAYS + 1)
    effect = f"blocks from {blocks} on" if today < blocks else f"blocks since {blocks}"
    return f"expired {entry.expires} ({ago(-left)}), {effect}"


def _lines(review: Review, today: date) -> Iterator[str]:
    entry = review.entry
    yield printable(f"{entry.id}  {entry.path}")
    yield printable(f"  {since(review, today)}, {until(review, today)}")
    yield printable(f"  {entry.reason}")
    if entry.history:
        yield "  in commits alone, whatever the file holds now"
    if review.state is State.STALE:
        yield "  stale: this secret is not in this file any more"
    if review.state is State.UNKNOWN:
        yield "  the file could not be looked at"


def _item(review: Review, today: date) -> dict[str, str | int | None]:
    entry = review.entry
    return {
        "id": entry.id,
        "fingerprint": entry.fingerprint,
        "rule": entry.rule,
        "path": entry.path,
        "reason": entry.reason,
        "owner": entry.owner,
        "added": review.added.isoformat() if review.added else None,
        "expires": entry.expires.isoformat(),
        "days_left": entry.days_left(today),
        "state": review.state.value,
        "history": entry.history,
    }
