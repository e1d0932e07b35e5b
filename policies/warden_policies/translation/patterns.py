"""Regular expressions -> globs, for those expressions that say no more than globs can.

An expression becomes sequences of tokens, of which one must fit; a sequence becomes globs. What is
translated is exact, but for repetitions such as `[0-9]+`: a glob can only say something wider.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from warden_policies.glob_syntax import InvalidGlob, Kind, parse_glob
from warden_policies.translation.expressions import (
    ANY,
    ANY_RUN,
    NO_SLASH,
    SEGMENT_RUN,
    Sequence,
    Token,
    Unknown,
    sequences,
)

_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Translated:
    """The globs for some expressions, of which one must be found.

    `wider` match at least what the expressions match, `narrower` at most that; None is said where
    nothing can be, and an empty list matches nothing.
    """

    wider: tuple[str, ...] | None
    narrower: tuple[str, ...] | None

    @property
    def exact(self) -> bool:
        """Whether both are the same."""
        return self.wider is not None and self.wider == self.narrower


def globs_of(pattern: str, kind: Kind) -> Translated:
    """The globs that match what `pattern`, found anywhere, matches."""
    try:
        found = list(sequences(pattern))
        wider = tuple(dict.fromkeys(glob for each in found for glob in _globs(each, kind)))
    except Unknown:
        return Translated(None, None)
    if len(wider) > _MOST:
        return Translated(None, None)
    narrow = (each for each in found if not each.widened)
    narrower = tuple(dict.fromkeys(glob for each in narrow for glob in _globs(each, kind)))
    return Translated(wider, narrower)


def all_of(patterns: tuple[str, ...], kind: Kind) -> Translated:
    """The globs that match what one of the patterns, found anywhere, matches."""
    every = [globs_of(pattern, kind) for pattern in patterns]
    narrower = [each.narrower for each in every if each.narrower is not None]
    wider = [each.wider for each in every if each.wider is not None]
    return Translated(
        _joined(wider) if len(wider) == len(every) else None,
        _joined(narrower),
    )


def _joined(lists: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(glob for each in lists for glob in each))


def _globs(sequence: Sequence, kind: Kind) -> Iterator[str]:
    spell = _in_segments if kind.segmented else _in_one_run
    for text in spell(sequence.tokens):
        try:
            parse_glob(text, kind)
        except InvalidGlob:
            if _can_match(text):
                raise Unknown from None
            continue
        if text.startswith("!"):
            raise Unknown
        yield text


def _can_match(text: str) -> bool:
    """No path and no branch begins or ends with a slash, or has two of them in a row."""
    return bool(text) and not text.startswith("/") and not text.endswith("/") and "//" not in text


def _in_one_run(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Where `/` is a character like any other, `*` is anything, and no glob leaves it out."""
    if SEGMENT_RUN in tokens or NO_SLASH in tokens:
        raise Unknown
    yield "".join("*" if token == ANY_RUN else _glob(token) for token in tokens)


def _in_segments(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Where `/` separates, what may be a slash is each of both."""
    for index, token in enumerate(tokens):
        if token.may_be_slash and token != ANY_RUN:
            without = replace(token, may_be_slash=False)
            for instead in (without, Token("/")):
                yield from _in_segments((*tokens[:index], instead, *tokens[index + 1 :]))
            return
    yield from _runs(tokens)


def _runs(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Write out the first `.*`, and then the others: it stays in a segment, or it leaves it."""
    if ANY_RUN not in tokens:
        yield "".join(map(_glob, tokens))
        return
    index = tokens.index(ANY_RUN)
    before, after = tokens[:index], tokens[index + 1 :]
    begins = not before or before[-1].glob == "/"
    ends = not after or after[0].glob == "/"
    if begins and not before and not after:
        yield "**"
    elif begins:
        yield from _runs((*before, Token("**/*"), *after))
    elif ends:
        yield from _runs((*before, Token("*/**"), *after))
    else:
        yield from _runs((*before, Token("*"), *after))
        yield from _runs((*before, Token("*/**/*"), *after))


def _glob(token: Token) -> str:
    return "?" if token.glob == ANY.glob else token.glob
