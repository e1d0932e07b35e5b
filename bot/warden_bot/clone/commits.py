"""All commits of a change: through every parent, and however many there are."""

from warden_bot.clone.commit_object import CommitObject, read_commit
from warden_bot.clone.errors import TooMuchError
from warden_bot.clone.history import History


def commits_between(history: History, base: str, head: str) -> tuple[CommitObject, ...]:
    """The commits that `head` has and `base` has not, parents before their children.

    Raises:
        TooMuchError: they are more than are read.
        GitFailedError: one of them is not here.
    """
    limit = history.git.limits.commits
    most = f"--max-count={limit + 1}"
    printed = history.git.run("rev-list", "--topo-order", "--reverse", most, head, f"^{base}")
    names = printed.decode("ascii").split()
    if len(names) > limit:
        raise TooMuchError(f"there are more than {limit} commits between base and head")
    return tuple(read_commit(history.git, names))
