"""The command around the engine: slower, and the same findings."""

from pathlib import Path

import pytest

from tests.hooks.patterns.code import BAD, GOOD, WARNED, WARNED_PATH, WHOLE_SEMGREP, core
from tests.hooks.reports import Report
from tests.hooks.repository import stage
from tests.hooks.systems import linux
from warden_hooks.errors import EngineError
from warden_hooks.patterns import command, find, our_files, self_test
from warden_hooks.patterns.command import Command
from warden_hooks.patterns.core import Answer, Core
from warden_hooks.patterns.engine import PatternEngine, Subject
from warden_hooks.patterns.pack import ours
from warden_hooks.patterns.scan import blob_name
from warden_hooks.suppress import is_nosemgrep

FEWEST = 40
EVERY = {True: 2, False: 5}
"""The command takes a tenth of a second for each rule: one of two bad ones, of five good ones."""


@pytest.fixture(scope="module")
def whole() -> Command:
    """The full installation, in an environment of its own: `make test` sets it up."""
    assert WHOLE_SEMGREP.exists(), "make test installs it"
    return Command(str(WHOLE_SEMGREP))


@linux
def test_the_command_answers_as_the_engine_does(whole: Command) -> None:
    self_test.run(whole, whole.program, None)
    assert whole.version() == find.PINNED


def subjects() -> list[Subject]:
    """A bad or a good example of most rules, under names of their own."""
    chosen: dict[tuple[str, bool], Subject] = {}
    for number, rule in enumerate(our_files.rules()):
        for case in our_files.examples(rule):
            if number % EVERY[case.is_bad]:
                continue
            folder = f"{case.rule}/{'bad' if case.is_bad else 'good'}"
            path = case.path if rule.examples.get("path") else f"{folder}/{case.path}"
            data = case.text.encode()
            chosen.setdefault((case.rule, case.is_bad), Subject(path, blob_name(data), data))
    return [*chosen.values()]


@linux
@pytest.mark.timeout(400)
def test_both_find_the_same_in_the_same_files(whole: Command) -> None:
    rules, files = ours()[1], subjects()
    by_core = PatternEngine(rules, core, None).look(files)
    by_command = PatternEngine(rules, lambda: whole, None).look(files)
    for subject, one, other in zip(files, by_core, by_command, strict=True):
        assert _places(one.hits) == _places(other.hits), subject.path
        assert bool(one.troubles) == bool(other.troubles), subject.path
    assert sum(bool(one.hits) for one in by_core) >= FEWEST


def _places(hits: object) -> set[object]:
    assert isinstance(hits, tuple)
    return {(hit.rule, hit.start, hit.end, hit.ignored) for hit in hits}


@linux
def test_where_the_engine_fails_the_command_is_asked(
    repository: Path,
    report: Report,
    whole: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty-cache"))
    monkeypatch.setattr(command, "found", lambda _: whole)

    def broken(*_: object, **__: object) -> Answer:
        raise EngineError("semgrep-core ended with 2")

    monkeypatch.setattr(Core, "look", broken)
    stage(repository, "app.py", BAD)
    stage(repository, "good.py", GOOD)
    stage(repository, WARNED_PATH, WARNED)
    stage(repository, "tool", f"#!/usr/bin/env python3\n{BAD}")
    found = report("--staged", "--only=patterns")
    assert found["code"] == 1
    assert {item["path"] for item in found["findings"]} == {"app.py", "tool", WARNED_PATH}


@pytest.mark.parametrize(
    ("line", "previous", "says"),
    [
        ("x  # nosemgrep", "", True),
        ("x  // nosem", "", True),
        ("x  # nosemgrep: rule", "", True),
        ("x  # nosemgrep: other, rule", "", True),
        ("x  # nosemgrep: other", "", False),
        ("x  # nosemgrepping", "", False),
        ("x  nosemgrep", "", False),
        ("x", "# nosemgrep", True),
        ("x", "  // nosemgrep: rule", True),
        ("x", "y  # nosemgrep", False),
        ("x", "", False),
    ],
)
def test_semgreps_comment_is_read_as_the_engine_reads_it(
    line: str, previous: str, says: bool
) -> None:
    assert is_nosemgrep(line, previous, "rule") is says
