"""`policy: disapproval:` becomes a group: what disapproves by itself, and who may."""

from typing import Any

from warden_policies.language.policy_bot.reading import mapping, record
from warden_policies.language.policy_bot.rules import read_predicates
from warden_policies.policy import Combine, Group, Node, Question
from warden_policies.policy_bot.actors import ActorSet
from warden_policies.policy_bot.methods import Methods
from warden_policies.predicates.policy_bot import disapproval
from warden_policies.problem import Path, Problems


def read_disapproval(data: object, path: Path, problems: Problems) -> Group:
    """The group; without actors only the predicates disapprove."""
    given = mapping(data, ("if", "options", "requires"), path, problems)
    predicates = read_predicates(
        Combine.POLICY_BOT_UNLESS, "if", given.get("if"), (*path, "if"), problems
    )
    options = mapping(given.get("options"), ("methods",), (*path, "options"), problems)
    actors = record(ActorSet, given.get("requires", {}), (*path, "requires"), problems)
    methods = _methods(options.get("methods"), (*path, "options", "methods"), problems)
    members: tuple[Node, ...] = (predicates,)
    if actors and not actors.empty:
        arguments = disapproval.Disapproval(actors, **methods)
        members += (Question(disapproval.NAME, arguments),)
    return Group(Combine.POLICY_BOT_DISAPPROVAL, "disapproval", members)


def _methods(data: object, path: Path, problems: Problems) -> dict[str, Any]:
    """What is given. Unlike a rule's methods, such a block keeps no defaults."""
    given = mapping(data, ("disapprove", "revoke"), path, problems)
    read = {key: record(Methods, value, (*path, key), problems) for key, value in given.items()}
    return {key: value for key, value in read.items() if value is not None}
