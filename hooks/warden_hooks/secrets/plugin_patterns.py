"""Where detect-secrets' plug-ins could match, as patterns for the database.

Derived from the live plug-ins, so that a new release brings its own.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import hyperscan

from warden_hooks.secrets.coarse import cut_short
from warden_hooks.secrets.database import Pattern
from warden_hooks.secrets.detect_secrets import TOKEN_PLUGINS, plugin_settings
from warden_hooks.secrets.in_bytes import in_bytes

_LONGEST_COUNT = 64
"""What repeats more often than that is not counted further: it makes the database large."""


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
    written = in_bytes(regex.pattern if text is None else text, regex.flags)
    return Pattern(cut_short(written, _LONGEST_COUNT), hyperscan.HS_FLAG_ALLOWEMPTY | caseless)
