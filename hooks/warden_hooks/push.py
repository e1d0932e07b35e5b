"""What a push brings to the remote: told by git on standard input, or by pre-commit's variables.

git tells a pre-push hook a line for each ref (see githooks(5)). pre-commit reads these lines and
tells its hooks of one ref only, in variables, or of the branch alone when all of it is new.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from warden_hooks import commits, git
from warden_hooks.allowances.file import PATH
from warden_hooks.commits import Range
from warden_hooks.errors import UsageError
from warden_hooks.report.terminal import printable


@dataclass(frozen=True, slots=True)
class Update:
    """A ref that is pushed: what it is called here, what it is to be, what the remote has now.

    The last two are names of objects, and only zeros where there is none.
    """

    ref: str
    new: str
    old: str


def ranges(stdin: BinaryIO | None, environment: Mapping[str, str], remote: str) -> list[Range]:
    """The commits that a push brings and the remote does not have yet.

    `remote` is the name of the remote, if it is known; else what any remote has is known. Commits
    with the same allowances are one range; a commit of several refs is judged by the newest.

    Raises:
        UsageError: not in a repository, nobody says what is pushed, or it is no commit.
    """
    commits.in_repository("--push")
    waits = stdin is not None and not stdin.isatty()
    # Lines come first: a push out of a hook of pre-commit's inherits the variables of that hook.
    if stdin and waits and (told := from_lines(stdin.read())):
        return _ranges(told, commits.of_remote(remote) if remote else commits.ANY_REMOTE)
    if told := from_variables(environment):
        # Without a remote this is no push but a range that somebody asks about, as it is.
        name = environment.get("PRE_COMMIT_REMOTE_NAME") or remote
        return _ranges(told, commits.of_remote(name) if name else ())
    if environment.get("PRE_COMMIT") == "1":
        fix = "pre-commit run --hook-stage pre-push --from-ref A --to-ref B"
        raise UsageError("pre-commit does not say what is pushed", fix)
    if not waits:
        what = "nobody says what is pushed: --push is for git's pre-push hook"
        raise UsageError(what, "changewarden scan --from-ref A --to-ref B")
    return []  # git has nothing to push


def from_variables(environment: Mapping[str, str]) -> list[Update]:
    """What pre-commit says is pushed; nothing when it is not pre-commit that runs us for a push."""
    branch = environment.get("PRE_COMMIT_LOCAL_BRANCH", "")
    new = environment.get("PRE_COMMIT_TO_REF") or branch
    old = environment.get("PRE_COMMIT_FROM_REF") or commits.NO_COMMIT
    return [Update(branch or new, new, old)] if new else []


def from_lines(text: bytes) -> list[Update]:
    """What git says is pushed: `<local ref> <local id> <remote ref> <remote id>` on each line.

    Raises:
        UsageError: this is something else.
    """
    updates: list[Update] = []
    for line in filter(None, text.decode("utf-8", "surrogateescape").split("\n")):
        fields = line.rsplit(" ", 3)  # what was typed as the local ref may have spaces in it
        if len(fields) != 4:
            what = "standard input does not say what is pushed"
            raise UsageError(what, "let git run it, as its hook pre-push")
        updates.append(Update(fields[0], fields[1], fields[3]))
    return updates


def _ranges(updates: Sequence[Update], tracked: tuple[str, ...]) -> list[Range]:
    pushed = [update for update in updates if not commits.is_none(update.new)]
    if not pushed:
        return []
    known = _known(pushed)
    ranges: list[Range] = []
    for tips in _by_allowances(_newest_first(_tips(pushed))):
        ranges.append(Range(tips, known, tracked))
        known += tips
    return ranges


def _tips(pushed: Sequence[Update]) -> list[str]:
    """The commits that are pushed, behind tags the tagged ones."""
    found = _objects(f"{update.new}^{{}}" for update in pushed)
    for update, (kind, _) in zip(pushed, found, strict=True):
        if kind != "commit":
            ref = printable(update.ref)
            what = f"{ref} is {f'a {kind}' if kind else 'not here'}, and only commits are scanned"
            raise UsageError(what, f"look at it: git show {ref}; then push it alone, --no-verify")
    return [commit for _, commit in found]


def _known(pushed: Sequence[Update]) -> tuple[str, ...]:
    """What the remote's refs are at, as far as we have that."""
    olds = (update.old for update in pushed if not commits.is_none(update.old))
    found = _objects(f"{old}^{{commit}}" for old in olds)
    return tuple(commit for kind, commit in found if kind)


def _newest_first(tips: Iterable[str]) -> list[str]:
    request = "".join(f"{tip}\n" for tip in tips).encode()
    return git.run("rev-list", "--no-walk=sorted", "--stdin", request=request).decode().split()


def _by_allowances(tips: Sequence[str]) -> list[tuple[str, ...]]:
    """The tips in groups, whose files of allowances are the same or missing."""
    groups: dict[str, list[str]] = {}
    for tip, (_, file) in zip(tips, _objects(f"{tip}:{PATH}" for tip in tips), strict=True):
        groups.setdefault(file, []).append(tip)
    return [tuple(group) for group in groups.values()]


def _objects(names: Iterable[str]) -> list[tuple[str, str]]:
    """The type and id of the object behind each name; both empty where there is none."""
    request = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    lines = git.run("cat-file", "--batch-check", request=request).decode("utf-8", "replace")
    return [_object(line.split(" ")) for line in lines.split("\n")[:-1]]


def _object(answer: Sequence[str]) -> tuple[str, str]:
    """From `ID TYPE SIZE`; anything else says in words that there is none."""
    return (answer[1], answer[0]) if len(answer) == 3 and answer[2].isdecimal() else ("", "")
