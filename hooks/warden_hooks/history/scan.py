"""The straight line of a history scan: list, name, read each content once, find where it was."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace

from warden_hooks import git
from warden_hooks.errors import UsageError
from warden_hooks.history.facts import History
from warden_hooks.history.objects import Blob, Objects, contents, objects
from warden_hooks.history.origins import Found, Now, origins
from warden_hooks.history.paths import Paths, paths
from warden_hooks.history.refs import Tip, entries, tips
from warden_hooks.history.remembered import NoMemory, Remembered
from warden_hooks.history.sweep import Kind, Rules, Secret, Sweep, names
from warden_hooks.progress import shown
from warden_hooks.scan import ScanResult
from warden_hooks.source import Skipped, SkipReason
from warden_policies.finding import Finding


@dataclass(slots=True)
class _Read:
    """What became of the contents, by kind."""

    sweep: Sweep
    files: int = 0
    size: int = 0
    remembered: int = 0
    skipped: dict[SkipReason, list[Blob]] = field(default_factory=lambda: defaultdict(list))


def require_repository() -> None:
    """Returns inside a repository; it may be bare.

    Raises:
        UsageError: there is none, or git refuses to work in it.
    """
    try:
        git.run("rev-parse", "--git-dir")
    except git.GitError as error:
        fix = "run it inside a repository, or scan without --history"
        raise UsageError(f"--history needs a git repository ({error})", fix) from None


def scan_history(rules: Rules, memory: Remembered | NoMemory, max_bytes: int) -> ScanResult:
    """Scan everything that the repository around the current folder ever held.

    Raises:
        GitError: it cannot be read.
    """
    with objects() as here:
        refs = tips()
        known = paths(here, refs)
        read = _read(here, known, Sweep(rules), memory, max_bytes)
        memory.keep()
        secrets, now = _open(read.sweep, known, refs)
        where = origins(secrets, here, now) if secrets else {}
        findings = tuple(_findings(where, secrets, read.sweep))
        return ScanResult(
            findings=findings,
            skipped=tuple(_skipped(read, known)),
            files=read.files,
            size=read.size,
            allowed=len(read.sweep.allowed.keys() - secrets.keys()),
            remarks=read.sweep.remarks,
            history=History(
                commits=here.commits,
                blobs=len(here.blobs),
                remembered=read.remembered,
                origins={fingerprint: found.origin for fingerprint, found in where.items()},
                incomplete=tuple(_incomplete(here, known)),
            ),
        )


def _read(
    here: Objects, known: Paths, sweep: Sweep, memory: Remembered | NoMemory, max_bytes: int
) -> _Read:
    """Look at every content that is not remembered."""
    read = _Read(sweep)
    wanted: list[Blob] = []
    for blob, size in here.blobs.items():
        if size > max_bytes:
            read.skipped[SkipReason.TOO_LARGE].append(blob)
            continue
        kind = memory.recall(blob, known.of.get(blob, ()))
        if kind is None:
            wanted.append(blob)
        elif kind is Kind.BINARY:
            read.skipped[SkipReason.BINARY].append(blob)
        else:
            read.remembered += 1
            read.files, read.size = read.files + 1, read.size + size
    for blob, data in shown(contents(known.by_file(wanted)), "blobs", total=len(wanted)):
        its_paths = known.of.get(blob, ())
        kind = sweep.look(blob, data, its_paths)
        memory.note(blob, kind, its_paths)
        if kind is Kind.BINARY:
            read.skipped[SkipReason.BINARY].append(blob)
        else:
            read.files, read.size = read.files + 1, read.size + len(data)
    for reason, blobs in sweep.doubts.items():
        read.skipped[reason] += blobs
    return read


def _open(sweep: Sweep, known: Paths, refs: list[Tip]) -> tuple[dict[str, Secret], Now]:
    """What is not allowed by a comment at HEAD, and where secrets are now."""
    if not sweep.found:
        return {}, Now(refs, {}, known.tagged, not known.problem)
    head = _head(known, refs)
    held: dict[Blob, set[str]] = defaultdict(set)
    for secret in (*sweep.found.values(), *sweep.allowed.values()):
        for blob in secret.blobs:
            held[blob].add(secret.name)
    at_head: dict[str, list[str]] = defaultdict(list)
    for path, blob in head.items():
        for name in held.get(blob, ()):
            at_head[name].append(os.fsdecode(path))
    opened = {
        fingerprint: secret
        for fingerprint, secret in sweep.found.items()
        if not _allowed_at(head, sweep.allowed.get(fingerprint))
    }
    return opened, Now(refs, at_head, known.tagged, not known.problem)


def _head(known: Paths, refs: list[Tip]) -> dict[bytes, Blob]:
    with suppress(git.GitError) if known.problem else nullcontext():
        return dict(entry for tip in refs if tip.ref == b"HEAD" for entry in entries(tip.object))
    return {}


def _allowed_at(head: Mapping[bytes, Blob], allowed: Secret | None) -> bool:
    """Whether HEAD has the comment: it speaks for the same secret in older versions too."""
    return allowed is not None and head.get(os.fsencode(allowed.path)) in allowed.blobs


def _findings(
    where: Mapping[str, Found], secrets: Mapping[str, Secret], sweep: Sweep
) -> Iterator[Finding]:
    """Each secret as it came, those that HEAD holds first."""
    came: dict[Blob, list[str]] = defaultdict(list)
    for fingerprint, found in where.items():
        came[found.blob].append(fingerprint)
    findings: list[Finding] = []
    for blob, data in contents(came):
        by_path = {secrets[fingerprint].path for fingerprint in came[blob]}
        seen = {
            finding.fingerprint: finding
            for path in by_path
            for finding in reversed(sweep.findings(data, path))
        }
        for fingerprint in came[blob]:
            findings.append(replace(seen[fingerprint], commit=where[fingerprint].origin.commit))
    findings.sort(key=lambda each: (not where[each.fingerprint].origin.at_head, each.location))
    yield from findings


def _skipped(read: _Read, known: Paths) -> Iterator[Skipped]:
    """Each path once, however many of its versions were not looked at."""
    for reason, blobs in read.skipped.items():
        for path in sorted(
            {name for blob in blobs for name in names(blob, known.of.get(blob, ()))}
        ):
            yield Skipped(path, reason)
    for path in sorted(set(map(os.fsdecode, known.missing.values()))):
        yield Skipped(path, SkipReason.MISSING)


def _incomplete(here: Objects, known: Paths) -> Iterator[str]:
    if here.damaged:
        objects = "1 object" if here.damaged == 1 else f"{here.damaged} objects"
        yield f"git cannot read {objects} (git fsck)"
    if git.run("rev-parse", "--is-shallow-repository").strip() == b"true":
        yield "this clone is shallow: older commits are not here (git fetch --unshallow)"
    if known.problem:
        yield f"not every commit can be followed, so names of files are missing ({known.problem})"
