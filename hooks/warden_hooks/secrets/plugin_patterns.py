"""Where detect-secrets' plug-ins could match, as patterns for the database.

Derived from the live plug-ins, so that a new release brings its own. Every pattern matches at
least wherever its plug-in does: look-arounds are dropped, and a letter or space that only Unicode
knows passes for both, because the database knows those of ASCII alone.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import hyperscan

from warden_hooks.secrets.coarse import cut_short
from warden_hooks.secrets.database import Pattern
from warden_hooks.secrets.detect_secrets import KEYWORD_PLUGIN, TOKEN_PLUGINS, plugin_settings

_FLAGS = hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_MULTILINE | hyperscan.HS_FLAG_UTF8
_NOT_ASCII = r"\x{80}-\x{10ffff}"
_WIDER = {r"\w": rf"\w{_NOT_ASCII}", r"\d": rf"\d{_NOT_ASCII}", r"\s": rf"\s\x1c-\x1f{_NOT_ASCII}"}
_BOUNDARIES = (r"\b", r"\B")
_PARTS = re.compile(r"\\.|\[\^?\]?|\]|[^\\\[\]]+", re.DOTALL)
_FOLDED_TO_ASCII = r"\x{130}\x{131}\x{17f}\x{212a}"
"""Turkish i with and without a dot, long s, Kelvin: caseless, `re` takes them for i, s and k."""
_LONGEST_COUNT = 16
"""What repeats more often than that is not counted further: it makes the database large."""
_FOLDED_LETTER = re.compile(r"(?<!\(\?)[iIsSkK]")
_VALUE_OF_A_LINE = r"[^\x0b'\"\n]*[^\x0b,'\"`\n]"
"""The keyword plug-in's own value without its look-aheads."""
_BACK_REFERENCE = re.compile(r"\(\\\d\)")
_COMMON = """
bash bat c cc cfg cls cmake cnf conf cpp cs css csv dart ex exs go gradle h hpp hs html in ini
ipynb java jl js json jsx kt lock lua m md mjs mk php pl po properties proto ps1 py pyi r rb rs
rst sass scala scss sh sql svg swift tf toml ts tsx txt vue xml yaml yml zsh
"""
_SUFFIXES = ("", *(f".{name}" for name in _COMMON.split()))
"""Those that are worth to be told apart; for any other file every pattern counts."""


class PluginPatterns(NamedTuple):
    """What the database needs to know about the plug-ins."""

    plugins: tuple[str, ...]
    """Whose pattern it is, for each pattern."""
    patterns: tuple[Pattern, ...]
    keywords: Mapping[str, tuple[int, ...]]
    """By a file's suffix, the places of those keyword patterns that the plug-in would use."""


def token_patterns() -> PluginPatterns:
    """The patterns of those plug-ins that know tokens by their format."""
    plugins, patterns = zip(*_token_patterns(), strict=True)
    return PluginPatterns(plugins, patterns, {})


def plugin_patterns() -> PluginPatterns:
    """The patterns of all plug-ins that we use."""
    named = [*_token_patterns()]
    regexes = _keyword_regexes()
    keywords = {
        suffix: tuple(
            len(named) + place
            for place, regex in enumerate(regexes)
            if regex in _regexes_for(f"name{suffix}")
        )
        for suffix in _SUFFIXES
    }
    named += [(KEYWORD_PLUGIN, _pattern(_keyword(regex), regex.flags)) for regex in regexes]
    plugins, patterns = zip(*named, strict=True)
    return PluginPatterns(plugins, patterns, keywords)


def _token_patterns() -> Iterator[tuple[str, Pattern]]:
    from detect_secrets.settings import get_plugins  # noqa: PLC0415 - heavy

    with plugin_settings():
        for plugin in get_plugins():
            name = type(plugin).__name__
            if name in TOKEN_PLUGINS:
                for regex in plugin.denylist:
                    yield name, _pattern(regex.pattern, regex.flags)


def _pattern(regex: str, flags: int) -> Pattern:
    caseless = hyperscan.HS_FLAG_CASELESS if flags & re.IGNORECASE else 0
    dotall = hyperscan.HS_FLAG_DOTALL if flags & re.DOTALL else 0
    widened = _widened(regex, folded=bool(caseless))
    return Pattern(cut_short(widened.encode(), _LONGEST_COUNT), _FLAGS | caseless | dotall)


def _widened(regex: str, *, folded: bool) -> str:
    """The regex with classes that hold every character beyond ASCII too, and no boundaries.

    A negated class holds them anyway, as long as what it excludes stays ASCII. `folded`, so do the
    letters that such a character can stand for.
    """
    made: list[str] = []
    bracket = ""
    for part in _PARTS.findall(regex):
        if bracket:
            closing = folded and bracket == "[" and part[0] != "\\" and part.endswith("]")
            made.append(_WIDER.get(part, part) if bracket == "[" else part)
            if closing:
                made[-1] = f"{part[:-1]}{_FOLDED_TO_ASCII}]"
            bracket = "" if part.endswith("]") and part[0] != "\\" else bracket
        elif part[0] == "[":
            bracket = part.removesuffix("]")
            made.append(part)
        elif part not in _BOUNDARIES:
            made.append(f"[{_WIDER[part]}]" if part in _WIDER else _folded(part, folded=folded))
    return "".join(made)


def _folded(part: str, *, folded: bool) -> str:
    if not folded or part[0] == "\\":
        return part
    return _FOLDED_LETTER.sub(lambda letter: f"[{letter[0]}{_FOLDED_TO_ASCII}]", part)


def _keyword_regexes() -> list[re.Pattern[str]]:
    from detect_secrets.plugins import keyword  # noqa: PLC0415 - heavy

    used = (
        *keyword.REGEX_BY_FILETYPE.values(),
        keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP,
        keyword.CONFIG_DENYLIST_REGEX_TO_GROUP,
    )
    return sorted({regex for regexes in used for regex in regexes}, key=lambda regex: regex.pattern)


def _regexes_for(path: str) -> frozenset[re.Pattern[str]]:
    from warden_hooks.secrets.detect_secrets import assignments  # noqa: PLC0415 - heavy

    return frozenset(assignments(path))


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
