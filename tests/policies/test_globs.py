"""What globs match, that they are refused where they would surprise, and that they are quick."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policies.plain_globs import matches, path_globs, texts, title_globs
from warden_policies.codec import INVALID, read
from warden_policies.glob_syntax import Kind
from warden_policies.globs import BranchGlobs, Globs, TitleGlobs, matcher
from warden_policies.problem import Problems

MATCHING = {
    "docs/**": ("docs/a.md", "docs/a/b.md", "docs"),
    "**/*.sql": ("a.sql", "db/a.sql", "db/x/a.sql", "db/.sql", "line\nbreak/a.sql"),
    "a/**/b": ("a/b", "a/x/b", "a/x/y/b"),
    "**/b/**": ("b", "a/b", "b/c", "a/b/c"),
    "**": ("a", "a/b/c", "\n"),
    "*": ("a", ".a", "é\n"),
    "src/*/test_?.py": ("src/x/test_1.py", "src/é/test_é.py"),
    "[a-c]x[!0-9]": ("axb", "cx-", "bx\n"),
    "[[]id].js": ("[id].js",),
    "a*b*c": ("abc", "abbcc", "a-b-c-b-c"),
    "a*a": ("aa", "aba"),
    "**/a/b/**/a/*": ("a/b/a/x", "a/a/b/a/b/a/b"),
}
NOT_MATCHING = {
    "docs/**": ("docs.md", "a/docs/b", "Docs/a"),
    "**/*.sql": ("a.sql/b", "asql", "a.SQL"),
    "a/**/b": ("ab", "a/xb", "xa/b", "a/b/c"),
    "**/b/**": ("ab", "a/bc"),
    "*": ("a/b",),
    "src/*/test_?.py": ("src/test_1.py", "src/x/y/test_1.py", "src/x/test_12.py"),
    "[a-c]x[!0-9]": ("dxb", "ax1", "ax/", "ax"),
    "a*b*c": ("acb", "abcd", "xabc"),
    "a*a": ("a", "ab"),
    "**/a/b/**/a/*": ("a/b/x", "b/a/x", "a/b/a"),
}


@pytest.mark.parametrize(
    ("glob", "text"), [(glob, text) for glob, each in MATCHING.items() for text in each]
)
def test_matches(glob: str, text: str) -> None:
    assert matcher((glob,))(text)
    assert matches(glob, text, Kind.PATH)


@pytest.mark.parametrize(
    ("glob", "text"), [(glob, text) for glob, each in NOT_MATCHING.items() for text in each]
)
def test_does_not_match(glob: str, text: str) -> None:
    assert not matcher((glob,))(text)
    assert not matches(glob, text, Kind.PATH)


@given(path_globs, texts)
def test_the_fast_way_agrees_with_the_definition(glob: str, text: str) -> None:
    assert bool(matcher((glob,))(text)) == matches(glob, text, Kind.PATH)


@given(title_globs, texts)
def test_so_it_does_where_a_slash_is_a_character_like_any_other(glob: str, text: str) -> None:
    assert bool(matcher((glob,), Kind.TITLE)(text)) == matches(glob, text, Kind.TITLE)


@pytest.mark.parametrize("length", range(1, 6))
def test_short_texts_leave_no_gap(length: int) -> None:
    globs = ("a*/**", "**/a*", "a/**/a", "*a*a", "**/a/**/aa/**", "a?/*", "*")
    for text in map("".join, product("a/b", repeat=length)):
        for glob in globs:
            assert bool(matcher((glob,))(text)) == matches(glob, text, Kind.PATH), (glob, text)


@given(st.lists(path_globs, min_size=1), st.lists(path_globs), texts)
def test_a_list_matches_what_one_does_and_no_exception(
    wanted: list[str], unwanted: list[str], text: str
) -> None:
    expected = any(matches(glob, text, Kind.PATH) for glob in wanted) and not any(
        matches(glob, text, Kind.PATH) for glob in unwanted
    )

    globs = (*wanted, *(f"!{glob}" for glob in unwanted))
    assert bool(matcher(globs)(text)) == expected


HOSTILE = [
    ("*a" * 30 + "*b", "a" * 500_000),
    ("?*" * 30 + "b", "a" * 500_000),
    ("**/a/" * 12 + "**/b", "a/" * 250_000 + "a"),
    ("**/*a*/*a*/*a*/**/*a*/b", "aa/" * 150_000 + "a"),
    ("*[!b]" * 20 + "b", "a" * 500_000),
    ("**/" + "*/" * 20 + "b", "/" * 500_000),
    ("**/*x/**/*x/**/*x/**/y", "x/" * 250_000),
]


@pytest.mark.parametrize(("glob", "text"), HOSTILE)
def test_no_glob_is_slow_on_any_text(glob: str, text: str) -> None:
    """Were the time to grow with the square of the text, none of these would end in an hour."""
    assert not matcher((glob,))(text)


REFUSED = {
    "": "a glob must not be empty: ** means every path",
    "!": "a glob must not be empty: ** means every path",
    "/docs/**": "no path begins with /: write 'docs/**'",
    "docs/": "no path ends with /: write 'docs/**' for all in it",
    "docs/**/": "no path ends with /: write 'docs/**' for all in it",
    "docs//a": "no path has // in it: write 'docs/a'",
    "./docs": "no path has a segment '.' or '..': write it from the root on",
    "a/../b": "no path has a segment '.' or '..': write it from the root on",
    "/": "no path is like this: ** means every path",
    "**.md": "** stands for whole segments: write '**/*.md', or * within a segment",
    "src/a**": "** stands for whole segments: write 'a*/**', or * within a segment",
    "a**b": "** stands for whole segments: write 'a*/**/*b', or * within a segment",
    "***": "** stands for whole segments: write '**', or * within a segment",
    "[ab": "the [ is not closed: write [[] for the character itself, and no [...] has / in it",
    "[a/b]": "the [ is not closed: write [[] for the character itself, and no [...] has / in it",
    "[]": "'[]' names no character",
    "[!]": "'[!]' names no character",
    "[^ab]": "write '[!ab]' for all other characters",
    "[z-a]": "write 'a-z': a range goes upwards",
    "docs\n": "a character that cannot be seen: write ? in its place",
    "a\u202e.py": "a character that cannot be seen: write ? in its place",
    "a\0": "a character that cannot be seen: write ? in its place",
}


def problems(kind: object, value: object) -> list[str]:
    found = Problems()
    result = read(kind, value, (), found)
    assert (result is INVALID) == bool(found.all())
    return [str(problem) for problem in found.all()]


@pytest.mark.parametrize(("glob", "message"), REFUSED.items())
def test_refused_with_what_to_write_instead(glob: str, message: str) -> None:
    assert problems(Globs, ["a", glob]) == [f"[1]: {message}"]


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (Globs, [], "must not be empty"),
        (Globs, ["a", "a"], "[1]: the same entry stands further up already"),
        (Globs, ["!a", "!b"], "only says what does not match: add '**' for every path"),
        (BranchGlobs, ["!a"], "only says what does not match: add '**' for every branch"),
        (TitleGlobs, ["!a"], "only says what does not match: add '*' for every title"),
        (TitleGlobs, ["a**"], "[0]: ** in a title is no more than *: write *"),
        (TitleGlobs, ["[a"], "[0]: the [ is not closed: write [[] for the character itself"),
        (BranchGlobs, ["main/"], "[0]: no branch ends with /: write 'main/**' for all in it"),
        (Globs, [7], "[0]: expected text, got the number 7; put it in quotes"),
    ],
)
def test_refused_lists(kind: object, value: object, message: str) -> None:
    assert problems(kind, value) == [message]


def test_a_title_is_one_run_of_text() -> None:
    globs = ("fix: *", "/*[!/]", "a//b")

    assert problems(TitleGlobs, [*globs]) == []
    assert matcher(globs, Kind.TITLE)("fix: charge a/b once")
    assert not matcher(("fix: *",))("fix: charge a/b once")
