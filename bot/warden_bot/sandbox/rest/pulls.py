"""Pull requests."""

from warden_bot.sandbox.payloads.pulls import pull_request
from warden_bot.sandbox.rest.routing import Answer, Call, Route
from warden_bot.sandbox.rules.merges import mergeability
from warden_bot.sandbox.rules.pulls import pull_numbered


def get_pull_request(call: Call) -> Answer:
    """One pull request."""
    repository = call.repository()
    pull = pull_numbered(repository, call.number("pull_number"))
    merging = mergeability(repository, pull)
    return Answer(pull_request(call.world.urls, repository, pull, merging))


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}", get_pull_request, "pull_requests"),
)
