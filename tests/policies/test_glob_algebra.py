"""Which globs match one text: all there is, nothing else, or no answer at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policies.plain_globs import is_path, matches, path_globs, paths, texts, title_globs
from warden_policies.glob_algebra import Undecided, signatures
from warden_policies.glob_syntax import InvalidGlob, Kind


def cases(*globs: str, kind: Kind = Kind.PATH) -> dict[str, list[int]]:
    return {found.witness: sorted(found.matched) for found in signatures(globs, kind)}


def test_every_case_has_a_text_that_a_person_can_read() -> None:
    assert cases("payments/**", "**/*.md", "docs/**") == {
        "a": [],
        "docs": [2],
        "a.md": [1],
        "payments": [0],
        "docs/a.md": [1, 2],
        "payments/a.md": [0, 1],
    }


@pytest.mark.parametrize(
    ("globs", "kind", "expected"),
    [
        (("a", "A"), Kind.PATH, {"b": [], "a": [0], "A": [1]}),
        (("**", "*"), Kind.PATH, {"a": [0, 1], "a/a": [0]}),
        (("**",), Kind.PATH, {"a": [0]}),
        (("..*", "..?*"), Kind.PATH, {"a": [], "..a": [0, 1]}),
        (("[!a-zA-Z0-9]",), Kind.PATH, {"a": [], "-": [0]}),
        (("a/*/b", "a/**/b"), Kind.PATH, {"a": [], "a/b": [1], "a/a/b": [0, 1]}),
        (("main", "release/*"), Kind.BRANCH, {"a": [], "main": [0], "release/a": [1]}),
        (("a b",), Kind.BRANCH, {"a": []}),
        (("fix: *", "*/*"), Kind.TITLE, {"a": [], "/": [1], "fix: ": [0], "fix: /": [0, 1]}),
        (("[!!-~]",), Kind.TITLE, {"a": [], "¡": [0]}),
        ((), Kind.PATH, {"a": []}),
    ],
)
def test_cases(globs: tuple[str, ...], kind: Kind, expected: dict[str, list[int]]) -> None:
    assert cases(*globs, kind=kind) == expected


@given(st.lists(path_globs, max_size=4), st.lists(paths))
def test_what_is_found_is_true_and_nothing_else_is(globs: list[str], others: list[str]) -> None:
    found = signatures(globs)

    for signature in found:
        assert is_path(signature.witness)
        assert shown(globs, signature.witness, Kind.PATH) == signature.matched
    known = [signature.matched for signature in found]
    assert len({*known}) == len(known)
    for text in others:
        assert shown(globs, text, Kind.PATH) in known


@given(st.lists(title_globs, max_size=4), st.lists(texts))
def test_titles_too(globs: list[str], others: list[str]) -> None:
    found = signatures(globs, Kind.TITLE)

    for signature in found:
        assert signature.witness.isprintable()
        assert shown(globs, signature.witness, Kind.TITLE) == signature.matched
    known = [signature.matched for signature in found]
    for text in others:
        if text and text.isprintable():
            assert shown(globs, text, Kind.TITLE) in known


def shown(globs: list[str], text: str, kind: Kind) -> frozenset[int]:
    return frozenset(index for index, glob in enumerate(globs) if matches(glob, text, kind))


@settings(max_examples=20)
@given(st.lists(path_globs, min_size=1, max_size=3), st.integers(1, 30))
def test_with_too_few_states_there_is_no_answer_or_the_whole_one(
    globs: list[str], limit: int
) -> None:
    whole = signatures(globs)
    try:
        limited = signatures(globs, limit=limit)
    except Undecided:
        limited = whole
    assert limited == whole


def test_globs_that_multiply_are_undecided_and_not_waited_for() -> None:
    with pytest.raises(Undecided, match="more than 500 states"):
        signatures([f"**/*{letter}*/**" for letter in "abcdefghijklmnopqrst"], limit=500)


def test_what_is_no_glob_is_refused() -> None:
    with pytest.raises(InvalidGlob):
        signatures(["a", "/b"])
