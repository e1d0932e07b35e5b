"""However it is made fast, a history holds what its contents hold when each is scanned whole."""

import os
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hooks.examples import EXAMPLES
from tests.hooks.history.histories import Made, content_of, grow, make
from tests.hooks.planted import aws_key, password, private_key
from tests.hooks.repository import git
from warden_hooks.history.remembered import NoMemory, Remembered
from warden_hooks.history.scan import scan_history
from warden_hooks.history.sweep import Rules
from warden_hooks.scan import ScanResult, scan_source
from warden_hooks.source import Content, SourceFile, read_source

_FILLER = [f"line {number} of a text that says nothing\n" for number in range(300)]
_KEY = private_key(lines=30).splitlines(keepends=True)
_LINES = [
    *(example.text + "\n" for example in EXAMPLES),
    *(
        f'KEY = "{aws_key(seed)}"  # changewarden: ignore[aws-access-key] a test\n'
        for seed in (1, 2)
    ),
    *("# changewarden: ignore-next-line[aws-access-key] a test\n", "password =\n", "\n\n\n"),
    *(f'    "{password(3)}"\n', f"password: {password(4)}\n", f'PASSWORD = "{password(5)}"\n'),
    *("'''\n", '"""\n', "x" * 5000 + "\n", f'a;{"b;" * 3000}k="{aws_key(9)}"\n', "é\n", "\r\n"),
    *("".join(_KEY), *_KEY[:3], *_KEY[-2:], "name: db_password\nvalue: \n"),
]
_PATHS = ["a.py", "b.yaml", ".env", "c.txt", "tests/a.py"]
_OTHERS = [b"", b"\0binary", b"caf\xe9 " + aws_key(7).encode(), b"\xef\xbb\xbfk = 1\n"]
_OTHERS += ["é = 1\n".encode("utf-16"), f"k = '{aws_key(8)}'\n".encode("utf-16")]


@st.composite
def histories(draw: st.DrawFn) -> list[Made]:
    """Files of some thousand bytes of which each commit changes a few lines, or more."""
    now: dict[str, list[str]] = {}
    commits: list[Made] = []
    for _ in range(draw(st.integers(1, 8))):
        files: dict[str, bytes | None] = {}
        for path in draw(st.lists(st.sampled_from(_PATHS), min_size=1, max_size=2, unique=True)):
            if path not in now:
                source = draw(st.sampled_from([None, *now]))
                start = draw(st.integers(0, 100))
                now[path] = [*now[source]] if source else _FILLER[start : start + 150]
            what = draw(st.sampled_from(["edit"] * 8 + ["remove", "other"]))
            if what == "edit":
                _edit(draw, now[path])
                files[path] = "".join(now[path]).encode()
            else:
                del now[path]
                files[path] = None if what == "remove" else draw(st.sampled_from(_OTHERS))
        branch = draw(st.sampled_from(["main", "main", "main", "side"])) if commits else "main"
        commits.append(Made(files, branch=branch))
    return commits


def _edit(draw: st.DrawFn, lines: list[str]) -> None:
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(lines)))
        removed = draw(st.sampled_from([0, 0, 0, 1, 2, 40]))
        added = draw(st.lists(st.sampled_from(_LINES), max_size=2))
        lines[place : place + removed] = added


def expected(folder: Path, rules: Rules) -> dict[str, set[str]]:
    """The contents that hold each secret, by fingerprint."""
    holding: dict[str, set[str]] = defaultdict(set)
    seen: set[tuple[str, str]] = set()
    for commit in git(folder, "rev-list", "--all").split():
        for entry in filter(None, git(folder, "ls-tree", "-r", "-z", commit).split("\0")):
            described, _, path = entry.partition("\t")
            blob = described.split()[2]
            if (path, blob) in seen:
                continue
            seen.add((path, blob))
            data = content_of(folder, blob)
            source = read_source(path, Content(data, len(data)), 5_000_000)
            if isinstance(source, SourceFile):
                result = scan_source(source, rules.engine, b"for tests", rules.least)
                for finding in result.findings:
                    holding[finding.fingerprint].add(blob)
    return holding


def scan_in(folder: Path, rules: Rules, memory: Remembered | NoMemory) -> ScanResult:
    before = Path.cwd()
    os.chdir(folder)
    try:
        return scan_history(rules, memory, 5_000_000)
    finally:
        os.chdir(before)


def comparable(result: ScanResult) -> object:
    """All of it but what says how it was made."""
    assert result.history
    return (
        result.findings,
        result.skipped,
        result.files,
        result.size,
        result.allowed,
        result.history.origins,
        result.history.blobs,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("histories")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.integers(0, 8))
def test_every_content_is_as_if_scanned_whole_and_what_is_remembered_changes_nothing(
    place: Path, rules: Rules, commits: list[Made], known: int
) -> None:
    with tempfile.TemporaryDirectory(dir=place) as name:
        folder = make(Path(name, "r"), commits[:known])
        fresh = ScanResult()
        for more in ([], [], commits[known:], []):
            grow(folder, more, known)
            memory = Remembered(str(Path(name, "memory")), b"rules")
            fresh = scan_in(folder, rules, NoMemory())
            assert comparable(scan_in(folder, rules, memory)) == comparable(fresh)
        _assert_right(fresh, expected(folder, rules))


def _assert_right(result: ScanResult, holding: dict[str, set[str]]) -> None:
    assert result.history
    counts = {name: origin.contents for name, origin in result.history.origins.items()}
    allowed_at_head = holding.keys() - counts.keys()
    wanted = {name: len(blobs) for name, blobs in holding.items() if name not in allowed_at_head}
    assert counts == wanted
    assert len(allowed_at_head) <= result.allowed
