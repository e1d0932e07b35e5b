"""UTF-16 and UTF-32: read as text wherever a file comes from, and told from what is binary."""

import random
from pathlib import Path

import pytest

from tests.hooks.planted import github_token
from tests.hooks.reports import Report
from tests.hooks.repository import commit, git, stage, write
from warden_hooks import wide
from warden_hooks.source import Content, Skipped, SkipReason, SourceFile, read_source

TEXT = "Zeile 1\r\nkey = 'é日😀'\r\n\r\nend\n"


def marked(text: str, encoding: str) -> bytes:
    return ("\ufeff" + text).encode(encoding)


def read(data: bytes, added: tuple[range, ...] | None = None) -> SourceFile | Skipped:
    return read_source("f", Content(data, len(data)), 1_000_000, added)


def text_of(data: bytes) -> str:
    source = read(data)
    assert isinstance(source, SourceFile)
    assert source.is_utf8, "nothing about it is in doubt"
    return source.text


ENCODINGS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [TEXT, "", "x", TEXT * 2_000], ids=len)
def test_what_a_mark_says_is_so(encoding: str, text: str) -> None:
    assert text_of(marked(text, encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["password = 'x'\r\n", "voilà = 1\n" * 9, "x = 1\n" * 3_000], ids=len
)
def test_without_a_mark_every_other_zero_says_it(encoding: str, text: str) -> None:
    assert text_of(text.encode(encoding)) == text


def test_other_letters_may_follow() -> None:
    assert text_of(("x" * 4_000 + "日本").encode("utf-16-le")) == "x" * 4_000 + "日本"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_half_a_character_at_the_end_is_no_reason_not_to_read_the_rest(encoding: str) -> None:
    assert text_of(marked(TEXT, encoding) + b"\x41")[: len(TEXT)] == TEXT
    assert text_of(marked("x" * 9_000, encoding)[:-1])[:8_000] == "x" * 8_000


def numbers(seed: int, width: int) -> bytes:
    return b"".join(
        random.Random(seed * 1_000 + place).randrange(200).to_bytes(width, "little")
        for place in range(99)
    )


BINARY = {
    "marked, and random": b"\xff\xfe" + random.Random(1).randbytes(8_000),
    "marked the other way round, and random": b"\xfe\xff" + random.Random(2).randbytes(8_000),
    "marked, and numbers": b"\xff\xfe" + numbers(1, 2),
    "marked as UTF-32, and no characters": b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 20,
    "numbers of two bytes": numbers(2, 2),
    "numbers of four bytes": numbers(3, 4),
    "sound": random.Random(4).randbytes(8_000),
    "zeros": bytes(8_000),
    "a few bytes": "a".encode("utf-16-le"),
    "UTF-32 without a mark": TEXT.encode("utf-32-le"),
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_what_is_binary_is_not_taken_for_text(data: bytes) -> None:
    assert read(data) == Skipped("f", SkipReason.BINARY)


def test_added_lines_count_where_git_counts_them_alike() -> None:
    added = (range(2, 3),)
    lines = "one\ntwo\nthree of it\n"
    source = read(lines.encode("utf-16-le"), added)
    assert isinstance(source, SourceFile)
    assert source.added == added
    # U+0A41 is a letter with a byte that is a line feed of ASCII.
    source = read(marked("one ੁ\ntwo\n", "utf-16-le"), added)
    assert isinstance(source, SourceFile)
    assert source.added is None


def test_utf8_is_none_of_these() -> None:
    for text in ("", "x", TEXT, "\ufeff" + TEXT, "\x00" * 3, "ÿþ"):
        assert wide.encoding(text.encode()[:8_000]) == ""


SECRET = f"# Ünïcödé\r\n$token = '{github_token()}'\r\n"


@pytest.mark.parametrize("data", [marked(SECRET, "utf-16-le"), SECRET.encode("utf-16-be")])
def test_a_secret_in_it_is_found_on_disk_and_in_the_index(
    repository: Path, report: Report, data: bytes
) -> None:
    write(repository, "a.ps1", data)
    write(repository, "long.ps1", marked("# nothing\r\n" * 9_000 + SECRET, "utf-16-le"))
    found = report()["findings"]
    assert [(item["path"], item["line"], item["column"]) for item in found] == [
        ("a.ps1", 2, 11),
        ("long.ps1", 9_002, 11),
    ]
    stage(repository, "a.ps1", "old\r\n".encode("utf-16"))
    commit(repository)
    stage(repository, "a.ps1", data)
    found = report("--staged")["findings"]
    assert [(item["path"], item["line"], item["column"]) for item in found] == [("a.ps1", 2, 11)]
    git(repository, "commit", "--quiet", "-m", "x")
    found = report("--from-ref", "HEAD~1")["findings"]
    assert [(item["path"], item["line"]) for item in found] == [("a.ps1", 2)]
