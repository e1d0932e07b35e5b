"""Files made to be too much, and very many files: named or looked at, and never in others' way."""

from pathlib import Path

import pytest

from tests.hooks.patterns.code import BAD, RULE
from tests.hooks.reports import Report
from tests.hooks.repository import write
from warden_hooks.patterns.nesting import DEEPEST, is_too_deep

ONLY = "--only=patterns"
MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("opened", ["[", '{"key":', "f(x, ", "if x: (\n"])
def test_what_is_nested_too_deeply_is_named_and_keeps_nothing_else_from_being_looked_at(
    folder: Path, report: Report, opened: str
) -> None:
    write(folder, "deep.py", BAD + opened * (4 * MEGABYTE // len(opened)))
    write(folder, "app.py", BAD)
    found = report(ONLY, ".")
    assert found["code"] == 3
    assert [item["path"] for item in found["not_checked"]] == ["deep.py"]
    assert found["not_checked"][0]["reason"] == "nested too deeply to be parsed"
    assert {item["rule"] for item in found["findings"] if item["path"] == "app.py"} == {RULE}


def test_what_no_rule_may_match_in_is_clean_however_deep_it_is(
    folder: Path, report: Report
) -> None:
    write(folder, "deep.py", "x = " + "[\n" * 20_000 + "]\n" * 20_000)
    assert report(ONLY, ".")["code"] == 0


@pytest.mark.parametrize(
    ("text", "too_deep"),
    [
        (b"", False),
        (b"(" * DEEPEST, False),
        (b"(" * (DEEPEST + 1), True),
        (b"[{" * DEEPEST + b"}]" * DEEPEST, True),
        (b"f(x)\n" * 10 * DEEPEST, False),
        (b")" * DEEPEST + b"(" * DEEPEST, False),
        (b"x = '\xff'\n" * DEEPEST + b"{" * (DEEPEST + 1), True),
    ],
)
def test_only_brackets_that_are_open_at_once_count(text: bytes, too_deep: bool) -> None:
    assert is_too_deep(text) is too_deep


def test_lines_without_an_end_are_looked_at_or_named(folder: Path, report: Report) -> None:
    write(folder, "names.py", BAD + "x = '" + "password=;" * 100_000 + "'\n")
    write(folder, "app.py", BAD)
    found = report(ONLY, ".")
    named = {item["path"] for item in (*found["findings"], *found["not_checked"])}
    assert named == {"app.py", "names.py"}


def test_ten_thousand_files_are_all_looked_at(folder: Path, report: Report) -> None:
    bad = {7, 4_321, 9_999}
    for number in range(10_000):
        write(folder, f"{number % 100}/{number}.py", BAD if number in bad else f"x = {number}\n")
    found = report(ONLY, ".")
    assert found["not_checked"] == []
    assert {item["path"] for item in found["findings"]} == {f"{n % 100}/{n}.py" for n in bad}


def test_a_file_of_fifty_megabytes_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], report: Report
) -> None:
    write(folder, "huge.py", BAD + "x = 1\n" * (50 * MEGABYTE // 6))
    assert report(ONLY, ".")["code"] == 0
    skipped = report(ONLY, ".")["skipped"]
    assert [item["path"] for item in skipped] == ["huge.py"]
