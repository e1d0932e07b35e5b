"""Which lines of a file are new, by what they say and not by where they stand."""

import pytest

from warden_hooks.new_lines import new_lines


@pytest.mark.parametrize(
    ("text", "before", "lines"),
    [
        pytest.param("a\nb\n", (), (range(1, 4),), id="a new file"),
        pytest.param("a\nB\nc\nd\n", ("a\nb\nc\n",), (range(2, 3), range(4, 5)), id="changed"),
        pytest.param("a\nc\n", ("a\nb\nc\n",), (), id="only removed"),
        pytest.param("b\na\n", ("a\nb\n",), (), id="only moved"),
        pytest.param("a\na\n", ("a\n",), (), id="only repeated"),
        pytest.param("a\nb\nx\n", ("a\n", "b\n"), (range(3, 4),), id="in either of two parents"),
        pytest.param("a\n", ("",), (range(1, 2),), id="nothing could be read of what was before"),
        pytest.param("a", ("a\n",), (), id="without the last line feed"),
        pytest.param("a\r\n", ("a\n",), (range(1, 2),), id="another line end"),
        pytest.param("a\x0bb\u2028c\n", ("a\n",), (range(1, 2),), id="no line ends"),
    ],
)  # fmt: skip
def test_the_lines_that_no_earlier_version_has(
    text: str, before: tuple[str, ...], lines: tuple[range, ...]
) -> None:
    assert new_lines(text, before) == lines
