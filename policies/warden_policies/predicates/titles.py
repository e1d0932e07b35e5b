"""`titles: ["fix: *"]`: the pull request has such a title."""

from dataclasses import replace

from warden_policies.conditions import EVERY, opener_of, some_of, yes_or_no
from warden_policies.example import SAMPLE
from warden_policies.glob_syntax import Kind
from warden_policies.globs import TitleGlobs, matcher
from warden_policies.model import Change
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.text import quoted

_EXAMPLES: tuple[Example[tuple[str, ...]], ...] = (
    Example(
        "such a title",
        ("fix: *",),
        replace(SAMPLE, title="fix: charge a/b once"),
        Outcome.PASS,
        "the title 'fix: charge a/b once' matches fix: *",
    ),
    Example(
        "upper case is not lower case",
        ("charge*",),
        SAMPLE,
        Outcome.FAIL,
        "the title 'Charge the fee once' does not match charge*",
    ),
)


def _describe(arguments: tuple[str, ...]) -> str:
    return f"the title matches {some_of(arguments, EVERY)}"


@predicate("titles", arguments=TitleGlobs, examples=_EXAMPLES, condition=True, describe=_describe)
def titles(arguments: tuple[str, ...], change: Change) -> Result:
    """The pull request's title matches one of the globs, of which `*` is any run of characters.

    Whoever may write to the repository, or opened the pull request, can change the title.
    """
    holds = bool(matcher(arguments, Kind.TITLE)(change.title))
    verb, wanted = "matches" if holds else "does not match", some_of(arguments)
    return yes_or_no(
        "titles",
        f"the title {quoted(change.title)} {verb} {wanted}",
        Action(opener_of(change), f"choose a title that matches {wanted}"),
        holds=holds,
    )
