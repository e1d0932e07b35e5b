"""Comments that allow a finding on their own line or on the next, and why some do not."""

import time

import pytest

from warden_hooks.suppress import AllowedBy, answer, comments

RULE = "url-password"


@pytest.mark.parametrize(
    ("line", "previous"),
    [
        ("k = 1  # changewarden: ignore[url-password] local container", ""),
        ("k = 1; // changewarden: ignore[url-password] local container", ""),
        ("SELECT 1 -- changewarden: ignore[url-password] local container", ""),
        ("k: 1 /* changewarden: ignore[url-password] local container */", ""),
        ("<k/> <!-- changewarden: ignore[url-password] local container -->", ""),
        ("k = 1 ; changewarden: ignore[url-password] local container", ""),
        ("k = 1 % changewarden: ignore[url-password] local container", ""),
        ("k = 1 #changewarden:ignore[url-password]: local container", ""),
        ("k = 1 # changewarden: ignore[jwt-token, url-password] local container", ""),
        ("k = 1 # noqa # changewarden: ignore[url-password] local container", ""),
        ("k = 1", "# changewarden: ignore-next-line[url-password] local container"),
        ("k = 1", "x = 2  // changewarden: ignore-next-line[url-password] local container"),
        ("k = 1  # pragma: allowlist secret", ""),
        ("k = 1  # pragma: whitelist secret", ""),
        ("k = 1  ' pragma: allowlist secret", ""),
        ("k = 1", "  -- pragma: allowlist nextline secret"),
        ("k = 1", "<!-- # pragma: allowlist-nextline-secret -->"),
        ("k = 1  # gitleaks:allow", ""),
        ('k = "1" //gitleaks:allow', ""),
    ],
)
def test_a_comment_allows(line: str, previous: str) -> None:
    assert answer(comments(AllowedBy(line, previous)), RULE)[:2] == (True, "")


@pytest.mark.parametrize(
    ("line", "previous"),
    [
        ("k = 1", ""),
        ("k = 1 changewarden: ignore[url-password] no comment", ""),
        ("k = 1", "# changewarden: ignore[url-password] meant for its own line"),
        ("# changewarden: ignore-next-line[url-password] meant for the next line", ""),
        ("k = 1 # changewarden: ignored[url-password] another word", ""),
        ("k = 1", "# pragma: allowlist secret"),
        ("k = 1", "x = 2  # pragma: allowlist nextline secret"),
        ("k = 1  # pragma: allowlist nextline secret", ""),
        ("k = 1  # pragma: allow", ""),
        ("k = 1", "# gitleaks:allow"),
        ("k = 1  # gitleaks:allowed-not", ""),
    ],
)
def test_other_text_says_nothing(line: str, previous: str) -> None:
    assert answer(comments(AllowedBy(line, previous)), RULE)[:2] == (False, "")


@pytest.mark.parametrize(
    ("comment", "remark"),
    [
        (
            "# changewarden: ignore[url-password]",
            "the comment's reason is missing; write  changewarden: ignore[url-password] REASON",
        ),
        (
            "/* changewarden: ignore[url-password] */",
            "the comment's reason is missing; write  changewarden: ignore[url-password] REASON",
        ),
        (
            "# changewarden: ignore[url-password] TODO",
            "the comment's reason does not say why; "
            "write  changewarden: ignore[url-password] REASON",
        ),
        (
            "# changewarden: ignore a local container",
            "the comment names no rule; write  changewarden: ignore[url-password] REASON",
        ),
        (
            "# changewarden: ignore[] a local container",
            "the comment names no rule; write  changewarden: ignore[url-password] REASON",
        ),
        (
            "# changewarden: ignore[jwt-token] a local container",
            "the comment ignores jwt-token, and this is url-password",
        ),
    ],
)
def test_a_comment_that_does_not_allow_says_why(comment: str, remark: str) -> None:
    assert answer(comments(AllowedBy(f"k = 1  {comment}", "")), RULE)[:2] == (False, remark)


def test_of_two_comments_the_one_that_fits_counts() -> None:
    found = comments(
        AllowedBy(
            "k = 1  # changewarden: ignore[jwt-token] another thing",
            "# changewarden: ignore-next-line[url-password] local container",
        )
    )
    assert answer(found, RULE).allowed
    assert answer(found, "jwt-token").allowed
    assert not answer(found, "npm-token").allowed


@pytest.mark.parametrize("piece", ["#", "# ", "-- ", "#\t", "# changewarden: ignore[", "<!--", " "])
def test_a_long_line_takes_time_in_proportion(piece: str) -> None:
    line = "changewarden pragma" + piece * (1_000_000 // len(piece))
    started = time.process_time()
    comments(AllowedBy(line, line))
    assert time.process_time() - started < 3
