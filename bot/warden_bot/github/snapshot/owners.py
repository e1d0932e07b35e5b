"""Whom CODEOWNERS names for the changed files, where a policy asks for their approval."""

from collections.abc import Iterable

from warden_policies.actors import UNNAMED, Actors
from warden_policies.model import Change, NotRecorded
from warden_policies.ownership import ownership
from warden_policies.policy import Policy, questions

_WORD = "code_owners"


def owners_of(change: Change, policies: Iterable[Policy]) -> Actors:
    """The accounts and teams that own a changed file; nobody where no policy asks for owners.

    CODEOWNERS may name whom GitHub does not know, or a team of another organisation, which owns
    nothing: GitHub passes over them, and so does the picture.
    """
    asked = (question for policy in policies for question in questions(policy.root))
    if not any(question.predicate == _WORD for question in asked):
        return UNNAMED
    try:
        shares = ownership(change).shares
    except NotRecorded:  # which the predicate says of itself
        return UNNAMED
    people = (name for owners in shares for name in owners.people)
    teams = (name for owners in shares for name in owners.teams)
    own = change.repository.full_name.partition("/")[0].casefold()
    return Actors(
        tuple(dict.fromkeys(people)),
        tuple(dict.fromkeys(team for team in teams if team.casefold().startswith(f"{own}/"))),
    )
