"""CODEOWNERS as GitHub documents it, and what it skips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policies.plain_globs import paths
from warden_policies.actors import Actors
from warden_policies.code_owners import MAX_CHARACTERS, TooLarge, parse_code_owners

DOCUMENTED = """\
# Who is asked for a review.
*                       @ana @acme/core

*.js                    @bob    # a comment at the end
*.go                    docs@example.org
/build/logs/            @carl
docs/*                  @dina
apps/                   @eve
/docs/                  @acme/writers
/scripts/               @bob @acme/tools
**/logs                 @carl
/apps/github
/my\\ files/a?b.txt     @dina
"""


def owners(text: str, path: str) -> str:
    rule = parse_code_owners(text).of(path)
    if rule is None:
        return "no line"
    names = [f"@{name}" for name in (*rule.owners.people, *rule.owners.teams)]
    return " ".join([*names, *rule.addresses]) or "nobody"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README", "@ana @acme/core"),
        ("src/deep/down/a.py", "@ana @acme/core"),
        ("a.js", "@bob"),
        ("src/a.js", "@bob"),
        ("src/a.go", "docs@example.org"),
        ("build/logs/x", "@carl"),
        ("build/logs/2026/x", "@carl"),
        ("build/logs", "@carl"),
        ("src/build/logs/x", "@carl"),
        ("docs/a.md", "@acme/writers"),
        ("docs/deep/a.md", "@acme/writers"),
        ("src/docs/a.md", "@ana @acme/core"),
        ("apps/x", "@eve"),
        ("src/apps/x/y", "@eve"),
        ("src/apps", "@ana @acme/core"),
        ("apps/github", "nobody"),
        ("apps/github/x", "nobody"),
        ("apps/github2", "@eve"),
        ("scripts/x", "@bob @acme/tools"),
        ("scripts/logs/x", "@carl"),
        ("my files/a-b.txt", "@dina"),
        ("my files/a/b.txt", "@ana @acme/core"),
        ("A.JS", "@ana @acme/core"),
    ],
)
def test_the_last_line_that_matches_decides(path: str, expected: str) -> None:
    assert owners(DOCUMENTED, path) == expected


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("docs/*", ["docs/a"], ["docs/a/b", "x/docs/a", "docs"]),
        ("docs/", ["docs/a", "x/docs/a/b"], ["docs", "docs2/a"]),
        ("/docs/", ["docs/a", "docs/a/b"], ["docs", "x/docs/a"]),
        ("/docs", ["docs", "docs/a/b"], ["x/docs", "docs2"]),
        ("docs", ["docs", "x/docs", "x/docs/a/b"], ["docs2"]),
        ("docs/api", ["docs/api", "docs/api/a"], ["x/docs/api"]),
        ("docs/**", ["docs/a", "docs/a/b"], ["docs", "x/docs/a"]),
        ("docs/**/a", ["docs/a", "docs/x/y/a", "docs/a/b"], ["docs/b"]),
        ("docs/**/", ["docs/a", "docs/a/b"], ["docs"]),
        ("*", ["a", "a/b/c"], []),
        ("**", ["a", "a/b/c"], []),
        ("/*", ["a"], ["a/b"]),
        ("*.tar.*", ["x/a.tar.gz", "a.tar.d/x"], ["a.tar"]),
        ("a**b", ["ab", "a-b", "x/a--b"], ["a/b"]),
        ("\\*", ["*", "x/*"], ["a"]),
    ],
)
def test_a_pattern(pattern: str, matching: list[str], others: list[str]) -> None:
    text = f"{pattern} @bob"
    assert parse_code_owners(text).skipped == ()
    assert [path for path in matching if owners(text, path) != "@bob"] == []
    assert [path for path in others if owners(text, path) != "no line"] == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("!a @bob", "a pattern cannot be negated with !"),
        ("\\#a @bob", "a pattern cannot begin with #, not even after \\"),
        ("a[0-9] @bob", "a pattern cannot have [ or ]"),
        ("a//b @bob", "'a//b' has an empty segment"),
        ("/ @bob", "'/' has an empty segment"),
        ("a bob", "'bob' is no owner such as @bob or @acme/payments"),
        ("a @bob @", "'@' is no owner such as @bob or @acme/payments"),
        ("a @bob#7", "'@bob#7' is no owner such as @bob or @acme/payments"),
        ("a @acme/a/b", "'@acme/a/b' is no owner such as @bob or @acme/payments"),
        ("a @evil\u202e", "'@evil�' is no owner such as @bob or @acme/payments"),
    ],
)
def test_a_line_that_github_skips_is_skipped_and_named(line: str, why: str) -> None:
    found = parse_code_owners(f"* @ana\n{line}\n")

    assert found.skipped == (f"CODEOWNERS line 2: {why}",)
    assert [rule.pattern for rule in found.rules] == ["*"]


def test_an_empty_file_gives_nothing_to_anybody() -> None:
    found = parse_code_owners("\n  \n# nothing\n")

    assert (found.rules, found.skipped) == ((), ())
    assert found.of("a") is None


def test_the_line_is_known_and_windows_line_ends_do_not_matter() -> None:
    rule = parse_code_owners("# who\r\n\r\n*.py @bob x@example.org\r\n").of("a.py")

    assert rule
    assert (rule.line, rule.pattern) == (3, "*.py")
    assert (rule.owners, rule.addresses) == (Actors(people=("bob",)), ("x@example.org",))


def test_a_file_that_github_does_not_load_is_not_read() -> None:
    with pytest.raises(TooLarge, match="CODEOWNERS has more than 3000000 characters"):
        parse_code_owners("#" * (MAX_CHARACTERS + 1))


PATTERNS = st.lists(
    st.sampled_from(["a", "b", "*", "**", "a*", "?", ".", "*a"]), min_size=1, max_size=3
).map("/".join)


@given(st.lists(st.tuples(PATTERNS, st.sampled_from(["", "/"]), st.sampled_from(["", "/"]))), paths)
def test_looking_for_all_at_once_finds_the_last_of_those_that_match_alone(
    parts: list[tuple[str, str, str]], path: str
) -> None:
    lines = [f"{start}{pattern}{end} @bob" for pattern, start, end in parts]
    alone = [number for number, line in enumerate(lines, 1) if owners(line, path) == "@bob"]

    rule = parse_code_owners("\n".join(lines)).of(path)

    assert (rule.line if rule else None) == (alone[-1] if alone else None)
