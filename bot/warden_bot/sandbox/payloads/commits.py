"""Commits and files, as REST shows them."""

from typing import Final
from urllib.parse import quote

from warden_bot.sandbox.git import FileDiff, Identity
from warden_bot.sandbox.payloads.common import Body, optional_user
from warden_bot.sandbox.payloads.repositories import api_url, html_url
from warden_bot.sandbox.state import Repository
from warden_bot.sandbox.world import World

_STATUS: Final = {
    "A": "added",
    "C": "copied",
    "D": "removed",
    "M": "modified",
    "R": "renamed",
    "T": "changed",
}


def commit_body(world: World, repo: Repository, sha: str) -> Body:
    """A commit with its people."""
    info = repo.git.commit(sha)
    signature = repo.signatures.get(sha)
    own = f"{api_url(world.urls, repo)}/commits/{sha}"
    return {
        "sha": sha,
        "node_id": f"C_{sha}",
        "url": own,
        "html_url": f"{html_url(world.urls, repo)}/commit/{sha}",
        "comments_url": f"{own}/comments",
        "commit": {
            "author": _git_user(info.author, info.authored_at),
            "committer": _git_user(info.committer, info.authored_at),
            "message": info.message,
            "tree": {
                "sha": info.tree,
                "url": f"{api_url(world.urls, repo)}/git/trees/{info.tree}",
            },
            "url": f"{api_url(world.urls, repo)}/git/commits/{sha}",
            "comment_count": 0,
            "verification": {
                "verified": signature is not None and signature.state == "VALID",
                "reason": "unsigned" if signature is None else signature.state.lower(),
                "signature": None,
                "payload": None,
                "verified_at": None,
            },
        },
        "author": optional_user(world.urls, world.account_by_email(info.author.email)),
        "committer": optional_user(world.urls, world.account_by_email(info.committer.email)),
        "parents": [
            {
                "sha": parent,
                "url": f"{api_url(world.urls, repo)}/commits/{parent}",
                "html_url": f"{html_url(world.urls, repo)}/commit/{parent}",
            }
            for parent in info.parents
        ],
    }


def _git_user(identity: Identity, when: str) -> Body:
    return {"name": identity.name, "email": identity.email, "date": when}


def file_body(world: World, repo: Repository, diff: FileDiff, before: str, head: str) -> Body:
    """A changed file. What was removed is shown as it was before."""
    path, shown = quote(diff.path), before if diff.status == "D" else head
    html = html_url(world.urls, repo)
    body: Body = {
        "sha": diff.oid,
        "filename": diff.path,
        "status": _STATUS[diff.status],
        "additions": diff.additions,
        "deletions": diff.deletions,
        "changes": diff.additions + diff.deletions,
        "blob_url": f"{html}/blob/{shown}/{path}",
        "raw_url": f"{html}/raw/{shown}/{path}",
        "contents_url": f"{api_url(world.urls, repo)}/contents/{path}?ref={shown}",
    }
    return body if diff.previous_path is None else body | {"previous_filename": diff.previous_path}
