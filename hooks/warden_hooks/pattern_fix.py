"""`changewarden scan --fix`: mends in the work tree what the engine knows how to mend.

Only a file that holds exactly what is staged is written to: what is not staged is somebody's work
in progress. What was mended is not staged either: a person looks at it first.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warden_hooks import git
from warden_hooks.allowances import repository
from warden_hooks.patterns.core import Hit
from warden_policies.finding import Finding

_PERMISSIONS = 0o7777


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done to a file: how many places were mended, or why none was."""

    path: str
    places: int = 0
    refused: str = ""

    def __str__(self) -> str:
        """For people."""
        if self.refused:
            return f"not mended: {self.path}: {self.refused}"
        places = "1 place" if self.places == 1 else f"{self.places} places"
        return f"mended: {places} in {self.path}; look at it with git diff, then git add it"


def mend(findings: Iterable[Finding], fixes: Mapping[str, Hit]) -> Iterator[Mended]:
    """Mend those findings that `fixes` has a hit for; each file is written whole or not at all.

    Raises:
        UsageError: there is no repository.
    """
    by_path: dict[str, list[Hit]] = {}
    for finding in findings:
        if finding.fingerprint in fixes:
            by_path.setdefault(finding.location.path, []).append(fixes[finding.fingerprint])
    root = git.work_tree("--fix").top
    for path, hits in by_path.items():
        yield _mend(Path(root), path, hits)


def _mend(root: Path, path: str, hits: Iterable[Hit]) -> Mended:
    staged = repository.file_at(path)
    if staged is None:
        return Mended(path, refused=f"it is not staged: git add {path}")
    after, places = mended(staged, hits)
    refused = _write(root / path, staged, after)
    return Mended(path, refused=refused) if refused else Mended(path, places)


def mended(data: bytes, hits: Iterable[Hit]) -> tuple[bytes, int]:
    """The content with every fix put in, and how many. Of two that overlap, the first wins."""
    result = bytearray()
    end = count = 0
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if hit.fix is not None and hit.start >= end:
            result += data[end : hit.start] + hit.fix.encode()
            end = hit.end
            count += 1
    return bytes(result + data[end:]), count


def _write(place: Path, before: bytes, after: bytes) -> str:
    """Write a file that holds `before` anew; why not, or the empty string."""
    try:
        if place.is_symlink() or place.read_bytes() != before:
            return "it is not on disk as it is staged; stage it first, or put the rest away"
        mode = place.stat().st_mode & _PERMISSIONS
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".changewarden-") as beside:
            new = Path(beside, place.name)
            new.write_bytes(after)
            new.chmod(mode)
            new.replace(place)
    except OSError as error:
        return f"it cannot be written: {error.strerror}"
    return ""
