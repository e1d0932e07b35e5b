"""`approval_rules:` become groups: what a rule asks when, and of whom."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from warden_policies.codec import INVALID
from warden_policies.constraints import AtLeast
from warden_policies.language.policy_bot.reading import argument, mapping, names_of, record
from warden_policies.language.policy_bot.words import PREDICATES as WORDS
from warden_policies.policy import Combine, Group, Node, Question
from warden_policies.policy_bot.actors import NOBODY, ActorSet
from warden_policies.policy_bot.branch import Ignoring
from warden_policies.policy_bot.methods import BY_DEFAULT, ApprovalMethods
from warden_policies.predicates import PREDICATES
from warden_policies.predicates.policy_bot import approvals
from warden_policies.problem import Path, Problems

_KEYS = ("name", "description", "if", "options", "requires")
_CONDITIONS = "conditions"


class Mode(StrEnum):
    """Whom policy-bot asks for a review. Only read: nobody is asked here."""

    ALL_USERS = "all-users"
    RANDOM_USERS = "random-users"
    TEAMS = "teams"


@dataclass(frozen=True, slots=True)
class RequestReview:
    """How policy-bot asks for reviews, which decides nothing."""

    enabled: bool = False
    mode: Mode = Mode.RANDOM_USERS
    count: Annotated[int, AtLeast(0)] = 0


_NO_REQUEST = RequestReview()


@dataclass(frozen=True, slots=True)
class Options:
    """The `options:` of a rule."""

    allow_author: bool = False
    allow_contributor: bool = False
    allow_non_author_contributor: bool = False
    invalidate_on_push: bool = False
    ignore_edited_comments: bool = False
    ignore_update_merges: bool = False
    ignore_commits_by: ActorSet = NOBODY
    request_review: RequestReview = _NO_REQUEST
    methods: ApprovalMethods = BY_DEFAULT


@dataclass(frozen=True, slots=True)
class Count:
    """The number under `requires:`; without one, nobody has to approve."""

    count: Annotated[int, AtLeast(0)] = 0


def read_rules(data: object, path: Path, problems: Problems) -> tuple[Group, ...]:
    """The rules in the order of the text."""
    if data is None:
        return ()
    if not isinstance(data, list):
        problems.add(path, "expected a list of rules, such as '- name: code review'")
        return ()
    return tuple(_rule(item, (*path, index), problems) for index, item in enumerate(data))


def _rule(data: object, path: Path, problems: Problems) -> Group:
    given = mapping(data, _KEYS, path, problems)
    name = argument(str, given.get("name", ""), (*path, "name"), problems)
    argument(str, given.get("description", ""), (*path, "description"), problems)
    options = record(Options, given.get("options", {}), (*path, "options"), problems)
    members: list[Node] = [
        read_predicates(Combine.POLICY_BOT_IF, "if", given.get("if"), (*path, "if"), problems)
    ]
    members += _requires(given.get("requires"), options or Options(), (*path, "requires"), problems)
    return Group(Combine.POLICY_BOT_RULE, str(name), tuple(members))


def _requires(data: object, options: Options, path: Path, problems: Problems) -> list[Node]:
    """The question after approvals, if it asks for any, and the conditions, if there are any."""
    keys = (*names_of(Count), *names_of(ActorSet), _CONDITIONS)
    given = mapping(data, keys, path, problems)
    actors = {key: value for key, value in given.items() if key in names_of(ActorSet)}
    who = record(ActorSet, actors, path, problems) or ActorSet()
    count = record(Count, {key: given[key] for key in ("count",) if key in given}, path, problems)
    nodes: list[Node] = []
    if count and count.count:
        nodes.append(Question(approvals.NAME, _approvals(count.count, who, options)))
    if _CONDITIONS in given:
        conditions = read_predicates(
            Combine.POLICY_BOT_CONDITIONS,
            _CONDITIONS,
            given[_CONDITIONS],
            (*path, _CONDITIONS),
            problems,
        )
        nodes += [conditions] if conditions.members else []
    return nodes


def _approvals(count: int, actors: ActorSet, options: Options) -> approvals.Approvals:
    return approvals.Approvals(
        count,
        actors,
        options.methods,
        options.allow_author,
        options.allow_contributor,
        options.allow_non_author_contributor,
        options.invalidate_on_push,
        options.ignore_edited_comments,
        Ignoring(options.ignore_update_merges, options.ignore_commits_by),
    )


def read_predicates(
    combine: Combine, name: str, data: object, path: Path, problems: Problems
) -> Group:
    """The predicates in a mapping, in policy-bot's own order."""
    given = mapping(data, WORDS, path, problems)
    found: list[Node] = []
    for word in WORDS:
        if word in given:
            predicate = PREDICATES[f"policy-bot {word}"]
            value = argument(predicate.arguments, given[word], (*path, word), problems)
            if value is not INVALID:
                found.append(Question(predicate.name, value))
    return Group(combine, name, tuple(found))
