"""`no_changed_files: {paths: ["^infra/"]}`: the change touches no file of a kind."""

from dataclasses import dataclass

from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import any_of, every_of, false, true
from warden_policies.policy_bot.example import touching
from warden_policies.policy_bot.methods import Patterns
from warden_policies.policy_bot.parts import touched
from warden_policies.predicate import Example, predicate
from warden_policies.text import quoted

NAME = "policy-bot no_changed_files"


@dataclass(frozen=True, slots=True)
class NoFiles:
    """`paths`: regular expressions, found anywhere in a path. `ignore`: files not to look at."""

    paths: Patterns = ()
    ignore: Patterns = ()


_INFRA = NoFiles(("^infra/",))
_EXAMPLES = (
    Example("none does", _INFRA, touching("src/a"), Outcome.PASS, "none matches '^infra/'"),
    Example("one does", _INFRA, touching("infra/a"), Outcome.FAIL, "'infra/a' changed"),
)


def _describe(arguments: NoFiles) -> str:
    others = f" but those that match {every_of(arguments.ignore)}" if arguments.ignore else ""
    return f"no changed file{others} matches {every_of(arguments.paths)}"


@predicate(
    NAME,
    arguments=NoFiles,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def no_changed_files(arguments: NoFiles, change: Change) -> Result:
    """No changed file, but for those that match a pattern of `ignore`, matches one of `paths`."""
    path = touched(arguments.paths, arguments.ignore, change)
    if path is None:
        return true(NAME, f"none matches {any_of(arguments.paths)}")
    return false(NAME, f"{quoted(path)} changed", f"leave {quoted(path)} as it was")
