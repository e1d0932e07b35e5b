"""What an allowance does on which day, and to which finding."""

import pytest

from tests.hooks.allowances.builders import TODAY, entry, file_of, finding
from warden_hooks.allowances.apply import apply


@pytest.mark.parametrize(
    ("days", "allowed", "warned", "lapsed"),
    [
        pytest.param(365, True, False, False, id="long before its end"),
        pytest.param(0, True, False, False, id="on its last day"),
        pytest.param(-1, True, True, False, id="the day after"),
        pytest.param(-7, True, True, False, id="the last day of grace"),
        pytest.param(-8, False, False, True, id="after the days of grace"),
        pytest.param(-400, False, False, True, id="long after"),
    ],
)
def test_the_day_decides(*, days: int, allowed: bool, warned: bool, lapsed: bool) -> None:
    result = apply([finding()], file_of(entry(days=days)), TODAY)
    assert result.allowed == ((finding(),) if allowed else ())
    assert result.open == (() if allowed else (finding(),))
    assert [item.owner for item in result.expired] == ["ana@example.org"] * warned
    assert [item.entry.owner for item in result.lapsed] == ["ana@example.org"] * lapsed


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(finding(2), id="another secret"),
        pytest.param(finding(1, rule="jwt-token"), id="an entry that names another rule"),
        pytest.param(finding(1, path="other.py"), id="an entry that names another path"),
    ],
)
def test_nothing_else_is_allowed(other: object) -> None:
    assert apply([other], file_of(entry()), TODAY).open == (other,)  # type: ignore[list-item]


def test_one_entry_allows_a_secret_wherever_it_stands_in_its_file() -> None:
    result = apply([finding(1), finding(2), finding(1)], file_of(entry(1, days=-1)), TODAY)
    assert len(result.allowed) == 2
    assert len(result.expired) == 1
    assert result.open == (finding(2),)


def test_without_entries_all_stay_open() -> None:
    assert apply([finding()], file_of(), TODAY).open == (finding(),)
