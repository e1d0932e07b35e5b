"""detect-secrets behind our seam: what is found, as what, and how much of it is the secret."""

from collections.abc import Iterator
from typing import Any

import pytest
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.settings import get_settings

from tests.hooks.examples import EXAMPLES, Example
from tests.hooks.planted import (
    ALPHANUMERIC,
    aws_key,
    characters,
    github_token,
    password,
    private_key,
)
from warden_hooks.secrets.detect_secrets import (
    KEYWORD_PLUGIN,
    LEFT_OUT,
    TOKEN_PLUGINS,
    VALUE_IN_GROUP,
    DetectSecretsEngine,
    detect_secrets_engine,
)
from warden_hooks.secrets.engine import RawMatch, SecretEngine
from warden_hooks.source import SourceFile
from warden_policies.rules import secret_rules

_TYPES: dict[str, Any] = get_mapping_from_secret_type_to_class()
PLUGINS = {plugin.__name__: plugin for plugin in _TYPES.values()}


class _AllPlugins:
    """Those that know formats, and the one that only knows names."""

    def __init__(self, engine: DetectSecretsEngine) -> None:
        self._engine = engine

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        yield from self._engine.matches(source)
        yield from self._engine.keyword_matches(source)


@pytest.fixture(scope="module")
def engine() -> Iterator[SecretEngine]:
    with detect_secrets_engine() as opened:
        yield _AllPlugins(opened)


def found(engine: SecretEngine, text: str, path: str = "app.py") -> list[RawMatch]:
    matches = engine.matches(SourceFile(path, text, len(text)))
    return [match for match in matches if not match.doubt]


def rules(engine: SecretEngine, text: str, path: str = "app.py") -> set[str]:
    return {match.rule for match in found(engine, text, path)}


def test_every_plugin_is_used_or_left_out_for_a_reason() -> None:
    assert {*TOKEN_PLUGINS, KEYWORD_PLUGIN, *LEFT_OUT} == set(PLUGINS)
    assert not {*TOKEN_PLUGINS, KEYWORD_PLUGIN} & set(LEFT_OUT)


def test_every_plugin_in_use_has_exactly_one_rule() -> None:
    claimed = sorted(rule.detect_secrets for rule in secret_rules().values() if rule.detect_secrets)
    assert claimed == sorted((*TOKEN_PLUGINS, KEYWORD_PLUGIN))


def test_every_rule_has_an_example() -> None:
    found_by_plugins = {rule.id for rule in secret_rules().values() if rule.detect_secrets}
    assert {example.rule for example in EXAMPLES} == found_by_plugins


def test_nothing_can_reach_the_network(engine: SecretEngine) -> None:
    assert not [name for name in get_settings().filters if "verification" in name]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_the_whole_secret_is_the_match(engine: SecretEngine, example: Example) -> None:
    matches = [m for m in found(engine, example.text, example.path) if m.rule == example.rule]
    spans = {example.text[match.start : match.end] for match in matches}
    assert spans == {example.secret}
    assert all(example.secret.startswith(example.shown) for _ in matches)
    assert {match.shown for match in matches} == {len(example.shown)}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_a_secret_is_found_wherever_it_stands(engine: SecretEngine, example: Example) -> None:
    """In the middle of a file, twice in a row, with Windows line ends, in a line of megabytes."""
    line = example.text.removesuffix("\n") + "\n"
    for before in ("import os\n\n", line, "\r\n", "x" * 5000 + "\n"):
        matches = found(engine, f"{before}{line}y = 1\n", example.path)
        assert {m.start for m in matches if m.rule == example.rule} >= {
            len(before) + line.index(example.secret)
        }


@pytest.mark.parametrize("gap", [0, 3000, 4000, 4090, 4096, 9000])
def test_a_token_in_a_long_line_is_found_whole_where_windows_meet(
    engine: SecretEngine, gap: int
) -> None:
    token = github_token()
    text = "a;" * (gap // 2) + f"'{token}'" + ";b" * 5000
    assert {text[match.start : match.end] for match in found(engine, text)} == {token}


@pytest.mark.parametrize("name", sorted(TOKEN_PLUGINS))
def test_a_group_that_is_only_a_prefix_is_never_taken_for_the_secret(name: str) -> None:
    """A new release of the library cannot reopen the hole: who groups is known, and how."""
    grouping = any(pattern.groups for pattern in PLUGINS[name].denylist)
    prefix_only = {"GitHubTokenDetector", "GitLabTokenDetector", "IPPublicDetector"}
    assert grouping == (name in VALUE_IN_GROUP | prefix_only)


def test_two_tokens_of_one_kind_are_two_secrets(engine: SecretEngine) -> None:
    text = f"a = '{github_token(1)}'\nb = '{github_token(2)}'\n"
    assert len({match.secret for match in found(engine, text)}) == 2


def test_two_keys_with_the_same_header_are_two_secrets(engine: SecretEngine) -> None:
    text = f"{private_key(1)}\n{private_key(2)}\n"
    assert len({match.secret for match in found(engine, text)}) == 2


def test_a_second_assignment_on_a_line_is_seen(engine: SecretEngine) -> None:
    text = f"connect(a_password='{password(1)}', b_password='{password(2)}')"
    assert {match.secret for match in found(engine, text)} == {password(1), password(2)}


def test_a_call_around_a_token_does_not_hide_it(engine: SecretEngine) -> None:
    """The library's filter for indirect references drops the whole line."""
    text = f"client = boto3.client('s3', aws_access_key_id='{aws_key()}')"
    assert rules(engine, text) == {"aws-access-key"}


@pytest.mark.parametrize("path", ["docs/swagger.json", "a.lock", "style.css", "icon.svg", "go.sum"])
def test_a_token_is_found_in_files_that_the_library_ignores(
    engine: SecretEngine, path: str
) -> None:
    assert rules(engine, github_token(), path) == {"github-token"}


_SRI = "sha512-" + characters(ALPHANUMERIC, 86) + "=="


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package-lock.json", f'"password": "{password()}"'),
        ("package-lock.json", f'"integrity": "{_SRI}"'),
        ("poetry.lock", 'hash = "sha256:' + characters("0123456789abcdef", 64) + '"'),
        ("a.py", "password = os.environ['DB_PASSWORD_1']"),
        ("a.py", "password = get_secret('db/main/1')"),
        ("a.py", 'password = "${DB_PASSWORD_1}"'),
        ("a.py", 'password_field_id = "login-form-2"'),
        ("a.yaml", "password: !vault db/main#1"),
        ("a.yaml", "secretName: tls-cert-2"),
        ("a.yaml", "password: {{ .Values.db.password1 }}"),
        ("a.py", "secret_id = '01234567-89ab-cdef-0123-456789abcdef'"),
        ("a.md", "postgres://user:password@localhost/db"),
        ("a.md", "see https://docs.example.com/a:b/@scope/c"),
        ("a.py", "raise ValueError('-----BEGIN RSA PRIVATE KEY----- is missing')"),
        ("a.txt", "arn:aws:sns:us-east-1:123456789012:MySNSTopicForNotificationsAboutIt"),
        ("a.txt", "ghp_" + "x" * 36),
    ],
)
def test_what_only_looks_like_a_secret_is_no_finding(
    engine: SecretEngine, path: str, text: str
) -> None:
    assert rules(engine, text, path) == set()


def test_a_doubtful_match_is_still_told_so_that_it_can_be_masked(engine: SecretEngine) -> None:
    text = 'password = "correct horse battery"'
    (match,) = {*engine.matches(SourceFile("a.py", text, len(text)))}
    assert match.doubt == "words"
    assert text[match.start : match.end] == "correct horse battery"


def test_the_secret_is_in_no_repr(engine: SecretEngine) -> None:
    assert aws_key() not in repr(found(engine, aws_key()))
