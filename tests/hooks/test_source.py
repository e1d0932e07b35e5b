"""Decoding, limits and lines."""

import pytest

from warden_hooks.source import (
    Content,
    LineIndex,
    Skipped,
    SkipReason,
    SourceFile,
    read_source,
)

LIMIT = 10_000


def read(data: bytes, size: int | None = None) -> SourceFile | Skipped:
    return read_source("f", Content(data, len(data) if size is None else size), LIMIT)


@pytest.mark.parametrize(
    ("data", "text", "is_utf8"),
    [
        pytest.param(b"", "", True, id="empty"),
        pytest.param("né".encode(), "né", True, id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfa", "a", True, id="a byte order mark takes no column"),
        pytest.param(b"caf\xe9", "café", False, id="Latin-1"),
        pytest.param("é\r\n".encode("utf-16"), "é\r\n", True, id="UTF-16, as PowerShell writes"),
        pytest.param(b"\xfe\xff\x00a", "a", True, id="UTF-16, the other way round"),
        pytest.param(b"x" * 8_000 + b"\0", "x" * 8_000 + "\0", True, id="a late NUL"),
        pytest.param(b"x" * LIMIT, "x" * LIMIT, True, id="exactly the limit"),
    ],
)
def test_text_is_decoded(data: bytes, text: str, is_utf8: bool) -> None:
    source = read(data)
    assert isinstance(source, SourceFile)
    assert (source.text, source.is_utf8, source.size) == (text, is_utf8, len(data))


@pytest.mark.parametrize(
    ("data", "size", "reason"),
    [
        pytest.param(b"a\0b", None, SkipReason.BINARY, id="NUL"),
        pytest.param("a".encode("utf-16-le"), None, SkipReason.BINARY, id="UTF-16, not marked"),
        pytest.param("a".encode("utf-16"), LIMIT + 1, SkipReason.TOO_LARGE, id="large UTF-16"),
        pytest.param(b"a", LIMIT + 1, SkipReason.TOO_LARGE, id="too large"),
        pytest.param(b"\0", LIMIT + 1, SkipReason.BINARY, id="a large picture is a picture"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, size: int | None, reason: SkipReason) -> None:
    assert read(data, size) == Skipped("f", reason)


def test_the_text_is_in_no_repr() -> None:
    assert "hidden" not in repr(read(b"hidden"))
    assert "hidden" not in repr(Content(b"hidden", 6))


@pytest.mark.parametrize(
    ("added", "lines", "counts"),
    [
        pytest.param(None, (5, 5), True, id="every line"),
        pytest.param((), (5, 5), False, id="no line"),
        pytest.param((range(5, 6),), (5, 5), True, id="this line"),
        pytest.param((range(1, 5), range(6, 9)), (5, 5), False, id="the lines around it"),
        pytest.param((range(7, 8),), (5, 9), True, id="a line in the middle"),
        pytest.param((range(1, 5), range(10, 12)), (5, 9), False, id="before and after"),
        pytest.param((range(1, 5), range(10, 12)), (4, 4), True, id="the last of the first"),
        pytest.param((range(1, 5), range(10, 12)), (1, 99), True, id="all of them"),
    ],
)
def test_a_match_counts_when_it_touches_an_added_line(
    added: tuple[range, ...] | None, lines: tuple[int, int], counts: bool
) -> None:
    assert SourceFile("f", "", 0, added).counts(*lines) is counts


def test_lines_and_columns_count_characters_from_one() -> None:
    text = "日本\n\r\n\nx"
    index = LineIndex(text)
    assert [index.position(offset) for offset in range(len(text))] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 1),
        (2, 2),
        (3, 1),
        (4, 1),
    ]
    assert [text[slice(*index.bounds(line))] for line in (1, 2, 3, 4)] == ["日本", "\r", "", "x"]
