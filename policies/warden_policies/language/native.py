"""The native language: `.github/changewarden.yml`, named requirements, what each requires and when.

The words under `when:` and `require:` are the table of predicates; their arguments are read by the
type that each predicate declares. Adding a predicate is adding a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, TypeAlias

from warden_policies.actors import UNNAMED
from warden_policies.canonical import digest
from warden_policies.codec import INVALID, check_keys, read
from warden_policies.constraints import NotEmpty, OneOf, Unique
from warden_policies.language import pattern_settings, policy_change
from warden_policies.language.packs import PACKS, pack
from warden_policies.language.refusal import errors_in
from warden_policies.language.requirements import read_requirements
from warden_policies.language.yaml_source import read_yaml
from warden_policies.policy import Combine, Group, InvalidPolicy, Policy
from warden_policies.problem import Problems
from warden_policies.text import listed, quoted

ROOT = "policy"

_VERSION = Annotated[int, OneOf((1,))]
_REQUIRED = ("version", "requirements")
_OPTIONAL = ("extends", "observe", "distinct", policy_change.OWNERS)


@dataclass(frozen=True, slots=True)
class Observe:
    """Decide and tell, but stop nobody, until an instant: how a new policy is introduced."""

    until: datetime


Distinct: TypeAlias = Annotated[
    tuple[Annotated[tuple[str, ...], NotEmpty(), Unique()], ...], NotEmpty()
]
"""Lists of requirements' names; nobody's approval serves two requirements of one list."""


def parse_policy(source: bytes, path: str) -> Policy:
    """The policy that a file's bytes spell; `path` is how errors and records name the file.

    Raises:
        InvalidPolicy: every error at once, in the order of the text. No other exception is
            raised, whatever the bytes.
    """
    text = read_yaml(source)
    problems = Problems()
    policy = _document(text.data, problems)
    errors = errors_in(text, problems.all(), path)
    if errors or policy is None:
        raise InvalidPolicy(errors, digest(source))
    return replace(policy, path=path, digest=digest(source))


def _document(data: object, problems: Problems) -> Policy | None:
    if not isinstance(data, dict):
        what = "the policy is empty" if data is None else "a policy is a mapping"
        problems.add((), f"{what}: expected 'version: 1' and 'requirements:'")
        return None
    # A pack brings requirements, so whoever extends one need not have any of their own.
    required = _REQUIRED if "extends" not in data else _REQUIRED[:1]
    check_keys(data, (*_REQUIRED, *_OPTIONAL, pattern_settings.KEY), required, (), problems)
    pattern_settings.read_settings(data, problems)
    if "version" in data:
        read(_VERSION, data["version"], ("version",), problems)
    root = _root(data, _pack(data, problems), problems)
    return Policy("", "", root, observe_until=_observe(data, problems))


def _root(data: Mapping[str, object], inherited: Group, problems: Problems) -> Group:
    """The pack's requirements, the policy's own, and the one that every policy has."""
    groups = tuple(group for group in inherited.members if isinstance(group, Group))
    own: tuple[Group, ...] = ()
    if "requirements" in data:
        own = read_requirements(data["requirements"], groups, problems)
    owners = UNNAMED
    if policy_change.OWNERS in data:
        owners = policy_change.read_owners(data[policy_change.OWNERS], problems)
    members = (*groups, *own)
    distinct = (*inherited.distinct, *_distinct(data, members, problems))
    return Group(Combine.POLICY, ROOT, (*members, policy_change.policy_change(owners)), distinct)


def _pack(data: Mapping[str, object], problems: Problems) -> Group:
    """What the pack asks for that `extends` names, without what every policy asks anyway."""
    nothing = Group(Combine.POLICY, ROOT, ())
    if "extends" not in data:
        return nothing
    name = read(Annotated[str, OneOf(tuple(PACKS))], data["extends"], ("extends",), problems)
    if not isinstance(name, str):
        return nothing
    root = parse_policy(pack(name), f"{name}.yml").root
    return replace(root, members=root.members[:-1])


def _observe(data: Mapping[str, object], problems: Problems) -> datetime | None:
    if "observe" not in data:
        return None
    observe = read(Observe, data["observe"], ("observe",), problems)
    return observe.until if isinstance(observe, Observe) else None


def _distinct(
    data: Mapping[str, object], members: tuple[Group, ...], problems: Problems
) -> tuple[tuple[str, ...], ...]:
    if "distinct" not in data:
        return ()
    lists = read(Distinct, data["distinct"], ("distinct",), problems)
    if lists is INVALID or not isinstance(lists, tuple):
        return ()
    known = [member.name for member in members]
    for row, names in enumerate(lists):
        if len(names) < 2:
            problems.add(("distinct", row), "expected the names of at least two requirements")
        for column, name in enumerate(names):
            if name not in known:
                message = (
                    f"no requirement {quoted(name)}: expected one of {listed(map(quoted, known))}"
                )
                problems.add(("distinct", row, column), message)
    return lists
