"""detect-secrets' plug-ins behind our seam.

Its plug-ins decide what is a candidate, on the lines that their own regexes say can match at all.
Around them we change three things. The *whole* match is the secret: the plug-ins' own results are
regex groups, for some only a prefix such as `ghp`, so that two tokens would be one. A filter that
looks at a line or a file name may silence a keyword, never a token with a format of its own. And
verification stays off: it would send the candidate to its provider.

The library is imported when there is something to scan, because it costs more than all the rest.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from warden_hooks.secrets import judge
from warden_hooks.secrets.engine import RawMatch
from warden_hooks.secrets.key_block import key_block
from warden_hooks.secrets.segments import lines_touched, pieces_at, segments
from warden_hooks.source import SourceFile
from warden_policies.rules import SecretRule, secret_rules

if TYPE_CHECKING:
    from detect_secrets.plugins.base import RegexBasedDetector
    from detect_secrets.plugins.keyword import KeywordDetector

TOKEN_PLUGINS = (
    "ArtifactoryDetector",
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "BasicAuthDetector",
    "CloudantDetector",
    "DiscordBotTokenDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "IbmCloudIamDetector",
    "IbmCosHmacDetector",
    "JwtTokenDetector",
    "MailchimpDetector",
    "NpmDetector",
    "OpenAIDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
    "SendGridDetector",
    "SlackDetector",
    "SoftlayerDetector",
    "SquareOAuthDetector",
    "StripeDetector",
    "TelegramBotTokenDetector",
    "TwilioKeyDetector",
)
KEYWORD_PLUGIN = "KeywordDetector"
LEFT_OUT = {
    "Base64HighEntropyString": "a random-looking literal without a name is mostly a digest or id",
    "HexHighEntropyString": "the same, for hexadecimal",
    "IPPublicDetector": "an address is not a secret",
}

VALUE_IN_GROUP = frozenset(
    {
        "AWSKeyDetector",
        "BasicAuthDetector",
        "CloudantDetector",
        "IbmCloudIamDetector",
        "IbmCosHmacDetector",
        "NpmDetector",
        "SoftlayerDetector",
    }
)
"""Plug-ins whose regex group holds the secret and whose match holds the name it is assigned to as
well. Of every other plug-in the whole match is the secret, whatever it groups."""

_CONFIGURATION = re.compile(r"(?:^|/)\.env(?:\.[\w.-]+)?$|\.env$")
_MORE_OF_THE_TOKEN = re.compile(r"\w*(?:[-.=~+]{1,2}\w+)*", re.ASCII)
_AROUND = " \t\r\n=:\"'"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line (or a window of a long one) with its place in the source's text."""

    text: str
    start: int


@contextmanager
def plugin_settings() -> Iterator[None]:
    """While this is open, the library's process-wide settings are ours."""
    names = (*TOKEN_PLUGINS, KEYWORD_PLUGIN)
    with _without_requests():
        from detect_secrets.core.plugins.util import (  # noqa: PLC0415 - heavy
            get_mapping_from_secret_type_to_class,
        )
        from detect_secrets.settings import transient_settings  # noqa: PLC0415 - heavy

        get_mapping_from_secret_type_to_class()  # imports every plug-in
        import_module("detect_secrets.filters.common")  # as the settings do when they are left
    with transient_settings(
        {"plugins_used": [{"name": name} for name in names], "filters_used": []}
    ):
        yield


class _Empty(ModuleType):
    """A module in which every name is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


@contextmanager
def _without_requests() -> Iterator[None]:
    """While this is open, whoever imports `requests` for the first time gets an empty module.

    The plug-ins import it to verify candidates with their providers, which must never happen here;
    it takes more time and memory than all the rest of the library.
    """
    if "requests" in sys.modules:
        yield
        return
    sys.modules["requests"] = _Empty("requests")
    try:
        yield
    finally:
        del sys.modules["requests"]


@contextmanager
def detect_secrets_engine() -> "Iterator[DetectSecretsEngine]":
    """The engine, while the library's process-wide settings are ours."""
    with plugin_settings():
        from detect_secrets.settings import get_plugins  # noqa: PLC0415 - heavy

        plugins = {type(plugin).__name__: plugin for plugin in get_plugins()}
        yield DetectSecretsEngine(plugins.pop(KEYWORD_PLUGIN), plugins)


class DetectSecretsEngine:
    """`SecretEngine` over the plug-ins of the current settings."""

    def __init__(
        self, keyword: "KeywordDetector", tokens: "Mapping[str, RegexBasedDetector]"
    ) -> None:
        from detect_secrets.plugins.keyword import DENYLIST  # noqa: PLC0415 - heavy

        self._keyword = keyword
        self._tokens = tokens
        self._names = re.compile("|".join(DENYLIST), re.IGNORECASE)

    def matches_at(
        self, source: SourceFile, places: Mapping[str, Iterable[int]]
    ) -> Iterator[RawMatch]:
        """The candidates on the lines at the given offsets, which a plug-in's name leads to.

        The same as `matches` when every line on which a plug-in sees something is named.
        """
        for name, offsets in places.items():
            for start, end in pieces_at(source.text, offsets):
                line = _Line(source.text[start:end].rstrip(), start)
                yield from _token_matches(name, self._tokens[name], line, source.text)

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        """Every token in the source, doubtful ones included; the same one may come twice."""
        for offset, segment in segments(source.text):
            for name, plugin in self._tokens.items():
                for line in _candidates(plugin.denylist, segment, offset):
                    yield from _token_matches(name, plugin, line, source.text)

    def keyword_matches(self, source: SourceFile) -> Iterator[RawMatch]:
        """Every value that the keyword plug-in suspects for its name, doubtful ones included."""
        for offset, segment in segments(source.text):
            for line in _candidates([self._names], segment, offset):
                yield from _keyword_matches(self._keyword, line, source.path)


def _candidates(patterns: Iterable[re.Pattern[str]], segment: str, offset: int) -> Iterator[_Line]:
    """The lines on which at least one of the patterns can match."""
    touched = {
        bounds
        for pattern in patterns
        for match in pattern.finditer(segment)
        for bounds in lines_touched(segment, *match.span())
    }
    for start, end in sorted(touched):
        yield _Line(segment[start:end].rstrip(), offset + start)


def _token_matches(
    name: str, plugin: "RegexBasedDetector", line: _Line, text: str
) -> Iterator[RawMatch]:
    decided = set(plugin.analyze_string(line.text))
    if not decided:
        return
    rule = secret_rules().with_plugin(name)
    raw_match = _RAW_MATCH.get(name, _token)
    for pattern in plugin.denylist:
        seen_to = 0
        for match in pattern.finditer(line.text):
            # What begins inside the token before it is a part of it.
            if line.start + match.start() >= seen_to and _decided(match, decided):
                for raw in raw_match(rule, line, match, text):
                    seen_to = raw.end
                    yield raw


def _decided(match: re.Match[str], decided: set[str]) -> bool:
    """Whether the plug-in yielded what this match yields through `findall`."""
    groups = match.groups() or (match.group(),)
    return bool(decided.intersection(group or "" for group in groups))


def _token(rule: SecretRule, line: _Line, match: re.Match[str], _: str) -> Iterator[RawMatch]:
    """The whole token: without the boundary that a pattern includes, with the rest it leaves."""
    if rule.detect_secrets in VALUE_IN_GROUP and any(match.groups()):
        # A value that is known by the name before it begins with no public prefix.
        yield _raw(rule, line, match.span(_longest_group(match)), shown=0)
        return
    start, end = match.span()
    while line.text[start] in _AROUND:
        start += 1
    while line.text[end - 1] in _AROUND:
        end -= 1
    end = _grown(line.text, end)
    doubt = judge.boundary_doubt(line.text, start) or judge.place_doubt(line.text, start, end)
    yield _raw(rule, line, (start, end), rule.shown, doubt)


def _grown(text: str, end: int) -> int:
    """A pattern of fixed length may stop inside a token: new GitHub tokens have 520 characters."""
    rest = _MORE_OF_THE_TOKEN.match(text, end)
    return rest.end() if rest else end


def _longest_group(match: re.Match[str]) -> int:
    return max(range(1, len(match.groups()) + 1), key=lambda group: len(match.group(group) or ""))


def _raw(
    rule: SecretRule, line: _Line, span: tuple[int, int], shown: int, doubt: str = ""
) -> RawMatch:
    secret = line.text[slice(*span)]
    ours, confidence = judge.verdict(rule, secret)
    doubt = doubt or _library_doubt(secret) or ours
    start, end = line.start + span[0], line.start + span[1]
    return RawMatch(rule.id, start, end, secret, shown, doubt, confidence)


def _url_password(
    rule: SecretRule, line: _Line, match: re.Match[str], _: str
) -> Iterator[RawMatch]:
    password = match.group(1)
    user = line.text[match.start() + len("://") : match.start(1) - 1]
    doubt = judge.url_password_doubt(password, user, host=line.text[match.end() :])
    doubt = doubt or judge.rule_doubt(rule, password)
    start, end = line.start + match.start(1), line.start + match.end(1)
    yield RawMatch(rule.id, start, end, password, rule.shown, doubt, rule.confidence)


def _private_key(
    rule: SecretRule, line: _Line, match: re.Match[str], text: str
) -> Iterator[RawMatch]:
    block = key_block(text, line.start + match.start(), line.start + match.end())
    if block:
        yield RawMatch(rule.id, block.start, block.end, block.body, block.shown)


_RAW_MATCH: dict[str, Callable[[SecretRule, _Line, re.Match[str], str], Iterator[RawMatch]]] = {
    "BasicAuthDetector": _url_password,
    "PrivateKeyDetector": _private_key,
}


def _library_doubt(secret: str) -> str:
    """The library's filters that look at the secret alone; given the whole secret."""
    from detect_secrets.filters import heuristic  # noqa: PLC0415 - heavy

    filters = (
        heuristic.is_sequential_string,
        heuristic.is_templated_secret,
        heuristic.is_not_alphanumeric_string,
    )
    return next((filter_.__name__ for filter_ in filters if filter_(secret)), "")


def _keyword_matches(keyword: "KeywordDetector", line: _Line, path: str) -> Iterator[RawMatch]:
    patterns = assignments(path)
    decided = set(keyword.analyze_string(line.text, patterns))
    if not decided:
        return
    rule = secret_rules().with_plugin(KEYWORD_PLUGIN)
    for pattern, group in patterns.items():
        for match in pattern.finditer(line.text):
            value = match.group(group)
            doubt = _context_doubt(value, line.text, path, keyword)
            doubt = doubt or judge.assigned_doubt(value, line.text[: match.start()])
            start, end = line.start + match.start(group), line.start + match.end(group)
            yield RawMatch(rule.id, start, end, value, rule.shown, doubt, rule.confidence)


def assignments(path: str) -> dict[re.Pattern[str], int]:
    """The plug-in's patterns for this kind of file: where values need quotes, and where not."""
    from detect_secrets.plugins import keyword  # noqa: PLC0415 - heavy
    from detect_secrets.util.filetype import determine_file_type  # noqa: PLC0415 - heavy

    if _CONFIGURATION.search(path):
        return keyword.CONFIG_DENYLIST_REGEX_TO_GROUP
    quoted = keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP
    return keyword.REGEX_BY_FILETYPE.get(determine_file_type(path), quoted)


def _context_doubt(value: str, line: str, path: str, keyword: "KeywordDetector") -> str:
    """The library's filters, those that look at the line and the file name too."""
    from detect_secrets.filters import heuristic  # noqa: PLC0415 - heavy

    doubts = (
        (heuristic.is_lock_file, (path,)),
        (heuristic.is_swagger_file, (path,)),
        (heuristic.is_indirect_reference, (line,)),
        (heuristic.is_likely_id_string, (value, line, keyword)),
        (heuristic.is_potential_uuid, (value,)),
        (heuristic.is_prefixed_with_dollar_sign, (value,)),
    )
    named = next((filter_.__name__ for filter_, given in doubts if filter_(*given)), "")
    return named or _library_doubt(value)
