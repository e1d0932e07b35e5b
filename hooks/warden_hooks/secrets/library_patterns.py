"""Where the library's plug-ins could match under any settings, as patterns for a database.

The keyword plug-in is known by its words, those of high entropy by how many different characters
their limit needs, the rest by their regexes. A plug-in that is none of these is not known here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from warden_hooks.secrets.database import Pattern
from warden_hooks.secrets.detect_secrets import KEYWORD_PLUGIN, assignments
from warden_hooks.secrets.plugin_patterns import pattern

_VALUE_OF_A_LINE = r"[^\x0b'\"\n]*[^\x0b,'\"`\n]"
"""The keyword plug-in's own value without its look-aheads."""
_LIBRARY = "detect_secrets.plugins."
_BACK_REFERENCE = re.compile(r"\(\\\d\)")
_COMMON = """
bash bat c cc cfg cls cmake cnf conf cpp cs css csv dart ex exs go gradle h hpp hs html in ini
ipynb java jl js json jsx kt lock lua m md mjs mk php pl po properties proto ps1 py pyi r rb rs
rst sass scala scss sh sql svg swift tf toml ts tsx txt vue xml yaml yml zsh
"""
_SUFFIXES = ("", *(f".{name}" for name in _COMMON.split()))
"""Those that are worth to be told apart; for any other file every pattern counts."""


class LibraryPatterns(NamedTuple):
    """What the database needs to know about the plug-ins of some settings."""

    plugins: tuple[str, ...]
    """Whose pattern it is, for each pattern."""
    patterns: tuple[Pattern, ...]
    keywords: Mapping[str, tuple[int, ...]]
    """By a file's suffix, the places of those keyword patterns that the plug-in would use."""


def library_patterns(plugins: Iterable[Any]) -> LibraryPatterns:
    """The patterns of the library's live plug-ins."""
    named: list[tuple[str, Pattern]] = []
    keywords: dict[str, tuple[int, ...]] = {}
    for plugin in plugins:
        if not type(plugin).__module__.startswith(_LIBRARY):
            continue  # it may look in ways of its own
        name = type(plugin).__name__
        if name == KEYWORD_PLUGIN:
            regexes = _keyword_regexes()
            keywords = _places(regexes, len(named))
            named += [(name, pattern(regex, _keyword(regex))) for regex in regexes]
        elif hasattr(plugin, "entropy_limit"):
            named.append((name, _quoted_run(plugin.charset, plugin.entropy_limit)))
        else:
            named += [(name, pattern(regex)) for regex in getattr(plugin, "denylist", ())]
    names, patterns = zip(*named, strict=True) if named else ((), ())
    return LibraryPatterns(names, patterns, keywords)


def _quoted_run(charset: str, limit: float) -> Pattern:
    """Entropy is at most the logarithm of the length, so that a limit asks for some length."""
    least = int(2**limit) + 1
    quoted = rf"['\"][{re.escape(charset)}]{{{least},}}['\"]"
    return pattern(re.compile(quoted))


def _places(regexes: list[re.Pattern[str]], first: int) -> dict[str, tuple[int, ...]]:
    return {
        suffix: tuple(
            first + place
            for place, regex in enumerate(regexes)
            if regex in frozenset(assignments(f"name{suffix}"))
        )
        for suffix in _SUFFIXES
    }


def _keyword_regexes() -> list[re.Pattern[str]]:
    from detect_secrets.plugins import keyword  # noqa: PLC0415 - heavy

    used = (
        *keyword.REGEX_BY_FILETYPE.values(),
        keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP,
        keyword.CONFIG_DENYLIST_REGEX_TO_GROUP,
    )
    return sorted({regex for regexes in used for regex in regexes}, key=lambda regex: regex.pattern)


def _keyword(regex: re.Pattern[str]) -> str:
    """Up to the value where quotes are optional, else with the value and the closing quote.

    Without quotes every character of a value would be an end of a match, thousands to a line.
    """
    from detect_secrets.plugins.keyword import QUOTE, SECRET  # noqa: PLC0415 - heavy

    head, value, tail = regex.pattern.partition(f"({SECRET})")
    if not value:
        raise ValueError("the keyword plug-in writes its values in another way")
    if head.endswith("?)"):
        return head
    return head + _VALUE_OF_A_LINE + _BACK_REFERENCE.sub(lambda _: QUOTE, tail)
