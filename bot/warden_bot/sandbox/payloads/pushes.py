"""The body of a push event."""

from dataclasses import dataclass

from warden_bot.sandbox.git import CommitInfo
from warden_bot.sandbox.payloads.common import Body, user
from warden_bot.sandbox.payloads.repositories import html_url, repository
from warden_bot.sandbox.state import Account, Repository
from warden_bot.sandbox.urls import Urls

NO_COMMIT = "0" * 40


@dataclass(frozen=True, slots=True)
class RefUpdate:
    """One ref that a push moved. `before` or `after` is NO_COMMIT for a new or deleted ref."""

    ref: str
    before: str
    after: str
    forced: bool
    commits: tuple[CommitInfo, ...]


def push(urls: Urls, repo: Repository, pusher: Account, update: RefUpdate) -> Body:
    """The event for one ref."""
    html = html_url(urls, repo)
    commits = [_commit(html, commit) for commit in update.commits]
    return {
        "ref": update.ref,
        "before": update.before,
        "after": update.after,
        "base_ref": None,
        "created": update.before == NO_COMMIT,
        "deleted": update.after == NO_COMMIT,
        "forced": update.forced,
        "compare": f"{html}/compare/{update.before[:12]}...{update.after[:12]}",
        "commits": commits,
        "head_commit": commits[-1] if commits else None,
        "pusher": {"name": pusher.login, "email": pusher.email},
        "repository": _repository(urls, repo),
        "sender": user(urls, pusher),
    }


def _repository(urls: Urls, repo: Repository) -> Body:
    """Push events alone write two of the repository's instants as numbers."""
    return repository(urls, repo) | {
        "created_at": int(repo.created_at.timestamp()),
        "pushed_at": int(repo.pushed_at.timestamp()),
        "master_branch": repo.default_branch,
    }


def _commit(html: str, commit: CommitInfo) -> Body:
    return {
        "id": commit.sha,
        "tree_id": commit.tree,
        "distinct": True,
        "message": commit.message,
        "timestamp": commit.authored_at,
        "url": f"{html}/commit/{commit.sha}",
        "author": {"name": commit.author.name, "email": commit.author.email},
        "committer": {"name": commit.committer.name, "email": commit.committer.email},
    }
