"""detect-secrets' `.secrets.baseline`: type, file, and the SHA-1 of what a plug-in yields.

A plug-in yields a regex group, and for some kinds of secret that group is only the prefix, or
empty: one such entry silences every token of its kind in the file. So the file is scanned again
with the plug-ins, and an entry is imported only when what it hashes is (nearly) the whole secret.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from warden_hooks.allowances.entry import DEFAULT_DAYS
from warden_hooks.allowances.imports.outcome import (
    UNAUDITED_DAYS,
    Allowed,
    Outcome,
    Refused,
    repository_path,
)
from warden_hooks.allowances.lookup import Look, Seen
from warden_hooks.errors import UsageError

_NOT_ONE = "is no .secrets.baseline"
_FIX = "give the file that 'detect-secrets scan' wrote"


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the baseline. The line number is no part of it, and slim files have none."""

    path: str
    kind: str
    """The plug-in's name for the kind of secret."""
    sha1: str
    is_secret: bool | None
    """What an audit said; None when there was none."""


@dataclass(frozen=True, slots=True)
class Yielded:
    """What a plug-in yields for a line."""

    kind: str
    line: int
    value: str = field(repr=False)
    sha1: str


def parse_baseline(data: bytes, name: str) -> list[Known]:
    """The entries of a baseline, sorted. Its plug-ins and filters are ignored: they may be code.

    Raises:
        UsageError: it is none.
    """
    try:
        results = json.loads(data)["results"]
        entries = {
            Known(
                repository_path(path, name),
                _text(item["type"]),
                _text(item["hashed_secret"]),
                item.get("is_secret") if isinstance(item.get("is_secret"), bool) else None,
            )
            for path, items in results.items()
            for item in items
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{name} {_NOT_ONE}", _FIX) from None
    return sorted(entries, key=lambda known: (known.path, known.kind, known.sha1, repr(known)))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def yielded(path: str, folder: str) -> list[Yielded]:
    """Everything that any plug-in yields for a file, however low its entropy."""
    from detect_secrets.core.plugins.util import (  # noqa: PLC0415 - heavy
        get_mapping_from_secret_type_to_class,
    )
    from detect_secrets.core.scan import scan_file  # noqa: PLC0415 - heavy
    from detect_secrets.settings import transient_settings  # noqa: PLC0415 - heavy

    plugin_types: dict[str, type] = dict(get_mapping_from_secret_type_to_class())
    names = sorted(plugin.__name__ for plugin in plugin_types.values())
    usual = [{"name": name} for name in names]
    eager = [{"name": name, "limit": 0.0} for name in names if name.endswith("EntropyString")]
    found: set[Yielded] = set()
    # Twice, because a transformed file is only tried when nothing was found without.
    for plugins in (usual, [*usual, *eager]):
        with transient_settings({"plugins_used": plugins, "filters_used": []}):
            for secret in scan_file(str(Path(folder, path))):
                value = secret.secret_value or ""
                found.add(Yielded(secret.type, secret.line_number, value, secret.secret_hash))
    return sorted(found, key=lambda item: (item.line, item.kind, item.sha1))


def resolve(
    entries: Iterable[Known], look: Look, yields: Mapping[str, Sequence[Yielded]], name: str
) -> Outcome:
    """What becomes of each entry, given what we and the plug-ins see in the files today."""
    allowed: list[Allowed] = []
    questions: list[Refused] = []
    stale: list[str] = []
    not_reported = 0
    for known in entries:
        same = [
            item
            for item in yields.get(known.path, ())
            if (item.kind, item.sha1) == (known.kind, known.sha1)
        ]
        seen = [item for item in look.seen if item.finding.location.path == known.path]
        whole = list(_whole(same, seen))
        about = f"{known.path}, {known.kind}"
        if not same:
            stale.append(about)
        elif known.is_secret:
            why = "audited as a real secret: revoke it"
            found = tuple(whole or _on_lines(same, seen))
            questions.append(Refused(about, why, found, is_real=True))
        elif whole:
            allowed += [_allowed(known, item, name) for item in whole]
        elif near := _on_lines(same, seen):
            why = "its hash is that of a prefix or header which such secrets share"
            questions.append(Refused(about, why, tuple(near)))
        else:
            not_reported += 1
    return Outcome(tuple(allowed), tuple(questions), tuple(stale), not_reported)


def _whole(same: Sequence[Yielded], seen: Sequence[Seen]) -> Iterator[Seen]:
    """The findings whose secret is, for at least one half, what was yielded."""
    for item in seen:
        if any(_is_most_of(value.value, item.secret) for value in same):
            yield item


def _is_most_of(value: str, secret: str) -> bool:
    if not value:
        return False
    return secret in value or (value in secret and 2 * len(value) >= len(secret))


def _on_lines(same: Sequence[Yielded], seen: Sequence[Seen]) -> list[Seen]:
    lines = {item.line for item in same}
    return [
        item
        for item in seen
        if any(
            item.finding.location.line <= line <= item.finding.location.end_line for line in lines
        )
    ]


def _allowed(known: Known, seen: Seen, name: str) -> Allowed:
    if known.is_secret is None:
        return Allowed(seen, f"imported from {name}, never audited ({known.kind})", UNAUDITED_DAYS)
    reason = f"imported from {name}, audited as no secret ({known.kind})"
    return Allowed(seen, reason, DEFAULT_DAYS)
