"""Offsets into a text and into its UTF-8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warden_hooks.secrets import windows
from warden_hooks.secrets.windows import Characters


def every_offset(text: str) -> None:
    data = text.encode()
    characters = Characters(data)
    offset = 0
    for place, character in enumerate(text):
        assert characters.byte(place) == offset
        for inside in range(len(character.encode())):
            assert characters.at(offset + inside) == place
        offset += len(character.encode())
    assert characters.at(len(data)) == len(text)
    assert characters.byte(len(text)) == len(data)


@given(st.text(max_size=60), st.integers(1, 9))
def test_every_character_is_where_it_begins(text: str, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "_BLOCK", block)
        every_offset(text)


@pytest.mark.parametrize("text", ["", "x" * 4096, "x" * 4095 + "é", "日本" * 4000, "a😀" * 3000])
def test_blocks_may_end_anywhere(text: str) -> None:
    every_offset(text)


def test_a_stretch_has_two_ends() -> None:
    assert Characters("aé日b".encode()).span(1, 6) == (1, 3)
