"""One secret, one finding: overlapping matches become one, named by the most specific rule."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from warden_hooks.secrets.engine import RawMatch
from warden_hooks.secrets.layers.patterns import PERCENT
from warden_policies.finding import Confidence, Severity
from warden_policies.rules import SecretRule

_MOST_SEVERE_FIRST = tuple(Severity)
_IN_URLS = "url-password"
"""How the ids of the rules for passwords in URLs end."""
_NO_SECRET = frozenset({"checksum", "placeholder", "published", "repetition", "sequence"})
"""Doubts about the value itself, whichever rule has them."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The match that names a finding, and the other rules that saw the same text."""

    match: RawMatch
    also: tuple[str, ...]
    confidence: Confidence
    """The highest that any of them has."""


def plausible(matches: Sequence[RawMatch], rules: Mapping[str, SecretRule]) -> list[RawMatch]:
    """Those without a doubt, of their own or of a more specific rule that knows the value.

    A password in a URL has percent signs for what would end it: decoded, it only seems to end.
    """
    known: dict[tuple[int, int], int] = {}
    for match in matches:
        if match.doubt in _NO_SECRET:
            span = (match.start, match.end)
            known[span] = max(known.get(span, 0), rules[match.rule].specificity)
    doubted = {
        match.start: match
        for match in matches
        if match.doubt and not match.layers and match.rule.endswith(_IN_URLS)
    }
    return [
        match
        for match in matches
        if not match.doubt
        and rules[match.rule].specificity >= known.get((match.start, match.end), 0)
        and not _is_cut_from(match, doubted.get(match.start))
    ]


def _is_cut_from(decoded: RawMatch, value: RawMatch | None) -> bool:
    if value is None or not decoded.rule.endswith(_IN_URLS):
        return False
    return decoded.layers == (PERCENT,) and decoded.end < value.end


def merge(matches: Iterable[RawMatch], rules: Mapping[str, SecretRule]) -> list[Merged]:
    """Merge overlapping matches, in order of place.

    The most specific rule wins, then the more severe, then the longer match. Two secrets under
    one wide match stay two: only a winner absorbs, and winners do not overlap.
    """

    def rank(match: RawMatch) -> tuple[int, int, int, int, str, int, str]:
        rule = rules[match.rule]
        severity = _MOST_SEVERE_FIRST.index(rule.severity)
        size, place = match.start - match.end, (match.start, match.rule)
        # Decoded it is the secret itself.
        return (-rule.specificity, severity, size, *place, -len(match.layers), match.secret)

    starts: list[int] = []
    winners: dict[int, list[RawMatch]] = {}
    for match in sorted(matches, key=rank):
        # Winners do not overlap, so only the last one that starts before the match ends can.
        before = bisect_left(starts, match.end)
        group = winners[starts[before - 1]] if before else []
        if group and group[0].end > match.start:
            group.append(match)
        else:
            insort(starts, match.start)
            winners[match.start] = [match]
    return [_merged(*winners[start]) for start in starts]


def _merged(match: RawMatch, *absorbed: RawMatch) -> Merged:
    also = {other.rule for other in absorbed} - {match.rule}
    levels = {other.confidence for other in (match, *absorbed)}
    surest = next(level for level in Confidence if level in levels)
    return Merged(match, tuple(sorted(also)), surest)
