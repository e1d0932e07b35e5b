"""`entries: [symlink, submodule]`: some changed file is more than text, or was."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from warden_policies.conditions import opener_of, yes_or_no
from warden_policies.constraints import NotEmpty, Unique
from warden_policies.example import SAMPLE, file
from warden_policies.files import changed_files
from warden_policies.model import Change, EntryKind
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.text import listed, plain


class Special(StrEnum):
    """What a path can lead to other than a plain file."""

    SYMLINK = "symlink"
    SUBMODULE = "submodule"
    EXECUTABLE = "executable"


Specials: TypeAlias = Annotated[tuple[Special, ...], NotEmpty(), Unique()]
_A: Final[Mapping[str, str]] = {
    Special.SYMLINK: "a symlink",
    Special.SUBMODULE: "a submodule",
    Special.EXECUTABLE: "an executable",
}

_LINKS = (Special.SYMLINK, Special.SUBMODULE)
_EXAMPLES = (
    Example(
        "a new link",
        _LINKS,
        replace(SAMPLE, files=(file("config", entry=EntryKind.SYMLINK),)),
        Outcome.PASS,
        "config is a symlink",
    ),
    Example(
        "a submodule that became a folder's file",
        _LINKS,
        replace(SAMPLE, files=(file("vendor/x", previous_entry=EntryKind.SUBMODULE),)),
        Outcome.PASS,
        "vendor/x was a submodule",
    ),
    Example(
        "an executable is not asked for",
        _LINKS,
        replace(SAMPLE, files=(file("run", entry=EntryKind.EXECUTABLE),)),
        Outcome.FAIL,
        "no changed file is or was a symlink or a submodule",
    ),
)


def _describe(arguments: tuple[Special, ...]) -> str:
    return f"a changed path is or was {' or '.join(_A[kind] for kind in arguments)}"


@predicate("entries", arguments=Specials, examples=_EXAMPLES, condition=True, describe=_describe)
def entries(arguments: tuple[Special, ...], change: Change) -> Result:
    """Some changed path leads to a symlink, submodule or executable file, or did before."""
    found = list(_found(frozenset(arguments), change))
    kinds = " or ".join(_A[kind] for kind in arguments)
    return yes_or_no(
        "entries",
        listed(found, 1) if found else f"no changed file is or was {kinds}",
        Action(opener_of(change), f"change a path that is {kinds}"),
        holds=bool(found),
        evidence=[listed(found, 3)] if len(found) > 1 else (),
    )


def _found(kinds: frozenset[str], change: Change) -> Iterator[str]:
    for changed in changed_files(change):
        if changed.entry in kinds:
            yield f"{plain(changed.path)} is {_A[changed.entry]}"
        elif changed.previous_entry is not None and changed.previous_entry in kinds:
            yield f"{plain(changed.path)} was {_A[changed.previous_entry]}"
