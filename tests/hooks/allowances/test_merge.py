"""Merging two branches' allowances: the same from both sides, and never by accident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hooks.allowances.builders import entry, file_of
from warden_hooks.allowances.entry import Entry
from warden_hooks.allowances.file import Allowances, allowances
from warden_hooks.allowances.merge import Merged, merge

A, B, C = entry(1), entry(2), entry(3)
SHORT, LONG = entry(1, days=10), entry(1, days=20)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged", "notes"),
    [
        pytest.param([A], [A], [A], [A], 0, id="no change"),
        pytest.param([], [A], [B], [A, B], 0, id="each added one"),
        pytest.param([A], [A, B], [A, C], [A, B, C], 0, id="each added one to others"),
        pytest.param([A, B], [A], [A, B], [A], 0, id="one removed one"),
        pytest.param([A, B], [A], [B], [], 0, id="each removed one"),
        pytest.param([A], [A], [LONG], [LONG], 0, id="one renewed"),
        pytest.param([A], [SHORT], [LONG], [SHORT], 1, id="both changed one"),
        pytest.param([], [SHORT], [LONG], [SHORT], 1, id="both added the same one"),
        pytest.param([A], [], [LONG], [], 1, id="one removed what the other renewed"),
    ],
)
def test_three_ways(
    base: list[Entry], ours: list[Entry], theirs: list[Entry], merged: list[Entry], notes: int
) -> None:
    result = merge(file_of(*base), file_of(*ours), file_of(*theirs))
    assert result.file == file_of(*merged)
    assert (len(result.notes), result.lost) == (notes, ())
    assert merge(file_of(*base), file_of(*theirs), file_of(*ours)) == result


def test_a_conflict_says_which_version_won() -> None:
    result = merge(None, file_of(SHORT), file_of(entry(1, days=20, owner="bob@example.org")))
    assert result.notes == (
        "url-password-000001: changed on both sides; kept the one that expires 2026-12-03 "
        "(owner ana@example.org); dropped the one that expires 2026-12-13 (owner bob@example.org)",
    )


OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"p" * 32


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        pytest.param(
            file_of(A, key=OLD),
            file_of(A, B, key=OLD),
            file_of(C, key=NEW),
            Merged(file_of(C, key=NEW), lost=(B,)),
            id="a new key on one side",
        ),
        pytest.param(
            None,
            file_of(A, key=OLD),
            file_of(B, key=NEW),
            Merged(file_of(B, key=NEW), lost=(A,)),
            id="each made the file",
        ),
        pytest.param(
            file_of(A, key=OTHER),
            file_of(B, key=OLD),
            file_of(C, key=NEW),
            Merged(file_of(C, key=NEW), lost=(B,)),
            id="each made a new key",
        ),
        pytest.param(
            file_of(A, key=OLD),
            file_of(B, key=NEW),
            file_of(C, key=NEW),
            Merged(file_of(B, C, key=NEW)),
            id="the same new key on both",
        ),
    ],
)
def test_entries_of_another_key_are_named_as_lost(
    base: Allowances | None, ours: Allowances, theirs: Allowances, merged: Merged
) -> None:
    assert merge(base, ours, theirs) == merged
    assert merge(base, theirs, ours) == merged


FILES = st.builds(
    allowances,
    st.sampled_from([OLD, NEW, OTHER]),
    st.lists(
        st.builds(entry, st.integers(0, 5), days=st.integers(1, 3), owner=st.sampled_from("ab")),
        max_size=8,
    ),
)


@given(st.none() | FILES, FILES, FILES)
def test_it_does_not_matter_which_side_is_ours(
    base: Allowances | None, ours: Allowances, theirs: Allowances
) -> None:
    assert merge(base, ours, theirs) == merge(base, theirs, ours)


@given(st.none() | FILES, FILES)
def test_merging_what_is_the_same_changes_nothing(
    base: Allowances | None, side: Allowances
) -> None:
    assert merge(base, side, side) == Merged(side)


@given(FILES, FILES)
def test_merging_what_is_merged_changes_nothing(base: Allowances, side: Allowances) -> None:
    assert merge(base, base, side) == Merged(side)
    merged = merge(base, base, side).file
    assert merge(base, merged, side).file == merged


@given(st.none() | FILES, FILES, FILES)
def test_nothing_is_allowed_that_neither_side_allows(
    base: Allowances | None, ours: Allowances, theirs: Allowances
) -> None:
    for name, kept in merge(base, ours, theirs).file.entries.items():
        assert kept in (ours.entries.get(name), theirs.entries.get(name))
