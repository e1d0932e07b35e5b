"""Reading what the dialect's mappings have in common: null is absent, later keys are named."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_type_hints

from warden_policies.codec import check_keys, read
from warden_policies.language.policy_bot.words import NEWER
from warden_policies.problem import Path, Problems
from warden_policies.text import quoted

T = TypeVar("T")
_MAX_DEPTH = 40


def without_newer(data: object, path: Path, problems: Problems) -> object:
    """`data` without the keys that 1.36.2 does not know but a later version does; each a problem.

    To leave one out would change what the policy means, so there is none that is skipped.
    """
    if len(path) > _MAX_DEPTH:
        problems.add(path, f"nested deeper than {_MAX_DEPTH} levels")
        return None
    if isinstance(data, list):
        return [without_newer(item, (*path, index), problems) for index, item in enumerate(data)]
    if not isinstance(data, dict):
        return data
    return {
        key: without_newer(value, (*path, key), problems)
        for key, value in data.items()
        if _is_known(key, path, problems)
    }


def _is_known(key: object, path: Path, problems: Problems) -> bool:
    if not isinstance(key, str):
        problems.add(path, "a key must be text")
        return False
    if key not in NEWER:
        return True
    since = f" (it came with {NEWER[key]})" if NEWER[key] else ""
    message = f"key {quoted(key)} is newer than the supported policy-bot 1.36.2 dialect{since}"
    problems.add((*path, key), f"{message}; evaluation refused", at_key=True)
    return False


def mapping(
    data: object, allowed: Sequence[str], path: Path, problems: Problems
) -> dict[str, object]:
    """What a mapping gives, without what is null; anything else, and unknown keys, are problems."""
    if data is None:
        return {}
    if not isinstance(data, dict):
        names = ", ".join(map(quoted, allowed))
        problems.add(path, f"expected a mapping with some of {names}")
        return {}
    check_keys(data, allowed, (), path, problems)
    return {key: value for key, value in data.items() if value is not None and key in allowed}


def record(kind: type[T], data: object, path: Path, problems: Problems) -> T | None:
    """`data` as the dataclass `kind`, a null inside being as good as nothing; None if it is bad."""
    value = read(kind, _without_nulls(kind, data), path, problems)
    return value if isinstance(value, kind) else None


def argument(kind: object, data: object, path: Path, problems: Problems) -> object:
    """`data` as the argument of a predicate, or `INVALID`."""
    return read(kind, _without_nulls(kind, data), path, problems)


def names_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any dataclass
    """The keys that a dataclass is read from."""
    return tuple(field.name for field in fields(kind))


def _without_nulls(kind: object, data: object) -> object:
    if not isinstance(data, dict):
        return data
    hints = _hints(kind)
    return {
        key: _without_nulls(hints.get(key), value)
        for key, value in data.items()
        if value is not None or key not in hints
    }


@cache
def _hints(kind: object) -> dict[str, Any]:
    """The types of a dataclass's fields; none for another type."""
    return get_type_hints(kind) if is_dataclass(kind) else {}
