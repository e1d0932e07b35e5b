"""The lines that a patch of git's adds, by the contents that it tells apart. Pure."""

from collections.abc import Iterator


def hunks(patch: Iterator[bytes]) -> Iterator[tuple[tuple[str, str], list[range]]]:
    """At each hunk the old and the new blob, and the list of added lines, which grows.

    Raises:
        ValueError: the patch ends before its last hunk does.
    """
    pair, lines = ("", ""), list[range]()
    for line in patch:
        if line.startswith(b"index "):
            old, _, new = line[6:].decode().partition("..")
            pair, lines = (old, new.partition(" ")[0].strip()), []
        elif line.startswith(b"@@ "):
            removed, added = map(_lines_in, line.split()[1:3])
            _skip(patch, len(removed) + len(added))
            lines += [added] if added else []
            yield pair, lines


def _skip(patch: Iterator[bytes], count: int) -> None:
    """Past so many removed and added lines; a remark that a line has no end is none of them."""
    while count:
        line = next(patch, b"")
        if not line:
            raise ValueError("cut")
        count -= not line.startswith(b"\\")


def _lines_in(place: bytes) -> range:
    """`+3,4` are lines 3 to 6; a count of 0 means none, a missing one 1."""
    start, _, count = place[1:].partition(b",")
    return range(int(start), int(start) + int(count or 1))
