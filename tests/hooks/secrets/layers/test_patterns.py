"""Where encoded text may stand is found by the database and by `re` alike."""

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hooks.secrets.layers.encoded import ENCODINGS
from tests.hooks.secrets.regex_text import every_way
from warden_hooks.secrets import database
from warden_hooks.secrets.engines import best_prefilter
from warden_hooks.secrets.layers import decode
from warden_hooks.secrets.layers.patterns import LAYERS, PATTERNS
from warden_hooks.secrets.layers.places import places
from warden_hooks.secrets.load import load
from warden_hooks.secrets.prefilter import Prefilter
from warden_hooks.secrets.prefilter.hyperscan import HyperscanPrefilter

Pieces = list[tuple[str, bytes, list[tuple[int, int, int, int]]]]
EACH = [(layer, regex) for layer, regexes in PATTERNS.items() for regex in regexes]


@pytest.fixture(scope="module")
def alone() -> Prefilter:
    """Without rules: from the layers' patterns there follow places numbered from 0."""
    made = database.layer_patterns()
    return HyperscanPrefilter(database.build(made.patterns), (), made.numbers)


@pytest.fixture(scope="module")
def built() -> Callable[[bytes], Pieces]:
    """By the database that scans use, in which patterns share machines with thousands of others."""
    kept = load(patient=True)
    prefilter = best_prefilter(kept)
    first = len(kept.table) + len(set(kept.forms))

    def find(data: bytes) -> Pieces:
        hits: decode.Hits = {}
        for place, end in prefilter.hits(data):
            if 0 <= place - first < len(LAYERS):
                hits.setdefault(place - first, []).append(end)
        return pieces(data, hits)

    return find


def pieces(data: bytes, hits: decode.Hits) -> Pieces:
    return [(one.layer, one.data, one.segments) for one in decode.pieces(data, hits)]


def hits(prefilter: Prefilter, data: bytes) -> decode.Hits:
    found: decode.Hits = {}
    for place, end in prefilter.hits(data):
        found.setdefault(place, []).append(end)
    return found


@pytest.mark.parametrize(("layer", "regex"), EACH)
@pytest.mark.parametrize(
    "around", [b"%b", b"import os\n\n%b\r\nx = 1\n", b"x=(1); " * 30 + b"%b; y"]
)
def test_every_way_to_match_a_pattern_is_found(
    alone: Prefilter, built: Callable[[bytes], Pieces], layer: str, regex: bytes, around: bytes
) -> None:
    for way in every_way(regex):
        data = around.replace(b"%b", way)
        if re.search(regex, data):
            assert LAYERS.index(layer) in hits(alone, data)
        assert built(data) == pieces(data, places(data))


_PARTS = st.sampled_from(
    [
        *('"', "'", "`", " + ", ".", " ", "\n", "=", "\\", "\\n", "\\/", '\\"', "%", "%41", "%3D"),
        *("\\u0041", "\\x41", "abcdefgh", "Abc1", "é", "b'", "0a", "6162", "://", "@", ":", "&"),
        *(encode("a text of some length, to be read") for _, encode in ENCODINGS.values()),
    ]
)


@given(st.lists(_PARTS, max_size=16).map("".join))
def test_whatever_the_text_the_same_pieces_are_found(
    alone: Prefilter, built: Callable[[bytes], Pieces], text: str
) -> None:
    data = text.encode()
    expected = pieces(data, places(data))
    assert pieces(data, hits(alone, data)) == expected
    assert built(data) == expected


def test_no_match_hides_another(alone: Prefilter) -> None:
    """Side by side, so that one begins in the last bytes of another."""
    chance = random.Random(1)
    ways = [way for _, regex in EACH for way in every_way(regex)]
    for _ in range(300):
        data = b"".join(chance.choices(ways, k=6))
        assert pieces(data, hits(alone, data)) == pieces(data, places(data))
