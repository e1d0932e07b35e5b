"""The page of a pull request: what a person would look at, and nothing to press."""

from html import escape
from typing import Final

from warden_bot.sandbox.state import CheckRun, PullRequest, Repository, Review

_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
pre { white-space: pre-wrap; background: #f6f8fa; padding: .75rem; border-radius: 6px }
small, code { color: #59636e } h2 { border-bottom: 1px solid #d1d9e0; margin-top: 2rem }
"""
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


def pull_request_page(repository: Repository, pull: PullRequest) -> bytes:
    """The page as UTF-8. All text of people and Apps is shown as text."""
    title = escape(f"{pull.title} · #{pull.number}")
    runs = "".join(_check_run(run) for run in repository.latest_check_runs(pull.head_sha))
    reviews = "".join(_review(review) for review in pull.reviews)
    parts = (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>",
        f"<style>{_STYLE}</style><h1>{title}</h1>",
        f"<p>{escape(_state(pull))} · {escape(repository.full_name)} · "
        f"{escape(pull.author.login)} wants to merge <code>{escape(pull.head_ref)}</code> into "
        f"<code>{escape(pull.base_ref)}</code> · head <code>{pull.head_sha}</code></p>",
        f"<pre>{escape(pull.body) or 'No description provided.'}</pre>",
        f"<h2>Checks</h2>{runs or '<p>None reported.</p>'}",
        f"<h2>Reviews</h2>{reviews or '<p>None yet.</p>'}</html>",
    )
    return "".join(parts).encode()


def _state(pull: PullRequest) -> str:
    if pull.merged_by is not None:
        return f"Merged by {pull.merged_by.login}"
    if not pull.open:
        return "Closed"
    return "Draft" if pull.draft else "Open"


def _check_run(run: CheckRun) -> str:
    heading = f"{run.name} — {run.conclusion or run.status}"
    return (
        f"<h3>{escape(heading)} <small>{escape(run.suite.app.name)}</small></h3>"
        f"<p><strong>{escape(run.title or '')}</strong></p>"
        f"<pre>{escape(run.summary or '')}</pre><pre>{escape(run.text or '')}</pre>"
    )


def _review(review: Review) -> str:
    said = f"{review.author.login}: {review.state.value.lower().replace('_', ' ')}"
    return (
        f"<p>{escape(said)} <code>{review.commit_sha[:7]}</code></p>"
        f"<pre>{escape(review.body)}</pre>"
    )
