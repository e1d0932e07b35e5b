"""What `changewarden scan` can be asked: its options, and what they mean to people."""

import argparse
from collections.abc import Sequence

from warden_hooks.source import DEFAULT_MAX_BYTES
from warden_policies.finding import Confidence

SECRETS, PATTERNS = FAMILIES = ("secrets", "patterns")
_NO_PATH = "PATH means nothing to --push, --committed, --history and --stdin"
_ONLY_SECRETS = "--history is for secrets: an insecure line that was mended does no harm"
_FORMATS = ["text", "json", "sarif", "github", "gitlab"]

_EPILOG = """\
what is scanned:
  PATH...           the files at and under PATH (default: the current folder), git or not
  --staged          the staged files as they would be committed; only added lines count
  --staged PATH...  the named files as staged; those without staged changes are scanned whole
  --from-ref A      what each commit brought in that B (--to-ref, default HEAD) has and A has not,
                    as in git log A..B; what a later one of them removed again is still found.
                    A may be all zeros: what no remote-tracking branch has. PATH... limits it
  --push            what a push brings and the remote does not have: git's pre-push hook
  --committed       the newest commit: git's post-commit hook
  --history         all that any commit ever held, whether or not a branch still leads to it; what
                    an earlier scan found to be clean is not read again
  --stdin           the text on standard input, named by --path

a finding that is no secret?
  changewarden allow ID --reason TEXT             for some time, in .changewarden/allowances.toml
  # changewarden: ignore[RULE] REASON             for good, at the end of its line

Commits are judged by the allowances of the newest of them, text on standard input by those on disk.

exit codes: 0 clean, 1 findings, 2 could not check what was asked, 3 internal error
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments as asked for, options that mean nothing together refused.

    Raises:
        SystemExit: for `--help` (0) and wrong arguments (2).
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    if problem := _problem(arguments):
        parser.error(problem)
    return arguments


def _problem(given: argparse.Namespace) -> str:
    """What is wrong with options that mean nothing together; empty when nothing is."""
    whole = given.push or given.committed or given.stdin or given.history
    wants_patterns = PATTERNS in (given.only, given.require)
    wrong = (
        (given.to_ref is not None and given.from_ref is None, "--to-ref needs --from-ref"),
        (given.path and not given.stdin, "--path names what comes by --stdin"),
        (given.remote and not given.push, "--remote is for --push"),
        (given.paths and whole, _NO_PATH),
        (given.no_cache and not given.history, "--no-cache is for --history"),
        (given.history and wants_patterns, _ONLY_SECRETS),
        (given.only == SECRETS and given.require, "--only=secrets looks for nothing else"),
        (given.only == SECRETS and given.fix, "--fix is for insecure patterns, not for secrets"),
        (given.fix and (whole or given.from_ref is not None), "--fix is for files, not commits"),
    )
    return next((problem for is_so, problem in wrong if is_so), "")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden scan",
        description="Find secrets and insecure code before they are committed. Offline: nothing "
        "leaves the machine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    _add_modes(parser)
    parser.add_argument("--only", choices=FAMILIES, help="one family of rules")
    parser.add_argument(
        "--require",
        choices=[PATTERNS],
        help="fail when insecure patterns cannot be looked for, instead of only saying so",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="mend the insecure patterns that can be, in files without unstaged changes",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        dest="everywhere",
        help="report insecure patterns on lines that are not new, too",
    )
    parser.add_argument(
        "--confidence",
        choices=[level.value for level in Confidence],
        default=Confidence.MEDIUM.value,
        help="report what is at least so sure to be a secret (default: %(default)s)",
    )
    parser.add_argument("--format", choices=_FORMATS, default="text")
    parser.add_argument("--color", choices=["auto", "always", "never"], default="auto")
    parser.add_argument(
        "--max-bytes",
        type=_positive,
        default=DEFAULT_MAX_BYTES,
        metavar="N",
        help="largest file to scan, in bytes (default: %(default)s)",
    )
    parser.add_argument(
        "--jobs",
        type=_positive,
        metavar="N",
        help="processes for many files (default: one for each processor, 8 at most)",
    )
    return parser


def _add_modes(parser: argparse.ArgumentParser) -> None:
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--staged", action="store_true", help="scan the index, as a hook does")
    modes.add_argument("--from-ref", metavar="A", help="scan the commits that B has and A has not")
    modes.add_argument("--push", action="store_true", help="scan what git is about to push")
    modes.add_argument("--committed", action="store_true", help="scan the commit just made")
    modes.add_argument("--history", action="store_true", help="scan all that was ever committed")
    modes.add_argument("--stdin", action="store_true", help="scan what comes on standard input")
    parser.add_argument("--to-ref", metavar="B", help="with --from-ref (default: HEAD)")
    parser.add_argument("--remote", default="", metavar="NAME", help="with --push: where to")
    parser.add_argument(
        "--no-cache", action="store_true", help="with --history: read what was clean before, too"
    )
    parser.add_argument("--path", default="", metavar="NAME", help="with --stdin: what to call it")


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"a number above 0 is needed, not {text!r}")
    return number
