"""Which texts there are: as the engines see it, and every case of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warden_policies.glob_syntax import Kind
from warden_policies.prove.texts.classes import classes_of
from warden_policies.prove.texts.machine import Machine
from warden_policies.prove.texts.patterns import (
    Attribute,
    GlobPattern,
    PartPattern,
    Pattern,
    RegexPattern,
)
from warden_policies.prove.texts.regex_syntax import parse_regex
from warden_policies.prove.texts.syntax import NotFollowed

atoms = st.sampled_from(
    ["a", "b", "K", ".", "[ab]", "[^a]", r"\w", r"\s", r"\.", r"\b", "^", "$", "(?i:k)", "(?:ab)"]
)
regexes = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}"])).map(
            lambda both: f"(?:{both[0]}){both[1]}"
        ),
    ),
    max_leaves=6,
)
globs = st.sampled_from(["**", "a/**", "**/b", "*.md", "a/*/b", "a?", "[!a]*", "a/**/b"])
texts = st.text("abkK \n.-_\u212a", max_size=6)
paths = st.lists(st.text("ab.-", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


def found(patterns: list[Pattern], text: str) -> list[bool]:
    """What the machine says of each pattern."""
    machine = Machine([pattern.tree() for pattern in patterns])
    state = machine.start
    for character in text:
        state = machine.step(state, character)
    return [at in machine.matched(state) for at in range(len(patterns))]


@settings(deadline=None, max_examples=300)
@given(st.lists(regexes.map(RegexPattern), min_size=1, max_size=3), texts)
def test_regular_expressions_are_followed_as_re2_reads_them(
    patterns: list[Pattern], text: str
) -> None:
    assert found(patterns, text) == [pattern.matches(text) for pattern in patterns]


@given(st.lists(globs, min_size=1, max_size=3), paths)
def test_globs_are_followed_as_they_are_matched(written: list[str], path: str) -> None:
    patterns: list[Pattern] = [GlobPattern(text, Kind.PATH) for text in written]

    assert found(patterns, path) == [pattern.matches(path) for pattern in patterns]


@settings(deadline=None, max_examples=60)
@given(st.lists(regexes, min_size=1, max_size=3, unique=True), texts)
def test_every_text_is_of_a_case(written: list[str], text: str) -> None:
    known = classes_of(Attribute.COMMENT, [RegexPattern(each) for each in written])

    matched = {pattern for pattern in known.patterns if pattern.matches(text)}
    assert known.gaps or matched in [row.matched for row in known.rows]
    for row in known.rows:
        assert row.matched == {each for each in known.patterns if each.matches(row.text)}


@pytest.mark.parametrize("written", [r"\pL", r"[\D]", "(?i)ä", r"\C"])
def test_what_is_not_understood_is_refused(written: str) -> None:
    with pytest.raises(NotFollowed):
        parse_regex(written)


@pytest.mark.parametrize("written", [r"\pL", "(?:(?:a{1,10}b){1,10}c){1,10}" * 3])
def test_what_is_not_followed_leaves_a_gap(written: str) -> None:
    known = classes_of(Attribute.TITLE, [RegexPattern(written), RegexPattern("^fix")])

    (gap,) = known.gaps
    assert gap.startswith("a pattern has what is not followed: ")
    assert any(RegexPattern("^fix") in row.matched for row in known.rows)


def test_too_many_patterns_leave_a_gap() -> None:
    patterns = [PartPattern(f"{one}{other}") for one in "abcdefgh" for other in "ijklmnop"]

    known = classes_of(Attribute.COMMENT, patterns)

    assert known.gaps == ("64 patterns are too many (a comment)",)
    assert frozenset({PartPattern("ai")}) in [row.matched for row in known.rows]
