"""Where encoded text may stand, found without a database."""

from collections.abc import Iterator

from warden_hooks.secrets.layers.patterns import LAYERS, PATTERNS
from warden_hooks.secrets.windows import pattern


def places(data: bytes) -> Iterator[tuple[int, int]]:
    """Pairs of a layer's number and the end of a match of its patterns, as a database has them."""
    for number, layer in enumerate(LAYERS):
        for regex in PATTERNS[layer]:
            start = 0
            while match := pattern(regex).search(data, start):
                yield number, match.end()
                start = match.start() + 1
