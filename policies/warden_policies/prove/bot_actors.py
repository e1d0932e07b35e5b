"""Who policy-bot's actors are, and whose commits it looks at: the twin of `policy_bot`."""

from collections.abc import Iterator

from warden_policies.model import Permission
from warden_policies.policy_bot.accounts import WEB_FLOW
from warden_policies.policy_bot.actors import ActorSet
from warden_policies.policy_bot.branch import Ignoring
from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    Formula,
    both,
    either,
    implies,
    no,
    some,
)
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.identities import LoginNeed, OrganizationNeed, TeamNeed
from warden_policies.prove.parts.signing import Key
from warden_policies.prove.sketch import Sketch


def actor_set_needs(actors: ActorSet) -> Iterator[Need]:
    """What a set of actors tells apart."""
    yield from (LoginNeed(login) for login in actors.users if login != WEB_FLOW.login)
    yield from map(TeamNeed, actors.teams)
    yield from map(OrganizationNeed, actors.organizations)


def is_actor(actors: ActorSet, who: int, sketch: Sketch) -> Formula:
    """The account is one of the actors."""
    cast = sketch.cast
    return some(
        (
            *(cast.has_login(login, who) for login in actors.users),
            *(cast.in_team(team, who) for team in actors.teams),
            *(cast.in_organization(name, who) for name in actors.organizations),
            *(cast.has_access(who, Permission(level.value)) for level in actors.levels),
        )
    )


def is_web_flow(actors: ActorSet) -> Formula:
    """GitHub's own account, which commits what is made on its pages, is one of the actors."""
    return TRUE if WEB_FLOW.login in actors.users else FALSE


def ignoring_needs(ignoring: Ignoring) -> Iterator[Need]:
    """What it tells apart which commits are ignored; and an account more, whose commits are."""
    if not ignoring.commits_by.empty:
        yield Counted(ignoring, 1)
        yield from actor_set_needs(ignoring.commits_by)


def considered(key: Key, ignoring: Ignoring, sketch: Sketch) -> Formula:
    """The commit is on the first-parent line, and not ignored."""
    commits = sketch.commits
    is_update = commits.is_update(key) if ignoring.update_merges else FALSE
    nobody = ignoring.commits_by.empty
    by_them = FALSE if nobody else _all_users_in(key, ignoring, sketch)
    return both(commits.on_line(key), no(is_update), no(by_them))


def _all_users_in(key: Key, ignoring: Ignoring, sketch: Sketch) -> Formula:
    """The commit has people that GitHub knows, and all of them are among those ignored."""
    actors, everybody = ignoring.commits_by, sketch.cast.everybody
    known = some(sketch.commits.has_user(key, who) for who in everybody)
    on_web = sketch.commits.on_web(key)
    return both(
        either(known, on_web),
        implies(on_web, is_web_flow(actors)),
        *(
            implies(sketch.commits.has_user(key, who), is_actor(actors, who, sketch))
            for who in everybody
        ),
    )


def is_user_of_considered(who: int, ignoring: Ignoring, sketch: Sketch) -> Formula:
    """The account is author or committer of a commit that is looked at."""
    return some(
        both(considered(key, ignoring, sketch), sketch.commits.has_user(key, who))
        for key in sketch.commits.signing.keys
    )


def pushed_late(ignoring: Ignoring, sketch: Sketch) -> Formula:
    """The newest commit that is looked at was pushed after what was said early."""
    return some(
        both(considered(key, ignoring, sketch), no(sketch.commits.signing.early(key)))
        for key in sketch.commits.signing.keys
    )


def contributes(who: int, sketch: Sketch) -> Formula:
    """The account opened the change, or is author or committer of any commit."""
    users = (sketch.commits.has_user(key, who) for key in sketch.commits.signing.keys)
    return some(users) if who else TRUE


def web_flow_contributes(sketch: Sketch) -> Formula:
    """Some commit was made on GitHub's pages."""
    return some(
        both(sketch.commits.exists(key), sketch.commits.on_web(key))
        for key in sketch.commits.signing.keys
    )
