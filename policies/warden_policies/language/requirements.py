"""`requirements:`: named by whoever owns the policy, each with what it requires and when."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from warden_policies.codec import check_keys
from warden_policies.language import policy_change
from warden_policies.language.nodes import read_condition, read_requirement
from warden_policies.policy import Combine, Group
from warden_policies.problem import Path, Problems

MAX_NAME: Final = 60

_IN_THE_PACK = "the pack has a requirement of this name: a pack is only added to"
_IN_EVERY_POLICY = "every policy has a requirement of this name: 'policy_owners' says who approves"


def read_requirements(
    rows: object, inherited: tuple[Group, ...], problems: Problems
) -> tuple[Group, ...]:
    """What a policy's `requirements:` ask for, beside those that it has from a pack."""
    path: Path = ("requirements",)
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
    seen = {_alike(group.name): _IN_THE_PACK for group in inherited}
    seen[_alike(policy_change.NAME)] = _IN_EVERY_POLICY
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
