"""A regex for bytes matches the UTF-8 of what the regex for text matches, up to the same end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warden_hooks.secrets.in_bytes import in_bytes

REGEXES = [
    (r"token[\s:=]{1,3}(\w{4,6})\b", 0),
    (r"[MNO][a-z\d_-]{3,5}\.[^.\s]{2}\.x+?", re.IGNORECASE),
    (r"(['\"])(?:key|kiss).*?\1", re.IGNORECASE),
    (r"(?<!a)b(?=c).", re.DOTALL),
    (r"(?:|[=:])\d{2,}ø?[é-ü]", 0),
    (r"^\W\D\S[^k]k?$", re.IGNORECASE | re.MULTILINE),
    ("""a [ ]  # what a is
        b{2}""", re.VERBOSE),
]  # fmt: skip
TEXT = st.lists(
    st.sampled_from([
        *("token", "=", ": ", "N", "abc", "0", ".", "x", "key", "KISS", "'", '"', "k", "K", "a bb"),
        *("b", "c", "\n", "ø", "é", "ü", "\u017f", "\u212a", "\u0130", "\u0131", "\x1c", "\u2028"),
        *("12", "٣٤", "😀", "s", "i", "-", "_", "!"),
    ]),
    max_size=9,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(("regex", "flags"), REGEXES)
@given(text=TEXT)
def test_whatever_the_text_it_ends_where_the_other_ends(regex: str, flags: int, text: str) -> None:
    written = re.compile(in_bytes(regex, flags), flags & re.IGNORECASE)
    for match in re.finditer(regex, text, flags):
        end = len(text[: match.end()].encode())
        data = text.encode()
        assert any(written.fullmatch(data, start, end) for start in range(end + 1))


@pytest.mark.parametrize(
    ("regex", "flags", "written"),
    [
        (r"\bab\.c", 0, rb"ab\.c"),
        (r"x{3,9}y", 0, rb"xy"),
        (r"ask", re.IGNORECASE, rb"a(?:s|\xc5\xbf)(?:k|\xe2\x84\xaa)"),
    ],
)
def test_it_reads_like_the_other(regex: str, flags: int, written: bytes) -> None:
    assert in_bytes(regex, flags) == written


@pytest.mark.parametrize("regex", ["a(?i:b)", "(a)(?(1)b|c)"])
def test_what_is_not_known_is_refused_and_not_guessed(regex: str) -> None:
    with pytest.raises(ValueError, match="not known"):
        in_bytes(regex, 0)
