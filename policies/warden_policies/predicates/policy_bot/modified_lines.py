"""`modified_lines: {total: "> 100"}`: how much the change changes."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated, TypeAlias

from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import false, true
from warden_policies.policy_bot.example import touching
from warden_policies.policy_bot.parts import files_of
from warden_policies.predicate import Example, predicate
from warden_policies.problem import Path
from warden_policies.text import amount

NAME = "policy-bot modified_lines"
_COMPARE = {"<": int.__lt__, ">": int.__gt__, "=": int.__eq__}
_IN_WORDS = {"<": "fewer than", ">": "more than", "=": "exactly"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text compares a number of lines: `< 5`, `> 100`, `= 0`, or is empty."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else, such as `>= 5`."""
        if isinstance(value, str) and value.strip() and comparison(value) is None:
            yield (), "expected a comparison such as '> 100', '< 5' or '= 0'"


def comparison(text: str) -> tuple[str, int] | None:
    """The operator and the number of a comparison; None for any other text."""
    operator, number = text.strip()[:1], text.strip()[1:].strip()
    digits = number.removeprefix("-") if number.startswith("-") else number.removeprefix("+")
    fits = digits.isascii() and digits.isdigit() and len(digits) <= 18
    return (operator, int(number)) if operator in _COMPARE and fits else None


Expression: TypeAlias = Annotated[str, Comparison()]


@dataclass(frozen=True, slots=True)
class Lines:
    """Comparisons, of which one has to hold: `< n`, `> n` or `= n`. An empty one is left out."""

    additions: Expression = ""
    deletions: Expression = ""
    total: Expression = ""


_EXAMPLES = (
    Example("it does", Lines(total="> 10"), touching("a"), Outcome.PASS, "total is 12: > 10"),
    Example(
        "one of several is enough",
        Lines(additions="< 5", deletions="= 2"),
        touching("a"),
        Outcome.PASS,
        "deletions is 2: = 2",
    ),
    Example(
        "none holds",
        Lines(additions="> 10"),
        touching("a"),
        Outcome.FAIL,
        "10 additions and 2 deletions: not additions > 10",
    ),
)


def _describe(arguments: Lines) -> str:
    compared = {
        "added": comparison(arguments.additions),
        "deleted": comparison(arguments.deletions),
        "changed in all": comparison(arguments.total),
    }
    said = [
        f"{_IN_WORDS[parsed[0]]} {amount(parsed[1], 'line')} {what}"
        for what, parsed in compared.items()
        if parsed is not None
    ]
    either = "either " if len(said) > 1 else ""
    return f"the change has {either}{', or '.join(said) or 'a size of an empty list'}"


@predicate(
    NAME,
    arguments=Lines,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def modified_lines(arguments: Lines, change: Change) -> Result:
    """One of the comparisons holds for the lines of all files together."""
    files = files_of(change)
    counts = {
        "additions": sum(file.additions for file in files),
        "deletions": sum(file.deletions for file in files),
    }
    counts["total"] = counts["additions"] + counts["deletions"]
    asked = {
        field.name: parsed
        for field in fields(arguments)
        if (parsed := comparison(getattr(arguments, field.name))) is not None
    }
    for name, (operator, number) in asked.items():
        if _COMPARE[operator](counts[name], number):
            return true(NAME, f"{name} is {counts[name]}: {operator} {number}")
    wanted = " or ".join(
        f"{name} {operator} {number}" for name, (operator, number) in asked.items()
    )
    reason = f"{counts['additions']} additions and {counts['deletions']} deletions: not {wanted}"
    return false(NAME, reason, f"make it a change with {wanted}")
