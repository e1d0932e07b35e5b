"""`changed_files: {paths: ["^src/"]}`: the change touches some file of a kind."""

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

NAME = "policy-bot changed_files"


@dataclass(frozen=True, slots=True)
class Files:
    """`paths`: regular expressions, found anywhere in a path. `ignore`: files not to look at."""

    paths: Patterns = ()
    ignore: Patterns = ()


_SOURCE = Files(("^src/",), (r"\.md$",))
_EXAMPLES = (
    Example("one does", _SOURCE, touching("a", "src/b"), Outcome.PASS, "'src/b' changed"),
    Example(
        "one does, but is ignored",
        _SOURCE,
        touching("src/b.md"),
        Outcome.FAIL,
        "no changed file matches '^src/'",
    ),
)


def _describe(arguments: Files) -> str:
    ignored = f" but not {every_of(arguments.ignore)}" if arguments.ignore else ""
    return f"a changed file matches {every_of(arguments.paths)}{ignored}"


@predicate(
    NAME,
    arguments=Files,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def changed_files(arguments: Files, change: Change) -> Result:
    """Some changed file that matches no pattern of `ignore` matches one of `paths`.

    A renamed file counts where it was and where it is.
    """
    path = touched(arguments.paths, arguments.ignore, change)
    if path is not None:
        return true(NAME, f"{quoted(path)} changed")
    paths = any_of(arguments.paths)
    return false(NAME, f"no changed file matches {paths}", f"change a file that matches {paths}")
