"""Comparing two commits."""

from typing import Final

from warden_bot.sandbox.payloads.commits import commit_body, file_body
from warden_bot.sandbox.payloads.repositories import api_url, html_url
from warden_bot.sandbox.refusal import not_found
from warden_bot.sandbox.rest.paging import page
from warden_bot.sandbox.rest.routing import Answer, Call, Route

_MOST_FILES: Final = 300
"""A comparison shows no more, on its first page alone, and does not say that there are more."""


def compare(call: Call) -> Answer:
    """`base...head`: the commits in pages, the files since the two parted.

    Raises:
        Refusal: 404, a commit is unknown, or the two have no common history.
    """
    repository, world, basehead = call.repository(), call.world, call.arguments["basehead"]
    names = basehead.split("...")
    found = [repository.git.commit_named(name) for name in names]
    base, head = found if len(found) == 2 else (None, None)
    before = repository.git.merge_base(base, head) if base and head else None
    if base is None or head is None or before is None:
        raise not_found()
    ahead = repository.git.commits_between(base, head)
    behind = repository.git.commits_between(head, base)
    shown, links = page(call, ahead)
    files = repository.git.changes(base, head) if call.query_number("page", 1) == 1 else []
    html, api = html_url(world.urls, repository), api_url(world.urls, repository)
    body = {
        "url": f"{api}/compare/{basehead}",
        "html_url": f"{html}/compare/{basehead}",
        "permalink_url": f"{html}/compare/{basehead}",
        "diff_url": f"{html}/compare/{basehead}.diff",
        "patch_url": f"{html}/compare/{basehead}.patch",
        "base_commit": commit_body(world, repository, base),
        "merge_base_commit": commit_body(world, repository, before),
        "status": _status(ahead=bool(ahead), behind=bool(behind)),
        "ahead_by": len(ahead),
        "behind_by": len(behind),
        "total_commits": len(ahead),
        "commits": [commit_body(world, repository, commit.sha) for commit in shown],
        "files": [file_body(world, repository, diff, before, head) for diff in files[:_MOST_FILES]],
    }
    return Answer(body, links=links)


def _status(*, ahead: bool, behind: bool) -> str:
    if ahead:
        return "diverged" if behind else "ahead"
    return "behind" if behind else "identical"


ROUTES = (Route("GET", "/repos/{owner}/{repo}/compare/{basehead}", compare, "contents"),)
