"""Text of two or four bytes a character: UTF-16 and UTF-32, which git takes for binary."""

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le", 4),
    (b"\x00\x00\xfe\xff", "utf-32-be", 4),
    (b"\xff\xfe", "utf-16-le", 2),
    (b"\xfe\xff", "utf-16-be", 2),
)
"""Byte order marks, which no UTF-8 begins with; the longer ones first."""
_SHORTEST_WITHOUT_MARK = 16
_CONTROLS = bytes({*range(0x20), *range(0x7F, 0xA0)} - {*b"\t\n\f\r"})


def encoding(begin: bytes) -> str:
    """What a file that begins so is encoded in, if that is UTF-16 or UTF-32; else empty.

    Without a byte order mark, UTF-16 is known by every other byte being NUL and the rest text.
    """
    for mark, name, width in _MARKS:
        if begin.startswith(mark):
            return name if _is_text(begin[: len(begin) // width * width], name) else ""
    if b"\0" not in begin or len(begin) < _SHORTEST_WITHOUT_MARK:
        return ""
    even, odd = begin[::2], begin[1::2]
    if not odd.strip(b"\0") and not _has_controls(even):
        return "utf-16-le"
    return "utf-16-be" if not even.strip(b"\0") and not _has_controls(odd) else ""


def decoded(data: bytes, name: str) -> str:
    """The text without its byte order mark; what is no character becomes U+FFFD."""
    return data.decode(name, "replace").removeprefix("\ufeff")


def _is_text(begin: bytes, name: str) -> bool:
    try:
        text = begin.decode(name)
    except UnicodeDecodeError:
        return False
    return not _has_controls(text.encode("latin-1", "ignore"))


def _has_controls(characters: bytes) -> bool:
    return len(characters.translate(None, _CONTROLS)) < len(characters)
