"""What is decoded, what is left alone, and where it came from."""

import base64
import json
import random
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hooks.planted import BASE64, HEXADECIMAL, characters
from tests.hooks.secrets.layers.encoded import (
    ENCODINGS,
    Encode,
    decoded,
    in_base64,
    in_escapes,
    in_lines,
    pieces,
)
from warden_hooks.secrets.layers import decode
from warden_hooks.secrets.layers.piece import Piece

TEXT = "user=ana\nThis_text was put away and there is=something more, so that it is long\n"


@pytest.mark.parametrize(("layer", "encode"), ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("around", ["{}", "x = '{}'", "<a>{}</a>", 'é = "{}"\nx\n'], ids=ascii)
def test_text_is_found_whatever_it_is_encoded_in(layer: str, encode: Encode, around: str) -> None:
    found = decoded(around.replace("{}", encode(TEXT)), layer)
    assert any(TEXT[:-1] in text for text in found)


OTHERS = {
    "UTF-8": ("Das war schon immer das Übliche: größer, schöner.", in_base64),
    "a byte order mark": ("\ufeffand then a text that goes on", in_base64),
    "what is no text at the end": (
        "a text that goes on for quite some time",
        lambda text: base64.b64encode(text.encode() + b"\x00\xff\xfe").decode(),
    ),
}


@pytest.mark.parametrize(("text", "encode"), OTHERS.values(), ids=OTHERS)
def test_not_only_ascii_is_text(text: str, encode: Encode) -> None:
    (found,) = decoded(encode(text), "base64")
    assert found.startswith(text.removeprefix("\ufeff"))


def test_a_run_of_base64_is_read_to_its_end_and_no_further() -> None:
    (found,) = decoded(f'"{in_base64(TEXT * 3000)}", "{characters(BASE64, 90)}"', "base64")
    assert found == TEXT * 3000


def test_lines_are_one_text_as_long_as_they_are_as_wide() -> None:
    wrapped = in_lines(TEXT * 5)
    assert decoded(wrapped, "base64") == [TEXT * 5]
    assert decoded(wrapped.replace("\n", "\r\n"), "base64") == [TEXT * 5]
    apart = in_base64("The first text, which is longer than a line of it usually is") + "\n"
    assert len(decoded(apart + in_base64(TEXT), "base64")) == 2


ESCAPED = {
    r"\"token\": \"abcdefgh12\"": '"token": "abcdefgh12"',
    r"x\nabcdefgh12": "x\nabcdefgh12",
    r"x\tabcdefgh12\\": "x\tabcdefgh12\\",
    r"abcdefgh1234\/abcdefgh1234": "abcdefgh1234/abcdefgh1234",
    r"=\u0022abcdefgh12\U0000007C\x7c": '="abcdefgh12||',
    r"\u0022abcdefgh12 \ud83d\ude00 \u00e9": '"abcdefgh12 😀 é',
    r"\nabcdefgh12 \ud83d \ude00x \uD83Dx": "\nabcdefgh12 ? ?x ?x",
    r"\nabcdefgh12 \w \u12 \U99999999 \x0": "\nabcdefgh12 " + r"\w \u12 \U99999999 \x0",
    r"https:\/\/a:b@c.d": "https://a:b@c.d",
}


@pytest.mark.parametrize(("written", "meant"), ESCAPED.items())
def test_an_escape_means_what_it_means_in_json_or_in_a_program(written: str, meant: str) -> None:
    assert decoded(written, "escapes") == [meant]


PERCENTS = {
    "https://a.b/?c=d%3Dbc": "https://a.b/?c=d=bc",
    "%E2%82%AC%20and%20%31": "€ and 1",
    "%FF%41andsomemore": "?Aandsomemore",
    "one.hundred100%41%": "one.hundred100A%",
    "%4%41%zzand%somemore": "%4A%zzand%somemore",
}


@pytest.mark.parametrize(("written", "meant"), PERCENTS.items())
def test_a_percent_means_the_byte_behind_it(written: str, meant: str) -> None:
    assert decoded(f'x = "{written}"', "percent") == [meant]
    assert decoded('printf("%2d-%3d")', "percent") == []


JOINED = (
    *('"ab" + "cd"', "'ab'+'cd'", '"ab" . "cd"', "'ab'.'cd'", '"ab" & "cd"', '"ab" .. "cd"'),
    *('"ab" || "cd"', '"ab" <> "cd"', '"ab" ++ "cd"', '"ab" ~ "cd"', '"ab" ^ "cd"', '"ab" "cd"'),
    *("\"ab\" + 'cd'", "`ab` + `cd`", 'b"ab" b"cd"', '"ab" + r"cd"', '"a" + "b" + "c" + "d"'),
)


@pytest.mark.parametrize("written", JOINED)
def test_strings_are_joined_as_in_many_languages(written: str) -> None:
    (found,) = decoded(f"é; x = f({written}); y", "concatenation")
    assert "abcd" in found
    assert found.startswith("é; x = f(")
    assert found.endswith("); y")


@pytest.mark.parametrize("written", ['"ab", "cd"', '"ab" + x + "cd"', '"ab": "cd"', "it's 'x'"])
def test_other_strings_stay_apart(written: str) -> None:
    assert decoded(written, "concatenation") == []


ORDINARY = {
    "subresource integrity": f'integrity="sha512-{characters(BASE64, 86)}=="',
    "a picture": "url(data:image/png;base64,"
    + base64.b64encode(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(3000)).decode(),
    "a drawing": f"url(data:image/svg+xml;base64,{in_base64('<svg xmlns=x>' + TEXT)}",
    "a drawing with percents": f"url(data:image/svg+xml,%3Csvg%20xmlns={TEXT[:4]}%3E)",
    "digests": "\n".join(characters(HEXADECIMAL, 64, seed) for seed in range(99)),
    "UUIDs": "\n".join(str(UUID(int=random.Random(seed).getrandbits(128))) for seed in range(99)),
    "names": "ThisIsTheLongestNameThatAnybodyEverGaveTo/some/path/to-some-module/in_a_folder",
    "a certificate": "\n".join(f"MIID{characters(BASE64, 60, seed)}" for seed in range(40)),
    "zeros": "A" * 400 + "\n" + "0" * 400 + "\n" + "3" * 400,
    "formats": 'printf("%2d %3d %5.1f%%\\n", a, b, c);',
    "line ends": 'print("Hello there\\n" + name + "\\n\\tgood bye\\n");',
    "regular expressions": r"re.compile('^\\s*\\w+\\d\\b(?:[^\\n]|\\.)*$')",
    "Windows paths": r"C:\new\temp\file.txt",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_what_hides_no_text_is_left_alone(text: str) -> None:
    assert [piece.layer for piece in pieces(text)] == []


def test_a_vault_is_not_opened() -> None:
    """Its lines are hexadecimal of hexadecimal, and encrypted below that."""
    hidden = b"\n".join([random.Random(1).randbytes(90).hex().encode()] * 3).hex()
    lines = [hidden[place : place + 80] for place in range(0, len(hidden), 80)]
    assert list(pieces("$ANSIBLE_VAULT;1.1;AES256\n" + "\n".join(lines))) == []


@pytest.mark.parametrize("begin", ["age-encryption.org/v1\n-> X25519 ", "Salted__abcdefghijklmnop"])
def test_what_says_that_it_is_encrypted_is_not_read(begin: str) -> None:
    assert decoded(in_base64(begin + characters(BASE64, 60)), "base64") == []


def at(text: str, piece: Piece, part: str) -> str:
    """What stands in the text for a part of the piece."""
    start = piece.data.index(part.encode())
    first, end = piece.outward(start, start + len(part.encode()))
    return text.encode()[first:end].decode()


def test_what_stands_for_a_part_is_known() -> None:
    whole = "the beginning of it; the part itself; and its end"
    for encode, meaning in (
        (in_base64, base64.b64decode),
        (lambda text: text.encode().hex(), bytes.fromhex),
    ):
        text = f"é = '{encode(whole)}'"
        (piece,) = pieces(text)
        stands = at(text, piece, "the part itself")
        assert stands in encode(whole)
        assert len(stands) < len(encode(whole)) / 2
        around = text.index(stands) - text.index("'") - 1
        assert b"part itself" in meaning(encode(whole)[around - around % 4 :])[:20]


def test_of_what_is_exact_exactly_what_stands_there_is_known() -> None:
    text = r'é = "one \u0022abcdefgh12\u0022 two"'
    (piece,) = pieces(text)
    assert at(text, piece, '"abcdefgh12"') == r"\u0022abcdefgh12\u0022"
    assert at(text, piece, "abcdefgh12") == "abcdefgh12"
    text = 'é = "ab" + "cd" + "ef"'
    (piece,) = pieces(text)
    assert at(text, piece, "abcdef") == 'ab" + "cd" + "ef'
    assert at(text, piece, "cd") == "cd"


def test_parts_side_by_side_do_not_overlap_when_a_byte_lies_between() -> None:
    """So that two secrets in one text stay two findings."""
    for length in range(1, 9):
        words = ["w" * length + str(number) for number in range(9)]
        text = in_base64("a beginning of words " + " ".join(words) + " end")
        (piece,) = pieces(text)
        places = [piece.data.index(word.encode()) for word in words]
        spans = [piece.outward(place, place + length + 1) for place in places]
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_lines_of_base64_know_their_places() -> None:
    text = in_lines("0123456789 words " * 20)
    (piece,) = pieces(text)
    for place in range(0, len(piece.data) - 20, 7):
        start, end = piece.outward(place, place + 20)
        stands = text[start:end].replace("\n", "")
        assert 20 * 4 / 3 <= len(stands) <= 20 * 4 / 3 + 2


def test_a_piece_of_a_long_text_is_not_long() -> None:
    for text in (in_escapes("abcdefgh12\n" * 50_000), '"a" + ' * 200_000, "%41b" * 200_000):
        made = list(pieces(text))
        assert len(made) > 1
        assert max(len(piece.data) for piece in made) < 300_000


def test_a_budget_ends_with_what_there_was_room_for() -> None:
    budget = decode.Budget(10)
    fits = Piece("x", "é".encode() * 1_999_990, [])
    assert budget.take(fits)
    cut = Piece("x", "ééééééééééééé".encode(), [])
    assert not budget.take(cut)
    assert cut.data == "éééééééééé".encode()
    assert not budget.take(cut)
    assert cut.data == b""


@given(st.text(min_size=20, max_size=60), st.sampled_from(sorted(ENCODINGS)))
def test_whatever_the_text_every_piece_knows_its_place(text: str, name: str) -> None:
    encoded = ENCODINGS[name][1](text)
    size = len(encoded.encode())
    for piece in pieces(encoded):
        for place in range(len(piece.data)):
            start, end = piece.outward(place, place + 1)
            assert 0 <= start < end <= size
        piece.data.decode()


@given(st.binary(max_size=200).map(lambda data: data.decode("utf-8", "ignore")))
def test_nothing_is_too_odd(text: str) -> None:
    for around in (text, json.dumps(text), f'"%41{text}" + "\\nabcdefghij{text}" + "'):
        for piece in pieces(around):
            piece.data.decode()
