"""The `.json` twins: the same facts as the pages, for programs."""

import json
from typing import TypeAlias

from warden_bot.store.changes import ChangeRow
from warden_bot.web.pages.listing import Row
from warden_bot.web.pages.results import requirements
from warden_bot.web.pages.timeline import Moment
from warden_bot.web.pages.words import from_milliseconds
from warden_policies.canonical import to_json

Object: TypeAlias = dict[str, object]

LIST_SCHEMA = "changewarden.changes/v1"
CHANGE_SCHEMA = "changewarden.change-page/v1"


def changes_twin(rows: tuple[Row, ...], query: str, *, more: bool) -> Object:
    """The list: `more` says that there are older changes that were not listed."""
    return {
        "schema": LIST_SCHEMA,
        "query": query,
        "more": more,
        "changes": [_row(row) for row in rows],
    }


def _row(row: Row) -> Object:
    asked = requirements(row.decision)
    return _facts(row.change) | {
        "requirements": [
            {"name": result.name, "outcome": result.outcome, "reason": result.reason}
            for result in asked
        ],
        "next": [{"who": list(action.who), "what": action.what} for action in row.steps],
    }


def change_twin(change: ChangeRow, moments: tuple[Moment, ...], *, more: bool) -> Object:
    """One change: the decision as it was stored, and the log's entries, the newest first."""
    return {
        "schema": CHANGE_SCHEMA,
        **_facts(change),
        "decision": json.loads(change.decision),
        "entries": [_entry(moment) for moment in moments],
        "more": more,
    }


def _facts(change: ChangeRow) -> Object:
    return {
        "repository": change.full_name,
        "number": change.number,
        "title": change.title,
        "opener": change.opener or None,
        "state": change.state,
        "head_sha": change.head_sha,
        "verdict": change.verdict,
        "trouble": change.trouble,
        "updated_at": to_json(from_milliseconds(change.updated_at)),
    }


def _entry(moment: Moment) -> Object:
    recorded = moment.recorded
    return {
        "entry": json.loads(recorded.entry.to_bytes()),
        "leaf_hash": recorded.leaf_hash.hex(),
        "checkpoint": recorded.checkpoint,
        "intact": recorded.intact,
        "headline": moment.headline,
        "notes": [note.text for note in moment.notes],
    }
