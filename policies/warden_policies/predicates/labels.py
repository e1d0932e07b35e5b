"""`labels: {any_of: [docs]}`: the pull request carries such a label."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

from warden_policies.accounts import NamedActors, who
from warden_policies.actors import Actors, includes, standing_of
from warden_policies.conditions import yes_or_no
from warden_policies.constraints import Given, NotEmpty, Unique
from warden_policies.example import ANA, CARL, SAMPLE
from warden_policies.model import Change, Label, Permission, missing_part
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.text import listed, plain

Names: TypeAlias = Annotated[tuple[Annotated[str, NotEmpty()], ...], NotEmpty(), Unique()]


@dataclass(frozen=True, slots=True)
class Labels:
    """`any_of`: one of these; `all_of`: all of these; `applied_by`: whose labels count."""

    any_of: Names = ()
    all_of: Names = ()
    applied_by: NamedActors | None = None


SomeLabels: TypeAlias = Annotated[Labels, Given(("any_of", "all_of"))]

_DOCS = Labels(any_of=("docs", "typo"))
_BY_MAINTAINERS = Labels(all_of=("urgent",), applied_by=Actors(permission=Permission.MAINTAIN))
_EXAMPLES = (
    Example(
        "one of them, spelled as you like",
        _DOCS,
        replace(SAMPLE, labels=(Label("Docs"), Label("easy"))),
        Outcome.PASS,
        "labelled Docs",
    ),
    Example("none", _DOCS, SAMPLE, Outcome.FAIL, "not labelled docs or typo"),
    Example(
        "one is missing",
        Labels(all_of=("docs", "typo")),
        replace(SAMPLE, labels=(Label("docs"),)),
        Outcome.FAIL,
        "not labelled typo",
    ),
    Example(
        "put there by somebody who may",
        _BY_MAINTAINERS,
        replace(SAMPLE, labels=(Label("urgent", CARL),)),
        Outcome.PASS,
        "labelled urgent",
    ),
    Example(
        "put there by somebody else",
        _BY_MAINTAINERS,
        replace(SAMPLE, labels=(Label("urgent", ANA),)),
        Outcome.FAIL,
        "not labelled urgent by anybody with maintain access",
    ),
)


def _describe(arguments: Labels) -> str:
    asked = [" or ".join(map(plain, arguments.any_of)), *map(plain, arguments.all_of)]
    by = f" by {arguments.applied_by}" if arguments.applied_by else ""
    return f"the pull request is labelled {' and '.join(filter(None, asked))}{by}"


def _never(arguments: Labels) -> tuple[str, ...]:
    if arguments.applied_by is None:
        return ()
    return (f"A label counts only if it was put there by {arguments.applied_by}",)


@predicate(
    "labels",
    arguments=SomeLabels,
    examples=_EXAMPLES,
    condition=True,
    describe=_describe,
    never=_never,
)
def labels(arguments: Labels, change: Change) -> Result:
    """The pull request carries one of these labels, all of those, or both if both are given.

    Upper and lower case are the same. Whoever may triage can label, so a label proves little unless
    `applied_by` says whose counts; then one that somebody else put there last, or nobody knows who,
    does not count.
    """
    if change.labels is None:
        raise missing_part(change, "labels")
    asked = {name.casefold() for name in (*arguments.any_of, *arguments.all_of)}
    there = [label for label in change.labels if label.name.casefold() in asked]
    ignored = {label: why for label in there if (why := _why_not(label, arguments, change))}
    counted = {label.name.casefold(): label.name for label in there if label not in ignored}
    missing = tuple(_missing(arguments, frozenset(counted)))
    by = f" by {arguments.applied_by}" if arguments.applied_by else ""
    return yes_or_no(
        "labels",
        f"not labelled {listed(missing)}{by}"
        if missing
        else f"labelled {listed(map(plain, counted.values()))}",
        Action(
            (str(arguments.applied_by or "anybody with triage access"),),
            f"label the pull request {listed(missing)}",
        ),
        holds=not missing,
        dropped=ignored.values(),
    )


def _why_not(label: Label, arguments: Labels, change: Change) -> str | None:
    allowed, person = arguments.applied_by, label.applied_by
    if allowed is None:
        return None
    if person is None:
        return f"the label {plain(label.name)}: nobody knows who put it there"
    if includes(allowed, standing_of(person, change)):
        return None
    return f"the label {plain(label.name)}: {who(person)}, who put it there, is not {allowed}"


def _missing(arguments: Labels, there: frozenset[str]) -> Iterator[str]:
    wanted = arguments.any_of
    if wanted and not any(name.casefold() in there for name in wanted):
        yield " or ".join(map(plain, wanted))
    for name in arguments.all_of:
        if name.casefold() not in there:
            yield plain(name)
