"""Our rules, what context gives away, and detect-secrets' plug-ins as one engine, at every depth.

The plug-ins' library costs more to import than a scan does, so it stays out until a pattern
derived from a plug-in matches in a file in which it matters. Its keyword plug-in judges by names
alone; it is asked only where suspicions are wanted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import NamedTuple

from warden_hooks.secrets import first_look
from warden_hooks.secrets.compiled import Compiled
from warden_hooks.secrets.context import glance, places
from warden_hooks.secrets.context.forms import FORMS
from warden_hooks.secrets.context.matches import context_matches
from warden_hooks.secrets.detect_secrets import (
    DetectSecretsEngine,
    detect_secrets_engine,
)
from warden_hooks.secrets.engine import RawMatch
from warden_hooks.secrets.layers import decode, deep
from warden_hooks.secrets.layers.deep import Looked
from warden_hooks.secrets.layers.patterns import LAYERS
from warden_hooks.secrets.layers.places import places as encoded_places
from warden_hooks.secrets.load import load
from warden_hooks.secrets.prefilter import Prefilter
from warden_hooks.secrets.prefilter.plain import PlainPrefilter, Searched
from warden_hooks.secrets.rule_engine import RuleEngine
from warden_hooks.secrets.windows import in_characters, pattern
from warden_hooks.source import SourceFile
from warden_policies.finding import Confidence

KEYWORDS = (
    rb"(?i)[a-z_]key|(?:db|database|key)_?pass|passwd|password|pwd|secret|contrase"
    rb"|\xc5\xbf|\xe2\x84\xaa"
)
"""One of these is in all that the keyword plug-in suspects; the last two are letters that it takes
for s and k."""
_SPAN_LINES = frozenset({"PrivateKeyDetector"})
"""Plug-ins of which a match on an old line may be a secret on the new lines below it."""
Places = list[tuple[int, int]]


class Hits(NamedTuple):
    """Where something could match: pairs of a number and an offset into the data.

    It is false when nothing can be found in the data, whatever its file is called.
    """

    rules: Places
    """The numbers are places in the table of rules."""
    forms: Places
    """Numbers of the forms of `context`."""
    plugins: Places
    """Places in the list of the plug-ins' patterns."""
    layers: decode.Hits
    """Ends of what may be encoded, by the numbers of the layers."""
    everywhere: bool = False
    """Whether something may be found where nothing hits, too."""

    def __bool__(self) -> bool:
        return bool(self.rules or self.forms or self.plugins or self.layers or self.everywhere)

    def behind(self, offset: int) -> "Hits":
        """Those of them that end at the offset or behind it, and what is encoded anywhere: it may
        go on behind the offset."""
        kinds = (self.rules, self.forms, self.plugins)
        rules, forms, plugins = ([hit for hit in kind if hit[1] >= offset] for kind in kinds)
        return Hits(rules, forms, plugins, self.layers, self.everywhere)


@contextmanager
def secret_engine(
    *, patient: bool = False, least: Confidence = Confidence.MEDIUM
) -> Iterator["Engine"]:
    """The engine of this installation, on the fastest rung there is.

    `patient` says that there is so much to scan that compiling pays: see `load`. What cannot
    reach the confidence `least` need not be found.
    """
    with ExitStack() as stack:
        opened: list[DetectSecretsEngine] = []

        def plugins() -> DetectSecretsEngine:
            if not opened:
                opened.append(stack.enter_context(detect_secrets_engine()))
            return opened[0]

        compiled = load(patient=patient)
        prefilter = best_prefilter(compiled)
        # Loaded they take as much memory again.
        compiled = compiled._replace(database=b"", near=b"")
        yield Engine(compiled, prefilter, plugins, least)


def best_prefilter(compiled: Compiled) -> Prefilter:
    """The first rung of the ladder that is there."""
    if compiled.database:
        return _hyperscan_prefilter(compiled)
    searched: tuple[Searched, ...] = (*compiled.table, *FORMS)
    try:
        from warden_hooks.secrets.prefilter.ahocorasick import AhoCorasickPrefilter  # noqa: PLC0415

        return AhoCorasickPrefilter(searched)
    except ImportError:
        return PlainPrefilter(searched)


def _hyperscan_prefilter(compiled: Compiled) -> Prefilter:
    from warden_hooks.secrets.prefilter import hyperscan  # noqa: PLC0415 - not everywhere

    forms = [len(compiled.table) + number for number in compiled.forms]
    layers = [len(compiled.table) + len(FORMS) + number for number in compiled.layers]
    near = None
    if compiled.near:
        widths = (compiled.table[rule].width for rules in compiled.near_owners for rule in rules)
        near = hyperscan.Near(hyperscan.loaded(compiled.near), compiled.near_owners, max(widths))
    return hyperscan.HyperscanPrefilter(
        hyperscan.loaded(compiled.database), compiled.owners, [*forms, *layers], near
    )


class Engine:
    """`SecretEngine` over all three."""

    def __init__(
        self,
        compiled: Compiled,
        prefilter: Prefilter,
        plugins: Callable[[], DetectSecretsEngine],
        least: Confidence = Confidence.MEDIUM,
    ) -> None:
        self._compiled = compiled
        self._prefilter = prefilter
        self._rules = RuleEngine(compiled.table, prefilter)
        self._plugins = plugins
        self._suspicions = least is Confidence.LOW
        self._looked_at: tuple[bytes, Hits] | None = None
        """The text of the file looked at last, and what there is in it: for a second look."""
        # Places are numbered from the rules on; these are the first numbers of what follows.
        self._forms = len(compiled.table)
        self._layers = self._forms + len(FORMS)
        self._theirs = self._layers + len(LAYERS)

    def is_clean(self, path: str, data: bytes) -> bool:
        """Whether a first look at a file's bytes shows that there is nothing to find in them."""
        self._looked_at = None
        return first_look.is_clean(path, data, self._see)

    def _see(self, text: bytes) -> first_look.Seen | None:
        hits = self.hits(text)
        self._looked_at = self._looked_at or (text, hits)
        return self._seen(hits)

    def mean_nothing(self, hits: Hits, text: bytes, paths: Sequence[str]) -> bool:
        """Whether the hits in the text of a file, in UTF-8, show that there is nothing to find."""
        seen = self._seen(hits)
        return seen is not None and all(
            first_look.means_nothing(path, text, seen, self._see) for path in paths
        )

    def _seen(self, hits: Hits) -> first_look.Seen | None:
        if hits.rules or hits.plugins or hits.everywhere or not self._prefilter.ends_are_exact:
            return None
        return first_look.Seen(set(hits.forms), hits.layers)

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        """Every candidate in the source, doubtful ones included; the same one may come twice."""
        data = source.text.encode("utf-8", "replace")
        if self._looked_at and self._looked_at[0] == data:
            data, hits = self._looked_at
        else:
            hits = self.hits(data)
        yield from self.matches_at(source, data, hits)

    def matches_at(self, source: SourceFile, data: bytes, hits: Hits) -> Iterator[RawMatch]:
        """The same as `matches`; `data` is the source's text in UTF-8, `hits` are those in it."""

        def look(text: SourceFile, *, hastily: bool) -> Looked:
            if text is source:
                return self._look(text, data, hits, hastily=hastily)
            inner = text.text.encode("utf-8", "replace")
            return self._look(text, inner, self.hits(inner), hastily=hastily)

        seen = deep.look(source, partial(look, hastily=self._prefilter.ends_are_exact))
        if seen.may_be_more and not all(match.doubt for match in seen.matches):
            # A line will be shown, and with it what else stands there: doubtful, and still masked.
            seen = deep.look(source, partial(look, hastily=False))
        yield from seen.matches

    def _look(self, source: SourceFile, data: bytes, hits: Hits, *, hastily: bool) -> Looked:
        """Every candidate in the text as it stands there, and where there may be more behind it.

        Hastily, most of what is doubtful is left out.
        """
        of_forms = list(set(hits.forms))
        likely = self._likely(source, data, of_forms) if hastily else of_forms
        found = list(self._rules.confirmed(source.text, data, hits.rules))
        found += self._in_context(source, data, likely)
        sure = bool(found) or not hastily
        found += self._of_plugins(source, data, hits.plugins, sure=sure)
        if self._suspicions and hits.everywhere:
            found += self._plugins().keyword_matches(source)
        return Looked(found, data, hits.layers, may_be_more=len(likely) < len(of_forms))

    def hits(self, data: bytes) -> Hits:
        """What the prefilter sees in a text in UTF-8, for `matches_at`."""
        suspected = self._suspicions and pattern(KEYWORDS).search(data) is not None
        hits = Hits([], [], [], {}, suspected or not self._compiled.plugins)
        for index, end in self._prefilter.hits(data):
            if index < self._forms:
                hits.rules.append((index, end))
            elif index < self._layers:
                hits.forms.append((index - self._forms, end))
            elif index < self._theirs:
                hits.layers.setdefault(index - self._layers, []).append(end)
            else:
                hits.plugins.append((index - self._theirs, end))
        if not self._prefilter.ends_are_exact:
            hits.layers.update(encoded_places(data))
        return hits

    def _likely(self, source: SourceFile, data: bytes, hits: Places) -> Places:
        """The places of forms at which a secret may be meant at all."""
        kind = places.kind(source.path, source.layers)
        return [
            (number, end)
            for number, end in hits
            if glance.may_be_meant(data, end, number, kind, suspicions=self._suspicions)
        ]

    def _in_context(self, source: SourceFile, data: bytes, hits: Places) -> Iterator[RawMatch]:
        return context_matches(source, data, hits, exact=self._prefilter.ends_are_exact)

    def _of_plugins(
        self, source: SourceFile, data: bytes, hits: Places, *, sure: bool
    ) -> Iterator[RawMatch]:
        if not self._compiled.plugins:  # no patterns of theirs: they look for themselves
            yield from self._plugins().matches(source)
        elif hits:
            named = self._places(source, data, hits)
            if sure or _may_count(source, named):
                yield from self._plugins().matches_at(source, named)

    def _places(self, source: SourceFile, data: bytes, hits: Places) -> dict[str, list[int]]:
        """Offsets into the text by the plug-in that could match there."""
        characters = in_characters(source.text, data, {end for _, end in hits})
        named: dict[str, list[int]] = {}
        for plugin, end in hits:
            named.setdefault(self._compiled.plugins[plugin], []).append(characters[end])
        return named


def _may_count(source: SourceFile, places: Mapping[str, list[int]]) -> bool:
    """Whether a plug-in could find something on a line that counts."""
    if source.added is None or _SPAN_LINES & places.keys():
        return True
    line, position = 1, 0
    for offset in sorted({place for offsets in places.values() for place in offsets}):
        line += source.text.count("\n", position, offset)
        position = offset
        if source.counts(line - 1, line):  # an end may lie behind the line feed
            return True
    return False
