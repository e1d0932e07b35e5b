"""Pull requests and reviews."""

from dataclasses import dataclass

from warden_bot.sandbox.payloads.common import (
    Body,
    instant,
    optional_instant,
    optional_user,
    user,
)
from warden_bot.sandbox.payloads.repositories import (
    api_url,
    html_url,
    minimal_repository,
    repository,
)
from warden_bot.sandbox.state import (
    Account,
    Label,
    PullRequest,
    Repository,
    Review,
    ReviewState,
    Role,
)
from warden_bot.sandbox.urls import Urls


@dataclass(frozen=True, slots=True)
class Mergeability:
    """GitHub's opinion on merging. It is worked out late: webhooks mostly carry UNKNOWN."""

    mergeable: bool | None
    state: str


UNKNOWN = Mergeability(None, "unknown")


def html_url_of(urls: Urls, repo: Repository, pull: PullRequest) -> str:
    """Where a browser knows the pull request."""
    return f"{html_url(urls, repo)}/pull/{pull.number}"


def simple_pull_request(urls: Urls, repo: Repository, pull: PullRequest) -> Body:
    """The pull request as review events carry it."""
    return {
        **_addresses(urls, repo, pull),
        "id": pull.id,
        "node_id": f"PR_{pull.id}",
        "number": pull.number,
        "state": "open" if pull.open else "closed",
        "locked": False,
        "active_lock_reason": None,
        "title": pull.title,
        "user": user(urls, pull.author),
        "body": pull.body or None,
        "labels": [label_body(urls, repo, label) for label in pull.labels],
        "milestone": None,
        "draft": pull.draft,
        "created_at": instant(pull.created_at),
        "updated_at": instant(pull.updated_at),
        "closed_at": optional_instant(pull.closed_at),
        "merged_at": optional_instant(pull.merged_at),
        "merge_commit_sha": pull.merge_commit_sha,
        "assignee": None,
        "assignees": [],
        "requested_reviewers": [],
        "requested_teams": [],
        "head": _side(urls, pull.head_repository, pull.head_ref, pull.head_sha),
        "base": _side(urls, repo, pull.base_ref, pull.base_sha),
        "author_association": association(repo, pull.author),
        "auto_merge": None,
    }


def pull_request(
    urls: Urls, repo: Repository, pull: PullRequest, merging: Mergeability = UNKNOWN
) -> Body:
    """The pull request as its own page of the API and its own events show it."""
    size = repo.git.diff_size(pull.base_sha, pull.head_sha)
    return simple_pull_request(urls, repo, pull) | {
        "merged": pull.merged_at is not None,
        "mergeable": merging.mergeable,
        "rebaseable": merging.mergeable,
        "mergeable_state": merging.state,
        "merged_by": optional_user(urls, pull.merged_by),
        "comments": len(pull.comments),
        "review_comments": 0,
        "maintainer_can_modify": False,
        "commits": len(repo.git.commits_between(pull.base_sha, pull.head_sha)),
        "additions": size.additions,
        "deletions": size.deletions,
        "changed_files": size.files,
    }


def minimal_pull_request(urls: Urls, repo: Repository, pull: PullRequest) -> Body:
    """The pull request as a check run names it."""
    home = minimal_repository(urls, repo)
    source = minimal_repository(urls, pull.head_repository) if pull.head_repository else home
    return {
        "id": pull.id,
        "number": pull.number,
        "url": f"{api_url(urls, repo)}/pulls/{pull.number}",
        "head": {"ref": pull.head_ref, "sha": pull.head_sha, "repo": source},
        "base": {"ref": pull.base_ref, "sha": pull.base_sha, "repo": home},
    }


def association(repo: Repository, account: Account) -> str:
    """What the author of a text is to the repository."""
    return "MEMBER" if repo.role_of(account) >= Role.WRITE else "NONE"


def _side(urls: Urls, repo: Repository | None, ref: str, sha: str) -> Body:
    return {
        "label": f"{repo.owner.login}:{ref}" if repo else f"unknown repository:{ref}",
        "ref": ref,
        "sha": sha,
        "user": optional_user(urls, repo.owner if repo else None),
        "repo": repository(urls, repo) if repo else None,
    }


def label_body(urls: Urls, repo: Repository, it: Label) -> Body:
    """A label."""
    return {
        "id": it.id,
        "node_id": f"LA_{it.id}",
        "url": f"{api_url(urls, repo)}/labels/{it.id}",
        "name": it.name,
        "color": "ededed",
        "default": False,
        "description": None,
    }


def _addresses(urls: Urls, repo: Repository, pull: PullRequest) -> Body:
    api, html = api_url(urls, repo), html_url_of(urls, repo, pull)
    own, issue = f"{api}/pulls/{pull.number}", f"{api}/issues/{pull.number}"
    addresses = {
        "html": html,
        "issue": issue,
        "comments": f"{issue}/comments",
        "review_comments": f"{own}/comments",
        "review_comment": f"{api}/pulls/comments{{/number}}",
        "commits": f"{own}/commits",
        "statuses": f"{api}/statuses/{pull.head_sha}",
    }
    return {
        **{f"{name}_url": address for name, address in addresses.items()},
        "url": own,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "_links": {
            name: {"href": address} for name, address in (addresses | {"self": own}).items()
        },
    }


_EVENT_STATE = {state: state.value.lower() for state in ReviewState}


def review(urls: Urls, repo: Repository, pull: PullRequest, it: Review) -> Body:
    """A review as events carry it: there the state is written in lower case."""
    html = f"{html_url_of(urls, repo, pull)}#pullrequestreview-{it.id}"
    own = f"{api_url(urls, repo)}/pulls/{pull.number}"
    return {
        "id": it.id,
        "node_id": f"PRR_{it.id}",
        "user": user(urls, it.author),
        "body": it.body or None,
        "commit_id": it.commit_sha,
        "submitted_at": instant(it.submitted_at),
        "updated_at": instant(it.last_edited_at or it.submitted_at),
        "state": _EVENT_STATE[it.state],
        "html_url": html,
        "pull_request_url": own,
        "author_association": association(repo, it.author),
        "_links": {"html": {"href": html}, "pull_request": {"href": own}},
    }
