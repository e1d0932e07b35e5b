"""`only_changed_files: {paths: ["^docs/"]}`: the change touches files of a kind and no others."""

from dataclasses import dataclass

from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import any_of, every_of, false, true
from warden_policies.policy_bot.example import touching
from warden_policies.policy_bot.methods import Patterns
from warden_policies.policy_bot.parts import paths_of
from warden_policies.predicate import Example, predicate
from warden_policies.regex import first_found
from warden_policies.text import quoted

NAME = "policy-bot only_changed_files"


@dataclass(frozen=True, slots=True)
class OnlyFiles:
    """`paths`: regular expressions, found anywhere in a path."""

    paths: Patterns = ()


_DOCS = OnlyFiles(("^docs/",))
_EXAMPLES = (
    Example("all do", _DOCS, touching("docs/a"), Outcome.PASS, "every file matches '^docs/'"),
    Example("one does not", _DOCS, touching("docs/a", "b"), Outcome.FAIL, "'b' changed too"),
    Example("there are none", _DOCS, touching(), Outcome.FAIL, "no file changed"),
)


def _describe(arguments: OnlyFiles) -> str:
    return f"every changed file matches {every_of(arguments.paths)}"


@predicate(
    NAME,
    arguments=OnlyFiles,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def only_changed_files(arguments: OnlyFiles, change: Change) -> Result:
    """There is a changed file, and every one matches a pattern of `paths`.

    A renamed file has to match where it was and where it is.
    """
    every, kind = paths_of(change), any_of(arguments.paths)
    other = next((path for path in every if first_found(arguments.paths, path) is None), None)
    if other is not None:
        return false(NAME, f"{quoted(other)} changed too", f"change only files that match {kind}")
    if not every:
        return false(NAME, "no file changed", f"change a file that matches {kind}")
    return true(NAME, f"every file matches {kind}")
