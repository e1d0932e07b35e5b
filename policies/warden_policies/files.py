"""Which paths a change touches."""

from collections.abc import Sequence

from warden_policies.globs import matcher
from warden_policies.memo import per_change
from warden_policies.model import Change, ChangedFile, missing_part
from warden_policies.text import listed, plain


def changed_files(change: Change) -> tuple[ChangedFile, ...]:
    """Every file that the change touches.

    Raises:
        NotRecorded: they are not known.
    """
    if change.files is None:
        raise missing_part(change, "files")
    return change.files


@per_change
def changed_paths(change: Change) -> tuple[str, ...]:
    """Every path that the change touches, each once; a renamed file touches both of its paths.

    Raises:
        NotRecorded: the files are not known.
    """
    files = changed_files(change)
    paths = [file.path for file in files]
    paths += [file.previous_path for file in files if file.previous_path is not None]
    return tuple(dict.fromkeys(paths))


_WORKFLOWS = (".github/workflows/**", ".github/actions/**")


@per_change
def edited_workflows(change: Change) -> tuple[str, ...]:
    """The changed files that say what GitHub Actions runs on this very change.

    Raises:
        NotRecorded: the files are not known.
    """
    return tuple(filter(matcher(_WORKFLOWS), changed_paths(change)))


def named(paths: Sequence[str], limit: int = 1) -> str:
    """`src/a.py and 3 more`."""
    # Only what is shown is made fit to be shown: there may be thousands.
    return listed([*map(plain, paths[:limit]), *paths[limit:]], limit)
