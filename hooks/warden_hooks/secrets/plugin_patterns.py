"""Where detect-secrets' plug-ins could match, as patterns for the database.

Derived from the live plug-ins, so that a new release brings its own. Every pattern matches at
least wherever its plug-in does: look-arounds are dropped, and a letter or space that only Unicode
knows passes for both, because the database knows those of ASCII alone.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import hyperscan

from warden_hooks.secrets.coarse import cut_short
from warden_hooks.secrets.database import Pattern
from warden_hooks.secrets.detect_secrets import TOKEN_PLUGINS, plugin_settings

_FLAGS = hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_MULTILINE | hyperscan.HS_FLAG_UTF8
_NOT_ASCII = r"\x{80}-\x{10ffff}"
_WIDER = {r"\w": rf"\w{_NOT_ASCII}", r"\d": rf"\d{_NOT_ASCII}", r"\s": rf"\s\x1c-\x1f{_NOT_ASCII}"}
_BOUNDARIES = (r"\b", r"\B")
_PARTS = re.compile(r"\\.|\[\^?\]?|\]|[^\\\[\]]+", re.DOTALL)
_FOLDED_TO_ASCII = r"\x{130}\x{131}\x{17f}\x{212a}"
"""Turkish i with and without a dot, long s, Kelvin: caseless, `re` takes them for i, s and k."""
_LONGEST_COUNT = 16
"""What repeats more often than that is not counted further: it makes the database large."""
_COMMENTED = re.compile(r"\s+|(?<!\\)#[^\n]*")
_FOLDED_LETTER = re.compile(r"(?<!\(\?)[iIsSkK]")


class PluginPatterns(NamedTuple):
    """What the database needs to know about the plug-ins."""

    plugins: tuple[str, ...]
    """Whose pattern it is, for each pattern."""
    patterns: tuple[Pattern, ...]


def token_patterns() -> PluginPatterns:
    """The patterns of those plug-ins of ours that know tokens by their format."""
    plugins, patterns = zip(*_token_patterns(), strict=True)
    return PluginPatterns(plugins, patterns)


def _token_patterns() -> Iterator[tuple[str, Pattern]]:
    from detect_secrets.settings import get_plugins  # noqa: PLC0415 - heavy

    with plugin_settings():
        for plugin in get_plugins():
            name = type(plugin).__name__
            if name in TOKEN_PLUGINS:
                for regex in plugin.denylist:
                    yield name, pattern(regex)


def pattern(regex: re.Pattern[str], text: str | None = None) -> Pattern:
    """A pattern that matches wherever the regex does; `text` is what to take of it, if not all."""
    caseless = hyperscan.HS_FLAG_CASELESS if regex.flags & re.IGNORECASE else 0
    dotall = hyperscan.HS_FLAG_DOTALL if regex.flags & re.DOTALL else 0
    plain = regex.pattern if text is None else text
    if regex.flags & re.VERBOSE:
        plain = _COMMENTED.sub("", plain)
    widened = _widened(plain, folded=bool(caseless))
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
