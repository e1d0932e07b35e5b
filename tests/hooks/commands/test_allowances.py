"""`changewarden allowances`: what is listed, what the linter objects to, what sorting repairs."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.hooks.allowances.builders import TODAY, digits, entry, file_of, finding
from tests.hooks.planted import aws_key, password
from tests.hooks.repository import git, stage, write
from warden_hooks.allowances.entry import Entry
from warden_hooks.allowances.file import PATH, allowances, entry_line, render
from warden_hooks.allowances.live import load
from warden_hooks.allowances.lookup import Look, Seen, look_at_files
from warden_hooks.allowances.review import State, review
from warden_hooks.cli import main
from warden_hooks.report.allowances import as_json, as_text

GOLDEN = Path(__file__).parents[2] / "golden"
KEY = bytes(range(32))


def looked(*numbers: int, unread: frozenset[str] = frozenset()) -> Look:
    return Look(tuple(Seen(finding(number), "") for number in numbers), unread)


REVIEWED = review(
    file_of(
        entry(1, days=30),
        entry(2, days=0),
        entry(3, days=-1, reason="a token of the sandbox, worthless"),
        entry(4, days=-9),
        entry(5, days=9, owner="bob\u200d@example.org"),
        entry(6, path="secret/app.py", days=1),
    ),
    looked(1, 2, 3, 4, unread=frozenset({"secret/app.py"})),
    TODAY,
    {digits(1): TODAY - timedelta(days=12), digits(2): TODAY, digits(3): date(2026, 11, 22)},
)


def test_what_has_become_of_each_entry() -> None:
    assert {item.entry.fingerprint: item.state for item in REVIEWED} == {
        digits(1): State.LIVE,
        digits(2): State.LIVE,
        digits(3): State.EXPIRED,
        digits(4): State.LAPSED,
        digits(5): State.STALE,
        digits(6): State.UNKNOWN,
    }


def test_an_entry_that_lies_about_its_path_is_stale() -> None:
    (item,) = review(file_of(entry(1, path="other.py")), looked(1), TODAY, {})
    assert item.state is State.STALE


def test_an_entry_for_the_history_is_not_missed_in_its_file() -> None:
    entries = (entry(1, history=True), entry(2, days=-1, history=True))
    reviewed = review(file_of(*entries), looked(), TODAY, {})
    assert [item.state for item in reviewed] == [State.LIVE, State.EXPIRED]
    lines = as_text(reviewed[:1], 2, TODAY).splitlines()
    assert lines[-1] == "  in commits alone, whatever the file holds now"


def test_the_list_is_as_agreed() -> None:
    assert as_text(REVIEWED, 6, TODAY) + "\n" == (GOLDEN / "allowances.txt").read_text("utf-8")
    assert as_text(REVIEWED[:1], 6, TODAY).startswith(f"1 of 6 allowances in {PATH}\n")


def test_programs_are_told_the_same() -> None:
    document = json.loads(as_json(REVIEWED[:1], TODAY))
    assert document == {
        "schema": "changewarden.allowances/v1",
        "allowances": [
            {
                "id": "url-password-000001",
                "fingerprint": digits(1),
                "rule": "url-password",
                "path": "app/settings.py",
                "reason": "the password of the container in CI",
                "owner": "ana@example.org",
                "added": "2026-11-11",
                "expires": "2026-12-23",
                "days_left": 30,
                "state": "live",
                "history": False,
            }
        ],
    }


def today() -> date:
    return datetime.now(UTC).date()


def allow(folder: Path, *days: int, extra: tuple[Entry, ...] = ()) -> list[Entry]:
    """Write a file that allows the findings in the folder for so many days each."""
    found = look_at_files([str(folder)], KEY).findings
    entries = [
        Entry(
            item.fingerprint,
            item.rule,
            item.location.path,
            "a token of the sandbox, worthless",
            "ana@example.org",
            today() + timedelta(days=number),
        )
        for item, number in zip(found, days, strict=True)
    ]
    write(folder, PATH, render(allowances(KEY, [*entries, *extra])))
    return entries


def test_without_a_file_there_is_nothing_to_list(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["allowances"]) == 0
    assert capsys.readouterr().out == f"no {PATH} here\n"
    assert main(["allowances", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["allowances"] == []
    assert main(["allowances", "--check"]) == 0


def test_the_age_is_that_of_the_commit_that_added_the_line(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, "a.py", f"db_password = '{password(1)}'\n")
    first = allow(repository, 20)
    git(repository, "add", ".")
    day = today() - timedelta(days=12)
    git(repository, "commit", "-q", "-m", "One", GIT_AUTHOR_DATE=f"{day}T12:00:00Z")
    write(repository, "b.py", f"db_password = '{password(2)}'\n")
    allow(repository, 20, 40)
    (repository / "below").mkdir()
    monkeypatch.chdir(repository / "below")
    assert main(["allowances", "--format", "json"]) == 0
    items = json.loads(capsys.readouterr().out)["allowances"]
    assert [item["added"] for item in items] == [day.isoformat(), None]
    assert items[0]["fingerprint"] == first[0].fingerprint
    assert main(["allowances", "--expiring", "30"]) == 0
    output = capsys.readouterr().out
    assert output.startswith("1 of 2 allowances in ")
    assert "allowed 12 days ago by ana@example.org, expires" in output


def test_the_linter_is_content(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "a.py", f"db_password = '{password(1)}'\n")
    allow(repository, 20)
    assert main(["allowances", "--check"]) == 0
    assert capsys.readouterr().out == "1 allowance in order\n"


@pytest.mark.parametrize(
    ("days", "problem"),
    [(-1, "expired "), (-9, ", blocks since "), (31, "than the 30 days its rule permits")],
)
def test_the_linter_names_the_line(
    repository: Path, capsys: pytest.CaptureFixture[str], days: int, problem: str
) -> None:
    write(repository, "a.py", f"k = '{aws_key()}'\n")
    (written,) = allow(repository, days)
    assert main(["allowances", "--check"]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"{PATH}:4: {written.id} ")
    assert problem in error
    assert error.endswith("put it right with: changewarden triage\n")


def test_the_linter_objects_to_what_matches_nothing_and_to_what_is_there_twice(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = Entry(digits(1), "jwt-token", "gone.py", "a token of RFC 7519", "ana", today())
    write(repository, PATH, render(allowances(KEY, [gone])))
    line = entry_line(gone)
    doubled = (repository / PATH).read_text("utf-8").replace(line, f"{line}\n{line}")
    write(repository, PATH, doubled)
    assert main(["allowances", "--check"]) == 1
    assert capsys.readouterr().err == (
        f"{PATH}:5: jwt-token-000001 is stale: its secret is not in its file any more\n"
        f"{PATH}:5: jwt-token-000001 stands there 2 times; "
        "changewarden allowances --sort keeps one\n"
        "put it right with: changewarden triage\n"
    )
    assert main(["allowances", "--sort"]) == 0
    assert (repository / PATH).read_bytes() == render(allowances(KEY, [gone]))


def test_a_file_that_is_not_sorted_stops_all_but_the_sorting(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (
        Entry(digits(number), "jwt-token", "gone.py", "a token of RFC 7519", "ana", today())
        for number in (1, 2)
    )
    good = render(allowances(KEY, [first, second]))
    lines = [entry_line(item) for item in (first, second)]
    write(repository, PATH, good.decode().replace("\n".join(lines), "\n".join(lines[::-1])))
    for arguments in (["allowances"], ["allowances", "--check"], ["triage"]):
        assert main(arguments) == 2
        assert f"{PATH}:5: not sorted by fingerprint" in capsys.readouterr().err
    assert main(["allowances", "--sort"]) == 0
    assert capsys.readouterr().out == f"{PATH}: sorted; next: git add {PATH}\n"
    assert (repository / PATH).read_bytes() == good


def test_sorting_repairs_nothing_else(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allowances", "--sort"]) == 2
    write(repository, PATH, "by hand\n")
    assert main(["allowances", "--sort"]) == 2
    assert (repository / PATH).read_text("utf-8") == "by hand\n"
    assert f"{PATH}:1: the first line" in capsys.readouterr().err


def test_a_path_that_is_no_text_is_found_again(repository: Path) -> None:
    stage(repository, "caf\udce9.py", f"db_password = '{password()}'\n")
    found = look_at_files([str(repository)], KEY).findings
    item = Entry(
        found[0].fingerprint, found[0].rule, "caf\\xe9.py", "a token of RFC 7519", "ana", today()
    )
    stage(repository, PATH, render(allowances(KEY, [item])))
    assert main(["allowances", "--check"]) == 0
    assert main(["scan", "--staged"]) == 0
    assert load(str(repository), today()) == allowances(KEY, [item])


def test_the_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allowances", "--help"]) == 0
    assert "--expiring 14" in capsys.readouterr().out
