"""`only_paths: ["docs/**"]`: the change touches nothing but these paths."""

from dataclasses import replace

from warden_policies.conditions import EVERY, opener_of, some_of, yes_or_no
from warden_policies.example import SAMPLE, file
from warden_policies.files import changed_paths, named
from warden_policies.globs import Globs, matcher
from warden_policies.model import Change, FileChange
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate

_DOCS = ("docs/**", "**/*.md")
_EXAMPLES: tuple[Example[tuple[str, ...]], ...] = (
    Example(
        "documents alone",
        _DOCS,
        replace(SAMPLE, files=(file("docs/a.txt"), file("src/README.md"))),
        Outcome.PASS,
        "all changed files match docs/** or **/*.md",
    ),
    Example(
        "one other file",
        _DOCS,
        replace(SAMPLE, files=(file("docs/a.txt"), file("src/a.py"))),
        Outcome.FAIL,
        "src/a.py does not match docs/** or **/*.md",
    ),
    Example(
        "code that became a document",
        _DOCS,
        replace(SAMPLE, files=(file("docs/a.md", FileChange.RENAMED, previous_path="src/a.py"),)),
        Outcome.FAIL,
        "src/a.py does not match docs/** or **/*.md",
    ),
    Example(
        "no file at all",
        _DOCS,
        replace(SAMPLE, files=()),
        Outcome.FAIL,
        "no file is changed",
    ),
)


def _describe(arguments: tuple[str, ...]) -> str:
    return f"every changed file matches {some_of(arguments, EVERY)}"


@predicate("only_paths", arguments=Globs, examples=_EXAMPLES, condition=True, describe=_describe)
def only_paths(arguments: tuple[str, ...], change: Change) -> Result:
    """There are changed files, and each matches one of the globs and none that begins with `!`.

    A renamed file counts where it was and where it is.
    """
    matches, every = matcher(arguments), changed_paths(change)
    others = [path for path in every if not matches(path)]
    wanted = some_of(arguments)
    verb = "does" if len(others) == 1 else "do"
    reason = f"all changed files match {wanted}" if every else "no file is changed"
    return yes_or_no(
        "only_paths",
        f"{named(others)} {verb} not match {wanted}" if others else reason,
        Action(
            opener_of(change),
            f"put {named(others, 3)} into a pull request of their own"
            if others
            else f"change a file that matches {wanted}",
        ),
        holds=bool(every) and not others,
    )
