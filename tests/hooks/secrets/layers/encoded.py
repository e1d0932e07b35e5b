"""Text as it stands in files in an encoded form, made when a test runs."""

import base64
import json
from collections.abc import Callable, Iterator
from textwrap import fill
from urllib.parse import quote

from warden_hooks.secrets.layers import decode
from warden_hooks.secrets.layers.piece import Piece
from warden_hooks.secrets.layers.places import places

Encode = Callable[[str], str]


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def in_lines(text: str) -> str:
    return base64.encodebytes(text.encode()).decode()


def in_yaml(text: str) -> str:
    return "key: |\n" + fill(in_base64(text), 68, initial_indent="    ", subsequent_indent="    ")


def for_powershell(text: str) -> str:
    return "powershell -e " + base64.b64encode(text.encode("utf-16-le")).decode()


def in_percents(text: str) -> str:
    return quote(text, safe="")


def in_escapes(text: str) -> str:
    return json.dumps({"x": text})


def in_codes(text: str) -> str:
    return '"' + "".join(f"\\x{ord(character):02x}" for character in text) + '"'


def in_long_codes(text: str) -> str:
    return '"' + "".join(f"\\u{ord(character):04x}" for character in text) + '"'


def in_parts(text: str) -> str:
    """Put together from strings of five characters."""
    parts = [text[place : place + 5] for place in range(0, len(text), 5)]
    return " + ".join(f'"{part}"' for part in parts)


ENCODINGS: dict[str, tuple[str, Encode]] = {
    "base64": ("base64", in_base64),
    "base64 for URLs": (
        "base64",
        lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    ),
    "base64 in lines": ("base64", in_lines),
    "base64 in YAML": ("base64", in_yaml),
    "base64 of UTF-16": ("base64", for_powershell),
    "hex": ("hex", lambda text: text.encode().hex()),
    "hex in capitals": ("hex", lambda text: "0x" + text.encode().hex().upper()),
    "hex of UTF-16": ("hex", lambda text: text.encode("utf-16-le").hex()),
    "percent": ("percent", in_percents),
    "escapes": ("escapes", in_escapes),
    "codes": ("escapes", in_codes),
    "long codes": ("escapes", in_long_codes),
    "parts": ("concatenation", in_parts),
}
"""The layer that each goes through, and how it is done."""


def notebook(*cells: str | list[str], **more: object) -> str:
    """A notebook with these sources, as Jupyter writes it."""
    document = {
        "cells": [
            {"cell_type": "code", "id": f"{number:08x}", "metadata": {}, "outputs": []}
            | {"source": cell}
            for number, cell in enumerate(cells)
        ],
        "metadata": more,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def pieces(text: str) -> Iterator[Piece]:
    """All that can be decoded in the text at once."""
    data = text.encode()
    return decode.pieces(data, places(data))


def decoded(text: str, layer: str) -> list[str]:
    return [piece.data.decode() for piece in pieces(text) if piece.layer == layer]
