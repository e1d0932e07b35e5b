"""What a picture lacks until its people and paths are known: standings, and kinds of entries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from warden_bot.errors import ForbiddenError
from warden_bot.github.snapshot import entries, standings, teams
from warden_bot.github.snapshot.details import Asker
from warden_policies.actors import UNNAMED, Actors
from warden_policies.model import Change, Unread
from warden_policies.text import listed, plain


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose standing is wanted beside that of everybody who took part.

    Whom a policy names has to be found, or else nobody can tell who was meant. Of code owners those
    count whom GitHub knows.
    """

    named: Actors
    owners: Actors = UNNAMED
    organizations: tuple[str, ...] = ()
    """Whose members are named, all of them: nobody can be told to be no member."""

    @property
    def people(self) -> tuple[str, ...]:
        """The accounts, as they are written."""
        return (*self.named.people, *self.owners.people)

    @property
    def more_teams(self) -> tuple[str, ...]:
        """The teams that own something and that no policy names."""
        folded = {team.casefold() for team in self.named.teams}
        return tuple(team for team in self.owners.teams if team.casefold() not in folded)


def complete(asker: Asker, change: Change, before: str, wanted: Wanted) -> Change:
    """The change with everybody's standing, and with what its paths lead to and led to `before`.

    When the App may not read what people may do, that is a gap in the picture and says so.

    Raises:
        MovedError: the pull request, or a team, changed meanwhile.
        RetryLaterError: GitHub did not answer.
    """
    try:
        return _with_people(asker, change, before, wanted)
    except ForbiddenError as error:
        answers = asker.ask(entries.questions_about(change.files or (), before, change.head_sha))
        return _without_people(entries.with_entries(change, answers), str(error))


def _with_people(asker: Asker, change: Change, before: str, wanted: Wanted) -> Change:
    """All of it is asked for in one request; a second follows for the other members of teams."""
    present = standings.taking_part(change)
    named, owning = wanted.named.teams, wanted.more_teams
    logins = standings.logins_of(present.values(), wanted.people)
    about = [
        entries.questions_about(change.files or (), before, change.head_sha),
        standings.questions_about(logins),
        teams.questions_about((*named, *owning)),
    ]
    answers = asker.ask([question for part in about for question in part])
    of_people, of_teams = len(about[0]), len(about[0]) + len(about[1])
    whole = entries.with_entries(change, answers[:of_people])
    membership = teams.to_membership(asker, (*named, *owning), answers[of_teams:])
    if problem := membership.problem(named) or _unreadable(wanted.organizations):
        return _without_people(whole, problem)
    others = standings.other_members(membership, logins)
    more = asker.ask(standings.questions_about(person.login for person in others))
    access = standings.to_access([*answers[of_people:of_teams], *more])
    everybody = {person.id: person for person in others} | present
    public = not asker.pages.repository["isPrivate"]
    return replace(
        whole, people=standings.to_standings(everybody, access, membership, public=public)
    )


def _unreadable(organizations: Sequence[str]) -> str:
    names = listed(map(plain, organizations), 3)
    return f"the members of {names} are not read: name a team instead" if organizations else ""


def _without_people(change: Change, why: str) -> Change:
    return replace(change, unread=(*change.unread, Unread("people", why)))
