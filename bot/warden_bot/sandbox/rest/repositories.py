"""Repositories."""

from warden_bot.sandbox.payloads.repositories import full_repository
from warden_bot.sandbox.rest.routing import Answer, Call, Route


def get_repository(call: Call) -> Answer:
    """One repository."""
    return Answer(full_repository(call.world.urls, call.repository()))


ROUTES = (Route("GET", "/repos/{owner}/{repo}", get_repository, "metadata"),)
