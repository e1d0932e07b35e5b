"""All encodings at once: what stands encoded in some bytes, within a budget."""

from warden_hooks.secrets.layers.patterns import LAYERS, NOTEBOOK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from warden_hooks.secrets.layers.piece import Piece

Hits = dict[int, list[int]]
"""Ends of matches of a layer's patterns, in any order, by the layer's number."""
DEEPEST = 4
"""How often something may be encoded; a notebook is only how its file is written."""
_LEAST_ROOM, _TIMES = 4_000_000, 2
"""Bytes, and how many of them for each of the source's, whichever is more."""
_MOST_PIECES = 20_000


class Budget:
    """How much is decoded of one source, at all depths together: so many bytes and pieces."""

    __slots__ = ("_pieces", "_room")

    def __init__(self, size: int) -> None:
        """For a source of `size` bytes."""
        self._room = max(_LEAST_ROOM, _TIMES * size)
        self._pieces = _MOST_PIECES

    def take(self, piece: "Piece") -> bool:
        """Whether there was room for all of the piece; else it is cut to what there was for."""
        self._pieces -= 1
        room = self._room if self._pieces >= 0 else 0
        whole = len(piece.data) <= room
        if not whole:
            while room and piece.data[room] & 0xC0 == 0x80:  # inside a character
                room -= 1
            piece.data = piece.data[:room]
        self._room -= len(piece.data)
        return whole


def pieces(data: bytes, hits: Hits) -> "Iterator[Piece]":
    """What stands encoded in the data: UTF-8, as the data are."""
    for number in sorted(hits):
        ends = sorted(hits[number])
        once = [end for before, end in zip([0, *ends], ends, strict=False) if end != before]
        for piece in _decoder(LAYERS[number])(data, once):
            piece.data = _utf8(piece.data)
            yield piece


def _decoder(layer: str) -> "Callable[[bytes, Sequence[int]], Iterator[Piece]]":
    """The one that its module has: mostly one or two are needed, and each costs an import."""
    decoder: Callable[[bytes, Sequence[int]], Iterator[Piece]]
    decoder = __import__(f"{__package__}.{layer}", fromlist=("pieces",)).pieces
    return decoder


def depth(layers: "Sequence[str]") -> int:
    """How often what came through these layers was encoded."""
    return sum(layer != NOTEBOOK for layer in layers)


_MASK = bytes(byte if byte < 0x80 else ord("?") for byte in range(256))


def _utf8(data: bytes) -> bytes:
    """The same, of the same length, with marks for what is not UTF-8."""
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return data.translate(_MASK)
    return data
