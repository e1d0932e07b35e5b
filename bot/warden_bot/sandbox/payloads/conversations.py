"""Comments and labels, and the pull request as the issue that carries them."""

from warden_bot.sandbox.payloads.common import Body, instant, optional_instant, user
from warden_bot.sandbox.payloads.pulls import association, html_url_of, label_body
from warden_bot.sandbox.payloads.repositories import api_url, html_url
from warden_bot.sandbox.state import Comment, PullRequest, Repository
from warden_bot.sandbox.urls import Urls

_THUMBS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket")


def issue(urls: Urls, repo: Repository, pull: PullRequest) -> Body:
    """A pull request as events about its conversation name it."""
    own, html = f"{api_url(urls, repo)}/issues/{pull.number}", html_url_of(urls, repo, pull)
    return {
        "id": pull.id,
        "node_id": f"PR_{pull.id}",
        "number": pull.number,
        "url": own,
        "html_url": html,
        "repository_url": api_url(urls, repo),
        "labels_url": f"{own}/labels{{/name}}",
        "comments_url": f"{own}/comments",
        "events_url": f"{own}/events",
        "title": pull.title,
        "user": user(urls, pull.author),
        "labels": [label_body(urls, repo, label) for label in pull.labels],
        "state": "open" if pull.open else "closed",
        "locked": False,
        "active_lock_reason": None,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": len(pull.comments),
        "created_at": instant(pull.created_at),
        "updated_at": instant(pull.updated_at),
        "closed_at": optional_instant(pull.closed_at),
        "author_association": association(repo, pull.author),
        "body": pull.body or None,
        "performed_via_github_app": None,
        "reactions": _reactions(own),
        "pull_request": {
            "url": f"{api_url(urls, repo)}/pulls/{pull.number}",
            "html_url": html,
            "diff_url": f"{html}.diff",
            "patch_url": f"{html}.patch",
            "merged_at": optional_instant(pull.merged_at),
        },
    }


def comment(urls: Urls, repo: Repository, pull: PullRequest, it: Comment) -> Body:
    """A comment in the conversation."""
    own = f"{api_url(urls, repo)}/issues/comments/{it.id}"
    return {
        "id": it.id,
        "node_id": f"IC_{it.id}",
        "url": own,
        "html_url": f"{html_url(urls, repo)}/pull/{pull.number}#issuecomment-{it.id}",
        "issue_url": f"{api_url(urls, repo)}/issues/{pull.number}",
        "user": user(urls, it.author),
        "created_at": instant(it.created_at),
        "updated_at": instant(it.last_edited_at or it.created_at),
        "author_association": association(repo, it.author),
        "body": it.body,
        "performed_via_github_app": None,
        "reactions": _reactions(own),
    }


def _reactions(address: str) -> Body:
    counts: Body = dict.fromkeys(_THUMBS, 0)
    return {"url": f"{address}/reactions", "total_count": 0, **counts}
