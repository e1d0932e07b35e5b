"""Our rules and detect-secrets' plug-ins as one engine.

The plug-ins' library costs more to import than a scan does, so it stays out until a pattern
derived from a plug-in matches in a file in which it matters.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from warden_hooks.secrets.compiled import Compiled
from warden_hooks.secrets.detect_secrets import (
    KEYWORD_PLUGIN,
    TOKEN_PLUGINS,
    DetectSecretsEngine,
    detect_secrets_engine,
)
from warden_hooks.secrets.engine import RawMatch, SecretEngine
from warden_hooks.secrets.load import load
from warden_hooks.secrets.plugin_lines import ANY_PLUGIN, applies
from warden_hooks.secrets.prefilter import Prefilter
from warden_hooks.secrets.prefilter.plain import PlainPrefilter
from warden_hooks.secrets.rule_engine import RuleEngine, in_characters
from warden_hooks.source import SourceFile

_ALL_PLUGINS = (*TOKEN_PLUGINS, KEYWORD_PLUGIN)
_SPAN_LINES = frozenset({"PrivateKeyDetector"})
"""Plug-ins of which a match on an old line may be a secret on the new lines below it."""


@contextmanager
def secret_engine(*, patient: bool = False) -> Iterator[SecretEngine]:
    """The engine of this installation, on the fastest rung there is.

    `patient` says that there is so much to scan that compiling pays: see `load`.
    """
    with ExitStack() as stack:
        opened: list[DetectSecretsEngine] = []

        def plugins() -> DetectSecretsEngine:
            if not opened:
                opened.append(stack.enter_context(detect_secrets_engine()))
            return opened[0]

        compiled = load(patient=patient)
        yield Engine(compiled, best_prefilter(compiled), plugins)


def best_prefilter(compiled: Compiled) -> Prefilter:
    """The first rung of the ladder that is there."""
    if compiled.database:
        import hyperscan  # noqa: PLC0415 - not everywhere

        from warden_hooks.secrets.prefilter.hyperscan import HyperscanPrefilter  # noqa: PLC0415

        database = hyperscan.loadb(compiled.database, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
        return HyperscanPrefilter(database, compiled.owners, len(compiled.table))
    try:
        from warden_hooks.secrets.prefilter.ahocorasick import AhoCorasickPrefilter  # noqa: PLC0415

        return AhoCorasickPrefilter(compiled.table)
    except ImportError:
        return PlainPrefilter(compiled.table)


class Engine:
    """`SecretEngine` over both."""

    def __init__(
        self,
        compiled: Compiled,
        prefilter: Prefilter,
        plugins: Callable[[], DetectSecretsEngine],
    ) -> None:
        self._compiled = compiled
        self._prefilter = prefilter
        self._rules = RuleEngine(compiled.table, prefilter)
        self._plugins = plugins

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        """Every candidate in the source, doubtful ones included; the same one may come twice."""
        if not self._compiled.plugins:  # no patterns of theirs: they look for themselves
            yield from self._rules.matches(source)
            yield from self._plugins().matches(source)
            return
        data = source.text.encode("utf-8", "replace")
        hits = list(self._prefilter.hits(data))
        rules = len(self._compiled.table)
        ours = [hit for hit in hits if hit[0] < rules]
        found = list(self._rules.confirmed(source.text, data, ours))
        yield from found
        theirs = [(index - rules, end) for index, end in hits if index >= rules]
        places = self._places(source, data, theirs) if theirs else {}
        if places and (found or _may_count(source, places)):
            yield from self._plugins().matches_at(source, places)

    def _places(
        self, source: SourceFile, data: bytes, hits: list[tuple[int, int]]
    ) -> dict[str, list[int]]:
        """Offsets into the text by the plug-in that could match there."""
        plugins, keywords = self._compiled.plugins, self._compiled.keywords
        counting = [hit for hit in hits if applies(hit[0], source.path, plugins, keywords)]
        characters = in_characters(source.text, data, {end for _, end in counting})
        places: dict[str, list[int]] = {}
        for pattern, end in counting:
            owner = plugins[pattern]
            for name in _ALL_PLUGINS if owner == ANY_PLUGIN else (owner,):
                places.setdefault(name, []).append(characters[end])
        return places


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
