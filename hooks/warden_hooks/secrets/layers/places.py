"""Where encoded text may stand, found without a database."""

from collections.abc import Iterator

from warden_hooks.secrets.layers.decode import Hits
from warden_hooks.secrets.layers.patterns import LAYERS, PATTERNS
from warden_hooks.secrets.windows import pattern


def places(data: bytes) -> Hits:
    """The ends of all matches of all patterns, as a database would name them."""
    hits: Hits = {}
    for number, layer in enumerate(LAYERS):
        for regex in PATTERNS[layer]:
            for end in _ends(regex, data):
                hits.setdefault(number, []).append(end)
    return hits


def _ends(regex: bytes, data: bytes) -> Iterator[int]:
    start = 0
    while match := pattern(regex).search(data, start):
        yield match.end()
        start = match.start() + 1
