"""detect-secrets' own scan, faster: its plug-ins are asked only about lines they can match.

Everything stays its own: files are opened and transformed by it, filters and plug-ins run by its
functions, in its order. Only its loop over all lines and all plug-ins is replaced by one over the
pairs that patterns derived from the plug-ins have named; what it finds is the same.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detect_secrets.core.potential_secret import PotentialSecret

    from warden_hooks.secrets.library_patterns import LibraryPatterns
    from warden_hooks.secrets.prefilter.hyperscan import HyperscanPrefilter

Line = tuple[int, str]
_ANY_PLUGIN = "*"
"""For a line in which any plug-in could see what its pattern does not."""


@contextmanager
def faster_library() -> Iterator[None]:
    """While this is open, `detect_secrets.core.scan` looks only where there can be something.

    Raises:
        ImportError: Hyperscan is not installed.
    """
    from detect_secrets.core import scan  # noqa: PLC0415 - heavy

    original = scan._process_line_based_plugins
    pairs = cache(_Pairs)  # by then the settings are known

    def faster(lines: list[Line], filename: str) -> "Generator[PotentialSecret, None, None]":
        try:
            wanted = list(pairs().wanted(lines, filename))
        except UnicodeEncodeError:  # the database reads UTF-8 alone
            yield from original(lines=lines, filename=filename)
            return
        content = [line for _, line in lines]
        for index, plugins in wanted:
            yield from _found(scan, content, lines[index], filename, plugins)

    scan._process_line_based_plugins = faster
    try:
        yield
    finally:
        scan._process_line_based_plugins = original


def _found(
    scan: Any,  # noqa: ANN401 - the library's module, its inside included
    content: list[str],
    numbered: Line,
    filename: str,
    plugins: frozenset[str],
) -> "Iterator[PotentialSecret]":
    """What the library's loop does with one line, for some of the plug-ins."""
    number, line = numbered[0], numbered[1].rstrip()
    snippet = scan.get_code_snippet(lines=content, line_number=number)
    given = {"line": line, "context": snippet}
    if scan._is_filtered_out(required_filter_parameters=["line"], filename=filename, **given):
        return
    for plugin in scan.get_plugins():
        if _ANY_PLUGIN not in plugins and type(plugin).__name__ not in plugins:
            continue
        for secret in scan._scan_line(
            plugin=plugin, filename=filename, line_number=number, **given
        ):
            if not scan._is_filtered_out(
                required_filter_parameters=["context"],
                filename=secret.filename,
                secret=secret.secret_value,
                plugin=plugin,
                **given,
            ):
                yield secret


class _Pairs:
    """Which plug-ins can match in which lines."""

    def __init__(self) -> None:
        from detect_secrets.settings import get_plugins  # noqa: PLC0415 - heavy

        plugins = tuple(get_plugins())
        self._known, self._prefilter = _prefilter(plugins)
        names = {type(plugin).__name__ for plugin in plugins}
        self._everywhere = frozenset(names - set(self._known.plugins))
        """Plug-ins without a pattern of ours."""

    def wanted(self, lines: Sequence[Line], filename: str) -> Iterator[tuple[int, frozenset[str]]]:
        """Places in `lines`, in order, and the names of plug-ins that can match there.

        Raises:
            UnicodeEncodeError: a line that no UTF-8 can express.
        """
        encoded = [line.rstrip().encode() for _, line in lines]
        ends = list(accumulate(len(line) + 1 for line in encoded))
        named: dict[int, set[str]] = defaultdict(set)
        plugins, keywords = self._known.plugins, self._known.keywords
        hits = self._prefilter.hits(b"\n".join(encoded)) if self._prefilter else ()
        for pattern, end in hits:
            if _applies(pattern, filename, plugins, keywords):
                for place in (end - 1, end):  # an end may lie behind the line feed
                    named[bisect_right(ends, place)].add(plugins[pattern])
        for index, line in enumerate(encoded):
            # The library's own transformers yield lines with line feeds inside: ours have none.
            whole = {_ANY_PLUGIN} if b"\n" in line else set()
            if found := named[index] | whole | self._everywhere:
                yield index, frozenset(found)


def _applies(
    pattern: int, path: str, plugins: Sequence[str], keywords: Mapping[str, Iterable[int]]
) -> bool:
    """Whether the plug-in would look for this pattern in this file.

    Only the keyword plug-in asks what file it is: in code values have quotes.
    """
    if plugins[pattern] != "KeywordDetector":
        return True
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    if name.startswith(".env") or name.endswith(".env"):
        return True
    known = keywords.get(name[dot:] if dot > 0 else "")
    return known is None or pattern in known


_BUILT: "dict[tuple[object, ...], tuple[LibraryPatterns, HyperscanPrefilter | None]]" = {}
"""By what the patterns follow from: building takes longer than many a scan."""


def _prefilter(plugins: tuple[Any, ...]) -> "tuple[LibraryPatterns, HyperscanPrefilter | None]":
    followed = tuple((type(one), getattr(one, "entropy_limit", None)) for one in plugins)
    if followed not in _BUILT:
        _BUILT[followed] = _built(plugins)
    return _BUILT[followed]


def _built(plugins: tuple[Any, ...]) -> "tuple[LibraryPatterns, HyperscanPrefilter | None]":
    from warden_hooks.secrets import database, library_patterns  # noqa: PLC0415 - needs Hyperscan
    from warden_hooks.secrets.prefilter.hyperscan import HyperscanPrefilter  # noqa: PLC0415

    known = library_patterns.library_patterns(plugins)
    if not known.patterns:
        return known, None
    return known, HyperscanPrefilter(database.build(known.patterns), (), ())
