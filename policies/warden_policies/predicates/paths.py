"""`paths: ["payments/**"]`: the change touches one of these paths."""

from dataclasses import replace

from warden_policies.conditions import EVERY, opener_of, some_of, yes_or_no
from warden_policies.example import SAMPLE, file
from warden_policies.files import changed_paths, named
from warden_policies.globs import Globs, matcher
from warden_policies.model import Change, FileChange
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate

_PAYMENTS = ("payments/**",)
_EXAMPLES: tuple[Example[tuple[str, ...]], ...] = (
    Example(
        "one file of two",
        _PAYMENTS,
        SAMPLE,
        Outcome.PASS,
        "payments/fee.py matches payments/**",
    ),
    Example(
        "no such file",
        ("**/*.sql", "db/**"),
        SAMPLE,
        Outcome.FAIL,
        "no changed file matches **/*.sql or db/**",
    ),
    Example(
        "moved away from there",
        _PAYMENTS,
        replace(
            SAMPLE,
            files=(file("fee.py", FileChange.RENAMED, previous_path="payments/fee.py"),),
        ),
        Outcome.PASS,
        "payments/fee.py matches payments/**",
    ),
    Example(
        "a folder that became a link",
        _PAYMENTS,
        replace(SAMPLE, files=(file("payments"),)),
        Outcome.PASS,
        "payments matches payments/**",
    ),
    Example(
        "only what is excepted",
        (*_PAYMENTS, "!**/*.md"),
        replace(SAMPLE, files=(file("payments/README.md"),)),
        Outcome.FAIL,
        "no changed file matches payments/** but not **/*.md",
    ),
    Example(
        "several files",
        ("**",),
        SAMPLE,
        Outcome.PASS,
        "payments/fee.py and 1 more match **",
    ),
)


def _describe(arguments: tuple[str, ...]) -> str:
    return f"a changed file matches {some_of(arguments, EVERY)}"


@predicate("paths", arguments=Globs, examples=_EXAMPLES, condition=True, describe=_describe)
def paths(arguments: tuple[str, ...], change: Change) -> Result:
    """Some changed file matches one of the globs, and none of those that begin with `!`.

    A renamed file counts where it was and where it is.
    """
    matches = matcher(arguments)
    found = [path for path in changed_paths(change) if matches(path)]
    wanted = some_of(arguments)
    verb = "matches" if len(found) == 1 else "match"
    return yes_or_no(
        "paths",
        f"{named(found)} {verb} {wanted}" if found else f"no changed file matches {wanted}",
        Action(opener_of(change), f"change a file that matches {wanted}"),
        holds=bool(found),
        evidence=[named(found, 3)] if len(found) > 1 else (),
    )
