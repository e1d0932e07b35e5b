"""What a picture lacks until its people and paths are known: standings, and kinds of entries."""

from dataclasses import replace

from warden_bot.github.snapshot import entries, standings, teams
from warden_bot.github.snapshot.details import Asker
from warden_policies.actors import Actors
from warden_policies.model import Change, Unread


def complete(asker: Asker, change: Change, before: str, named: Actors) -> Change:
    """The change with everybody's standing, and with what its paths lead to and led to `before`.

    All of it is asked for in one request; a second one follows for the other members of teams.

    Raises:
        ForbiddenError: the App may not read one of them.
        MovedError: the pull request, or a team, changed meanwhile.
        RetryLaterError: GitHub did not answer.
    """
    present = standings.taking_part(change)
    files, logins = change.files or (), standings.logins_of(present.values(), named)
    about = [
        entries.questions_about(files, before, change.head_sha),
        standings.questions_about(logins),
        teams.questions_about(named.teams),
    ]
    answers = asker.ask([question for part in about for question in part])
    of_teams = len(answers) - len(about[2])
    membership = teams.to_membership(asker, named.teams, answers[of_teams:])
    others = standings.other_members(membership, logins)
    more = asker.ask(standings.questions_about(person.login for person in others))
    access = standings.to_access([*answers[len(about[0]) : of_teams], *more])
    everybody = {person.id: person for person in others} | present
    public = not asker.pages.repository["isPrivate"]
    known = standings.to_standings(everybody, access, membership, public=public)
    problem = membership.problem
    gap = (Unread("people", problem),) if problem else ()
    return replace(
        change,
        files=entries.with_entries(files, answers[: len(about[0])]) if files else change.files,
        people=None if problem else known,
        unread=change.unread + gap,
    )
