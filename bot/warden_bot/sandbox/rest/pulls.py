"""Pull requests."""

from typing import Final

from warden_bot.sandbox.payloads.commits import file_body
from warden_bot.sandbox.payloads.pulls import pull_request
from warden_bot.sandbox.rest.paging import page
from warden_bot.sandbox.rest.routing import Answer, Call, Route
from warden_bot.sandbox.rules.merges import mergeability
from warden_bot.sandbox.rules.pulls import pull_numbered


def get_pull_request(call: Call) -> Answer:
    """One pull request."""
    repository = call.repository()
    pull = pull_numbered(repository, call.number("pull_number"))
    merging = mergeability(repository, pull)
    return Answer(pull_request(call.world.urls, repository, pull, merging))


def list_files(call: Call) -> Answer:
    """The files of a pull request as it is now, cut off without a word at the 3,000th."""
    repository = call.repository()
    pull = pull_numbered(repository, call.number("pull_number"))
    git = repository.git
    before = git.merge_base(pull.base_sha, pull.head_sha) or pull.base_sha
    shown, links = page(call, git.changes(pull.base_sha, pull.head_sha)[:_MOST_FILES])
    bodies = [file_body(call.world, repository, diff, before, pull.head_sha) for diff in shown]
    return Answer(bodies, links=links)


_MOST_FILES: Final = 3_000
_PULL: Final = "/repos/{owner}/{repo}/pulls/{pull_number}"

ROUTES = (
    Route("GET", _PULL, get_pull_request, "pull_requests"),
    Route("GET", _PULL + "/files", list_files, "pull_requests"),
)
