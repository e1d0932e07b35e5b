"""`changewarden policy import`: a .policy.yml of policy-bot's in the native language."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from warden_hooks.commands.documents import BadDocument, parsed
from warden_hooks.commands.terminal import say
from warden_hooks.output import complain, write
from warden_policies.text import plain
from warden_policies.translation import Translation, translated

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_OPEN, _BAD_INPUT = 1, 2
_DESCRIPTION = """\
Write a policy of policy-bot 1.36.2 in the native language, which decides more strictly. Each place
where the result is not what it was is named, on standard error and in the result's first lines.
What has no native words is replaced by something stricter or, marked with !, by a requirement that
nobody can meet until somebody completes it: it is never left out in silence.
"""
_EPILOG = """\
examples:
  changewarden policy import .policy.yml
  changewarden policy import .policy.yml -o .github/changewarden.yml
  changewarden replay --policy .github/changewarden.yml changes/     what it would have decided

exit status:
  0  translated: read what differs
  1  translated, but for places marked with ! that have to be completed
  2  the file cannot be read or is invalid, or the other one is there already
"""


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `import` to the commands."""
    parser = subparsers.add_parser(
        "import",
        help="write a policy of policy-bot in the native language",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a .policy.yml")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to write it (default: standard output)"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    try:
        made = parsed(translated, arguments.file)
    except BadDocument as error:
        complain(error.shown)
        return _BAD_INPUT
    if arguments.output is None:
        write(made.text)
    elif not _written(arguments.output, made.text):
        return _BAD_INPUT
    for each in made.differences:
        mark = "! " if each.open else ""
        complain(f"{arguments.file}:{each.line}:{each.column}: {mark}{plain(each.words, 400)}")
    if arguments.output is not None:
        say(_summary(arguments.output, made))
    return _OPEN if any(each.open for each in made.differences) else 0


def _written(path: str, text: str) -> bool:
    """Whether the file could be made; one that is there is never replaced."""
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        complain(f"{path}: cannot write: {error.strerror}")
        return False
    return True


def _summary(path: str, made: Translation) -> str:
    count = made.requirements
    open_ones = sum(each.open for each in made.differences)
    places = len(made.differences)
    told = f"{count} {'requirement' if count == 1 else 'requirements'}"
    told += f", {places} {'place' if places == 1 else 'places'} that differ" if places else ""
    return f"{path}: {told}" + (f", {open_ones} to complete" if open_ones else "")
