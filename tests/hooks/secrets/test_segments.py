"""Long lines are cut so that nothing is lost; short ones are not touched."""

import pytest

from warden_hooks.secrets.segments import OVERLAP, WINDOW, lines_touched, segments


@pytest.mark.parametrize("text", ["", "a", "a\nb\n", "x" * WINDOW + "\n" + "y" * WINDOW])
def test_text_with_short_lines_is_one_segment(text: str) -> None:
    assert list(segments(text)) == [(0, text)]


@pytest.mark.parametrize("length", [WINDOW + 1, WINDOW + OVERLAP, 3 * WINDOW, 5 * WINDOW + 7])
def test_a_long_line_is_cut_and_every_stretch_of_the_overlap_is_whole_somewhere(
    length: int,
) -> None:
    text = f"before\n\n{'x' * length}\nafter\nlast"
    pieces = list(segments(text))
    assert all(text[offset : offset + len(piece)] == piece for offset, piece in pieces)
    assert all(len(line) <= WINDOW for _, piece in pieces for line in piece.split("\n"))
    for start in range(8, 8 + length - OVERLAP + 1, 97):
        stop = start + OVERLAP
        assert any(offset <= start and stop <= offset + len(piece) for offset, piece in pieces)
    for line in ("before", "after", "last"):
        assert any(line in piece.split("\n") for _, piece in pieces)


@pytest.mark.parametrize(
    ("start", "end", "lines"),
    [
        pytest.param(0, 1, ["ab"], id="inside one line"),
        pytest.param(1, 4, ["ab", "cd"], id="across a line feed"),
        pytest.param(1, 3, ["ab", "cd"], id="the line feed eaten: the next line may match too"),
        pytest.param(6, 8, ["", "ef"], id="an empty line"),
        pytest.param(7, 9, ["ef"], id="the last line"),
    ],
)
def test_a_match_marks_every_line_it_touches(start: int, end: int, lines: list[str]) -> None:
    text = "ab\ncd\n\nef"
    assert [text[slice(*bounds)] for bounds in lines_touched(text, start, end)] == lines
