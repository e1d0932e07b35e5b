"""A repository, as replies and webhooks describe it."""

from typing import Any, Final

from warden_bot.sandbox.payloads.common import Body, instant, user
from warden_bot.sandbox.state import Repository
from warden_bot.sandbox.urls import Urls

_ADDRESSES: Final = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}
_CONSTANT: Final[dict[str, Any]] = {
    "description": None,
    "homepage": None,
    "mirror_url": None,
    "language": None,
    "license": None,
    "size": 1,
    "forks": 0,
    "forks_count": 0,
    "stargazers_count": 0,
    "watchers": 0,
    "watchers_count": 0,
    "has_issues": True,
    "has_projects": True,
    "has_downloads": True,
    "has_wiki": True,
    "has_pages": False,
    "has_discussions": False,
    "archived": False,
    "disabled": False,
    "allow_forking": True,
    "is_template": False,
    "web_commit_signoff_required": False,
    "topics": [],
}


def api_url(urls: Urls, repository: Repository) -> str:
    """Where REST knows the repository."""
    return f"{urls.api}/repos/{repository.full_name}"


def html_url(urls: Urls, repository: Repository) -> str:
    """Where a browser knows the repository."""
    return f"{urls.web}/{repository.full_name}"


def repository(urls: Urls, it: Repository) -> Body:
    """The repository as it appears inside other bodies."""
    api, html = api_url(urls, it), html_url(urls, it)
    open_pulls = sum(pull.open for pull in it.pulls.values())
    return {
        **_CONSTANT,
        **{name: api + suffix for name, suffix in _ADDRESSES.items()},
        "id": it.id,
        "node_id": f"R_{it.id}",
        "name": it.name,
        "full_name": it.full_name,
        "owner": user(urls, it.owner),
        "private": it.private,
        "fork": it.parent is not None,
        "visibility": "private" if it.private else "public",
        "default_branch": it.default_branch,
        "url": api,
        "html_url": html,
        "clone_url": f"{html}.git",
        "svn_url": html,
        "git_url": f"git:{html.partition(':')[2]}.git",
        "ssh_url": f"git@127.0.0.1:{it.full_name}.git",
        "open_issues": open_pulls,
        "open_issues_count": open_pulls,
        "created_at": instant(it.created_at),
        "updated_at": instant(it.pushed_at),
        "pushed_at": instant(it.pushed_at),
    }


def full_repository(urls: Urls, it: Repository) -> Body:
    """The repository as its own page of the API shows it."""
    return repository(urls, it) | {"network_count": 0, "subscribers_count": 0}


def minimal_repository(urls: Urls, it: Repository) -> Body:
    """The repository as a check run's pull requests name it."""
    return {"id": it.id, "url": api_url(urls, it), "name": it.name}
