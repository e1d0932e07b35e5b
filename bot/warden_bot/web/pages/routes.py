"""The routes: read one snapshot of the store, have it worded, lay it out."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from warden_bot.ledger.entry import Entry
from warden_bot.store import changes, log
from warden_bot.store.changes import ChangeRow
from warden_bot.store.store import Store
from warden_bot.web.pages import words
from warden_bot.web.pages.banner import banner
from warden_bot.web.pages.listing import listing
from warden_bot.web.pages.problems import answer_problem
from warden_bot.web.pages.results import faults, idle, lines, requirements
from warden_bot.web.pages.timeline import Moment, Recorded, timeline
from warden_bot.web.pages.twins import change_twin, changes_twin
from warden_policies.codec import decode_change
from warden_policies.decision_file import decode_decision
from warden_policies.model import Change
from warden_policies.text import listed, plain

MAX_ROWS = 100
MAX_ENTRIES = 100
_MAX_QUERY = 200
_ONE = "/changes/<owner>/<repo>/<int(max=2147483647):number>"


def pages(store: Store) -> Blueprint:
    """The routes that people look at."""
    routes = Blueprint("pages", __name__)
    routes.record_once(_prepare_templates)
    routes.app_errorhandler(HTTPException)(answer_problem)

    @routes.get("/")
    def home() -> ResponseReturnValue:
        return redirect(url_for("pages.show_changes"))

    @routes.get("/changes")
    def show_changes() -> ResponseReturnValue:
        found = _find_changes(store)
        return render_template(
            "changes.html",
            query=found.query,
            more=found.more,
            listing=listing(found.rows),
            now=_now(store),
        )

    @routes.get("/changes.json")
    def show_changes_json() -> ResponseReturnValue:
        found = _find_changes(store)
        return changes_twin(listing(found.rows).rows, found.query, more=found.more), 200

    @routes.get(_ONE)
    def show_change(owner: str, repo: str, number: int) -> ResponseReturnValue:
        dossier = _read_dossier(store, f"{owner}/{repo}", number)
        if dossier is None:
            return render_template("no_change.html", name=f"{owner}/{repo}", number=number), 404
        return _render(dossier, _now(store))

    @routes.get(f"{_ONE}.json")
    def show_change_json(owner: str, repo: str, number: int) -> ResponseReturnValue:
        dossier = _read_dossier(store, f"{owner}/{repo}", number)
        if dossier is None:
            return {"message": f"no decision about {owner}/{repo}#{number} was recorded"}, 404
        return change_twin(dossier.row, dossier.moments, more=dossier.more), 200

    return routes


def _prepare_templates(state: BlueprintSetupState) -> None:
    """Nothing invisible reaches a page, nothing misspelt passes, and words have one source."""
    environment = state.app.jinja_env
    environment.finalize = words.visible
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["absolute"] = words.absolute
    environment.filters["relative"] = words.relative
    environment.filters["who"] = words.who


def _now(store: Store) -> datetime:
    return words.from_milliseconds(store.now())


@dataclass(frozen=True, slots=True)
class _Found:
    query: str
    rows: tuple[ChangeRow, ...]
    more: bool


def _find_changes(store: Store) -> _Found:
    query = plain(request.args.get("q", ""), _MAX_QUERY)
    with store.reading() as connection:
        rows = changes.latest(connection, MAX_ROWS + 1, query)
    return _Found(query, rows[:MAX_ROWS], more=len(rows) > MAX_ROWS)


@dataclass(frozen=True, slots=True)
class _Dossier:
    """Everything that is stored about one change."""

    row: ChangeRow
    moments: tuple[Moment, ...]
    more: bool
    change: Change | None
    """The change as it was decided on; None when it was erased."""


def _read_dossier(store: Store, full_name: str, number: int) -> _Dossier | None:
    with store.reading() as connection:
        row = changes.find(connection, full_name, number)
        if row is None:
            return None
        history = changes.history(connection, full_name, number, MAX_ENTRIES + 1)
        newest = Entry.from_bytes(history[0].entry)
        evidence = log.evidence_of(connection, newest.change_digest)
    moments = timeline([Recorded.read(entry) for entry in history])
    change = decode_change(evidence) if evidence else None
    return _Dossier(row, moments[:MAX_ENTRIES], len(moments) > MAX_ENTRIES, change)


def _render(dossier: _Dossier, now: datetime) -> str:
    row, moments, change = dossier.row, dossier.moments, dossier.change
    decision = decode_decision(row.decision)
    merges = (moment.recorded.entry.merge_sha for moment in moments)
    verdict = banner(row, decision, next(filter(None, merges), None))
    return render_template(
        "change.html",
        row=row,
        change=change,
        github_url=words.web_address(change.url) if change else None,
        banner=verdict,
        templates=[step.template for step in verdict.steps if step.template],
        faults=faults(decision),
        lines=[line for result in requirements(decision) for line in lines(result)],
        idle=listed(idle(decision)),
        moments=moments,
        more=dossier.more,
        altered=[moment for moment in moments if not moment.recorded.intact],
        now=now,
    )
