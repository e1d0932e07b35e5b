"""Regular expressions and the globs that they become match the same, or it is said that not."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warden_policies.glob_syntax import Kind
from warden_policies.globs import matcher
from warden_policies.regex import first_found
from warden_policies.translation.patterns import all_of, globs_of


@pytest.mark.parametrize(
    ("pattern", "globs"),
    [
        (r"^docs/", ("docs/**/*",)),
        (r"^\.github/", (".github/**/*",)),
        (r"^.github/", ("?github/**/*",)),
        (r"\.md$", ("**/*.md",)),
        (r"README", ("**/*README*/**",)),
        (r"^src/.*\.py$", ("src/**/*.py",)),
        (r"^src/[^/]+\.py$", ("src/?*.py",)),
        (r"^go\.(mod|sum)$", ("go.mod", "go.sum")),
        (r"^docs?/a$", ("doc/a", "docs/a")),
        (r"^foo.*bar$", ("foo*bar", "foo*/**/*bar")),
        (r"^main$|^release/", ("main", "release/**/*")),
        (r"^v\d{1,2}$", ("v[0-9]", "v[0-9][0-9]")),
        (r"^what\?\*\[x\]$", ("what[?][*][[]x]",)),
        (r".*", ("**",)),
        (r"", ("**",)),
        (r"^/absolute", ()),
    ],
)
def test_what_globs_can_say_is_said_exactly(pattern: str, globs: tuple[str, ...]) -> None:
    translated = globs_of(pattern, Kind.PATH)

    assert translated.wider == globs
    assert translated.exact


@pytest.mark.parametrize(
    ("pattern", "globs"),
    [
        (r"WIP", ("*WIP*",)),
        (r"^\[WIP\]", ("[[]WIP]*",)),
        (r"^(feat|fix)(\(.+\))?: ", ("feat: *", "feat(?*): *", "fix: *", "fix(?*): *")),
    ],
)
def test_in_a_title_a_slash_is_a_character_like_any_other(
    pattern: str, globs: tuple[str, ...]
) -> None:
    assert globs_of(pattern, Kind.TITLE).wider == globs
    assert globs_of(pattern, Kind.TITLE).exact


def test_a_repetition_is_only_told_wider() -> None:
    translated = globs_of(r"^release/[0-9]+$", Kind.BRANCH)

    assert (translated.wider, translated.narrower) == (("release/[0-9]*/**",), ())


@pytest.mark.parametrize(
    "pattern",
    ["(?i)wip", r"\bfoo\b", r"^\pL", "a(?!b)", "x**", "^!important", "[[:alpha:]]", r"[^\]]",
     "a{99}", "(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)", "x" * 2000, "(", "[", "a|*"],
)  # fmt: skip
def test_what_is_not_known_is_not_translated(pattern: str) -> None:
    translated = globs_of(pattern, Kind.PATH)

    assert (translated.wider, translated.narrower) == (None, None)


def test_several_patterns_are_as_exact_as_all_of_them() -> None:
    both = all_of((r"^docs/", r"^v[0-9]+$"), Kind.PATH)

    assert both.wider == ("docs/**/*", "v[0-9]*/**")
    assert both.narrower == ("docs/**/*",)
    assert all_of((r"^docs/", r"\bx"), Kind.PATH).wider is None
    assert all_of((r"^docs/", r"\bx"), Kind.PATH).narrower == ("docs/**/*",)


atoms = st.sampled_from(
    ["a", "b", "/", r"\.", ".", "[ab]", "[^a]", "[^/]", r"\d", "1", ".*", "[^/]*", "[^/]+", "a+",
     "b?", "(a|b/)", "(?:a|)", "a{1,2}", ".+", r"\*", r"\?"]
)  # fmt: skip
branches = st.tuples(
    st.sampled_from(["", "^"]), st.lists(atoms, max_size=5).map("".join), st.sampled_from(["", "$"])
).map("".join)
patterns = st.lists(branches, min_size=1, max_size=2).map("|".join)
segments = st.text(st.sampled_from("ab.1*?"), min_size=1, max_size=3)
paths = st.lists(segments, min_size=1, max_size=4).map("/".join)


def is_found(globs: tuple[str, ...] | None, text: str, kind: Kind) -> bool:
    return bool(globs) and bool(matcher(globs or (), kind)(text))


@settings(max_examples=600, deadline=None)
@given(patterns, paths, st.sampled_from([Kind.PATH, Kind.TITLE]))
@example("[^/][^a]$", "b/.", Kind.TITLE)
@example("^a.*/b$", "a/b", Kind.PATH)
@example("a/.*", "a", Kind.PATH)
@example(".+/", "a/b", Kind.PATH)
def test_the_globs_stand_around_what_the_expression_finds(
    pattern: str, text: str, kind: Kind
) -> None:
    translated = globs_of(pattern, kind)
    found = first_found((pattern,), text) is not None

    if translated.wider is not None:
        assert is_found(translated.wider, text, kind) or not found
    if translated.narrower is not None:
        assert found or not is_found(translated.narrower, text, kind)
