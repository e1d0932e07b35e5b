"""What a picture lacks until its people and paths are known: standings, and kinds of entries."""

from dataclasses import replace

from warden_bot.errors import ForbiddenError
from warden_bot.github.snapshot import entries, standings, teams
from warden_bot.github.snapshot.details import Asker
from warden_policies.actors import Actors
from warden_policies.model import Change, Unread


def complete(asker: Asker, change: Change, before: str, named: Actors) -> Change:
    """The change with everybody's standing, and with what its paths lead to and led to `before`.

    When the App may not read what people may do, that is a gap in the picture and says so.

    Raises:
        MovedError: the pull request, or a team, changed meanwhile.
        RetryLaterError: GitHub did not answer.
    """
    try:
        return _with_people(asker, change, before, named)
    except ForbiddenError as error:
        answers = asker.ask(entries.questions_about(change.files or (), before, change.head_sha))
        return _without_people(entries.with_entries(change, answers), str(error))


def _with_people(asker: Asker, change: Change, before: str, named: Actors) -> Change:
    """All of it is asked for in one request; a second follows for the other members of teams."""
    present = standings.taking_part(change)
    logins = standings.logins_of(present.values(), named)
    about = [
        entries.questions_about(change.files or (), before, change.head_sha),
        standings.questions_about(logins),
        teams.questions_about(named.teams),
    ]
    answers = asker.ask([question for part in about for question in part])
    of_people, of_teams = len(about[0]), len(about[0]) + len(about[1])
    whole = entries.with_entries(change, answers[:of_people])
    membership = teams.to_membership(asker, named.teams, answers[of_teams:])
    if membership.problem:
        return _without_people(whole, membership.problem)
    others = standings.other_members(membership, logins)
    more = asker.ask(standings.questions_about(person.login for person in others))
    access = standings.to_access([*answers[of_people:of_teams], *more])
    everybody = {person.id: person for person in others} | present
    public = not asker.pages.repository["isPrivate"]
    return replace(
        whole, people=standings.to_standings(everybody, access, membership, public=public)
    )


def _without_people(change: Change, why: str) -> Change:
    return replace(change, unread=(*change.unread, Unread("people", why)))
