"""What makes a change risky: each reason, its points, and their sum."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANA, BOB, ROBOT, change, commit, signed_by
from warden_policies.example import file
from warden_policies.model import Change, FileChange
from warden_policies.risk import Tier, risk_of
from warden_policies.risk_weights import PATH_WEIGHTS

TEST = "tests/test_a.txt"


def factors(*paths: str, **fields: Any) -> list[str]:
    of = change(files=tuple(map(file, paths)), **{"additions": 0, "deletions": 0} | fields)
    return [str(factor) for factor in risk_of(of).factors]


@pytest.mark.parametrize(
    ("path", "points", "name"),
    [
        ("src/auth/login.rb", 20, "authentication, cryptography or payments"),
        ("src/PaymentService.java", 20, "authentication, cryptography or payments"),
        ("lib/OAuthToken.kt", 20, "authentication, cryptography or payments"),
        ("lib/refund_charge.sql.erb", 20, "authentication, cryptography or payments"),
        (".github/workflows/ci.yml", 15, "infrastructure, build or workflow"),
        ("deploy/Dockerfile", 15, "infrastructure, build or workflow"),
        ("infra/main.tf", 15, "infrastructure, build or workflow"),
        ("charts/app/values.yaml", 15, "infrastructure, build or workflow"),
        ("db/migrations/0007_fee.rb", 15, "database migration"),
        ("schema/fee.SQL", 15, "database migration"),
        ("web/package.json", 10, "dependencies"),
        ("Cargo.lock", 10, "dependencies"),
        (".github/CODEOWNERS", 40, "policy or code owners"),
        ("policies/floor.yml", 40, "policy or code owners"),
        (".github/changewarden.yml", 40, "policy or code owners"),
    ],
)
def test_a_path_of_some_sort(path: str, points: int, name: str) -> None:
    assert f"+{points} {name}: {path}" in factors(path, TEST)


@pytest.mark.parametrize(
    "path", ["AUTHORS", "docs/authoring.md", "src/keyboard.txt", "a/payload.x"]
)
def test_a_word_within_another_is_no_word(path: str) -> None:
    assert factors(path, TEST) == []


@pytest.mark.parametrize(
    ("lines", "points"), [(0, 0), (1, 0), (2, 1), (15, 3), (16, 4), (40_000, 15), (10**9, 15)]
)
def test_size_counts_once_for_each_doubling(lines: int, points: int) -> None:
    expected = [f"+{points} size: {lines} lines"] if points else []

    assert factors("a.txt", additions=lines) == expected


def test_code_without_its_tests() -> None:
    assert factors("a.py", "b.md") == ["+5 code without a change to its tests: a.py"]
    for test in ("tests/a.txt", "a_test.go", "AThingTest.java", "spec/a.rb"):
        assert factors("a.py", test) == []
    assert factors("README.md") == []


def test_dependencies_count_for_each_folder_and_at_most_twice() -> None:
    assert factors("package.json", "package-lock.json") == [
        "+10 dependencies: package.json, package-lock.json"
    ]
    many = ("a/go.mod", "b/go.mod", "c/go.mod")
    assert factors(*many) == ["+20 dependencies: a/go.mod, b/go.mod and 1 more"]


def test_what_agents_wrote_counts_when_it_is_most_of_it() -> None:
    by_agent = replace(commit(ANA), operators=(signed_by(BOB),))

    assert factors("a.md", commits=(by_agent, commit(ROBOT), commit(ANA))) == [
        "+10 written mostly by agents: 2 of 3 commits"
    ]
    assert factors("a.md", commits=(by_agent, commit(ANA))) == []
    assert factors("a.md", commits=()) == []


def test_a_moved_file_counts_where_it_was() -> None:
    moved = file("a.txt", FileChange.RENAMED, previous_path="auth/a.txt")
    found = risk_of(change(files=(moved,)))

    assert "authentication, cryptography or payments" in [factor.name for factor in found.factors]


@pytest.mark.parametrize(
    ("score", "tier"),
    [(0, "low"), (19, "low"), (20, "medium"), (49, "medium"), (50, "high"), (79, "high"),
     (80, "critical"), (100, "critical")],
)  # fmt: skip
def test_tiers(score: int, tier: str) -> None:
    assert max((each for each in Tier if score >= each.least), key=lambda each: each.least) == tier


SORTS = ("auth/a.py", "ci/Dockerfile", "CODEOWNERS", "m.sql", "a/go.mod", "b/go.mod", "a.md", TEST)


@given(st.sets(st.sampled_from(SORTS)), st.integers(0, 10**6), st.sampled_from(SORTS[:-1]))
def test_the_score_is_the_sum_and_touching_more_never_lowers_it(
    paths: set[str], lines: int, more: str
) -> None:
    def scored(touched: set[str]) -> Change:
        return change(files=tuple(map(file, sorted(touched))), additions=lines)

    found = risk_of(scored(paths))
    assert found.score == min(100, sum(factor.points for factor in found.factors))
    assert risk_of(scored(paths | {more})).score >= found.score


def test_the_table_is_in_lower_case_as_it_says() -> None:
    for weight in PATH_WEIGHTS:
        for text in (*weight.words, *weight.globs):
            assert text == text.lower()
