"""A first look at a text: enough to see in nearly every one that there is nothing to find.

It can only say that a text is clean, and says so only where the engine would find nothing. At any
hit of a rule or a plug-in it leaves the answer to the engine, and so it does where a telling name
is given what may be a secret. It imports next to nothing: it is on the way of every commit.
"""
# ruff: noqa: PLC0415 - every import is paid for by every commit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    See = Callable[[bytes], "Seen | None"]
    """What says what there is in a text in UTF-8; None when a rule or a plug-in may match."""

_BINARY_PROBE_BYTES = 8_000
"""As in `source`, which costs an import; a test holds them together."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NOTEBOOK = ".ipynb"


class Seen:
    """Where something could be in a text in which no rule and no plug-in matches."""

    __slots__ = ("encoded", "meant")

    def __init__(self, meant: "Iterable[tuple[int, int]]", encoded: dict[int, list[int]]) -> None:
        """Numbers of forms, and where they end; numbers of layers, and where text in them ends."""
        self.meant = meant
        self.encoded = encoded


def is_clean(path: str, data: bytes, see: "See") -> bool:
    """Whether nothing can be found in a file of this content."""
    if data.find(b"\0", 0, _BINARY_PROBE_BYTES) >= 0:
        return False  # binary, or text of two bytes a character
    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError:
            return False
        data = data.removeprefix(_BYTE_ORDER_MARK)
    seen = see(data)
    return seen is not None and means_nothing(path, data, seen, see)


def means_nothing(path: str, text: bytes, seen: Seen, see: "See") -> bool:
    """Whether what was seen in the text of a file is nothing, and all that stands encoded in it."""
    if path.lower().endswith(_NOTEBOOK):
        return False
    pending: list[tuple[tuple[str, ...], bytes, Seen | None]] = [((), text, seen)]
    budget = None
    while pending:
        layers, data, inside = pending.pop()
        if inside is None or (inside.meant and _may_be_meant(path, layers, data, inside.meant)):
            return False
        if not inside.encoded:
            continue
        from warden_hooks.secrets.layers import decode

        budget = budget or decode.Budget(len(text))
        for piece in decode.pieces(data, inside.encoded):
            if decode.depth(layers) == decode.DEEPEST or not budget.take(piece):
                return False
            pending.append(((*layers, piece.layer), piece.data, see(piece.data)))
    return True


def _may_be_meant(
    path: str, layers: tuple[str, ...], data: bytes, ends: "Iterable[tuple[int, int]]"
) -> bool:
    from warden_hooks.secrets.context import glance, places

    kind = places.kind(path, layers)
    return any(glance.may_be_meant(data, end, form, kind) for form, end in ends)
