"""The native language: `.github/changewarden.yml`, named requirements, what each requires and when.

The words under `when:` and `require:` are the table of predicates; their arguments are read by the
type that each predicate declares. Adding a predicate is adding a word.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, TypeAlias

from warden_policies.canonical import digest
from warden_policies.codec import INVALID, check_keys, read
from warden_policies.constraints import NotEmpty, OneOf, Unique
from warden_policies.language import pattern_settings
from warden_policies.language.nodes import read_condition, read_requirement
from warden_policies.language.packs import PACKS, pack
from warden_policies.language.refusal import errors_in
from warden_policies.language.yaml_source import read_yaml
from warden_policies.policy import Combine, Group, InvalidPolicy, Policy
from warden_policies.problem import Path, Problems
from warden_policies.text import listed, quoted

ROOT = "policy"
MAX_NAME = 60

_VERSION = Annotated[int, OneOf((1,))]
_REQUIRED = ("version", "requirements")
_OPTIONAL = ("extends", "observe", "distinct")


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
    inherited = _pack(data, problems)
    own = _requirements(data, inherited, problems)
    members = (*inherited, *own)
    distinct = _distinct(data, members, problems)
    return Policy(
        "",
        "",
        Group(Combine.POLICY, ROOT, members, distinct),
        observe_until=_observe(data, problems),
    )


def _pack(data: Mapping[str, object], problems: Problems) -> tuple[Group, ...]:
    if "extends" not in data:
        return ()
    name = read(Annotated[str, OneOf(tuple(PACKS))], data["extends"], ("extends",), problems)
    if not isinstance(name, str):
        return ()
    policy = parse_policy(pack(name), f"{name}.yml")
    return policy.requirements


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


def _requirements(
    data: Mapping[str, object], inherited: tuple[Group, ...], problems: Problems
) -> tuple[Group, ...]:
    if "requirements" not in data:
        return ()
    path: Path = ("requirements",)
    rows = data["requirements"]
    if not isinstance(rows, dict) or not rows:
        problems.add(path, "expected at least one requirement, such as 'Peer review:'", at_key=True)
        return ()
    _check_names(rows, inherited, path, problems)
    found = (_requirement(name, value, (*path, name), problems) for name, value in rows.items())
    return tuple(requirement for requirement in found if requirement is not None)


def _check_names(
    data: Mapping[str, object], inherited: tuple[Group, ...], path: Path, problems: Problems
) -> None:
    """Names are free text, but two that look alike would be one to a reader of a decision."""
    seen = {
        _alike(group.name): "the pack has a requirement of this name: a pack is only added to"
        for group in inherited
    }
    for name in data:
        if not 1 <= len(name) <= MAX_NAME or not name.isprintable() or name != name.strip():
            message = f"a requirement's name is 1 to {MAX_NAME} printable characters"
            problems.add((*path, name), message, at_key=True)
        if taken := seen.get(_alike(name)):
            problems.add((*path, name), taken, at_key=True)
        seen[_alike(name)] = "another requirement has the same name"


def _alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _requirement(name: str, data: object, path: Path, problems: Problems) -> Group | None:
    if not isinstance(data, dict):
        problems.add(path, "expected 'require:' with what must hold", at_key=True)
        return None
    check_keys(data, ("when", "require"), ("require",), path, problems)
    members = []
    if "when" in data:
        members.append(read_condition(data["when"], (*path, "when"), problems))
    if "require" in data:
        members.append(read_requirement(data["require"], (*path, "require"), problems))
    return Group(Combine.REQUIREMENT, name, tuple(members))
