"""From a source to its findings: what counts, what is allowed, what is shown."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hooks.examples import EXAMPLES, Example
from tests.hooks.planted import aws_key, github_token, password, private_key
from warden_hooks.scan import ScanResult, SourceResult, scan, scan_source
from warden_hooks.secrets.engine import RawMatch, SecretEngine
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.source import Skipped, SkipReason, SourceFile
from warden_policies.finding import Confidence, Location

KEY = b"for tests"


@pytest.fixture(scope="module")
def engine() -> Iterator[SecretEngine]:
    with secret_engine(patient=True) as opened:
        yield opened


def look(
    engine: SecretEngine,
    text: str,
    added: tuple[range, ...] | None = None,
    path: str = "app.py",
    key: bytes = KEY,
) -> SourceResult:
    return scan_source(SourceFile(path, text, len(text), added), engine, key)


def test_a_finding_says_what_and_where(engine: SecretEngine) -> None:
    text = f'import os\n\n日 = ("{aws_key()}")  # the key\n'
    (finding,) = look(engine, text).findings
    assert finding.rule == "aws-access-key"
    assert finding.title == "AWS access key"
    assert finding.location == Location("app.py", 3, 7, 3, 27)
    assert finding.redacted == "AKIA" + "*" * 16
    assert finding.redacted_line == f'日 = ("AKIA{"*" * 16}")  # the key'


def test_a_key_block_ends_on_a_later_line(engine: SecretEngine) -> None:
    key = private_key()
    (finding,) = look(engine, f"\n{key}\n", path="id_rsa").findings
    assert finding.location == Location("id_rsa", 2, 1, 14, 65)
    assert finding.redacted == finding.redacted_line == key.partition("\n")[0]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_no_piece_of_a_secret_is_in_a_finding(engine: SecretEngine, example: Example) -> None:
    findings = look(engine, example.text, path=example.path).findings
    assert len(findings) == 1
    hidden = example.secret.removeprefix(example.shown)
    for size in range(min(6, len(hidden)), len(hidden)):
        assert hidden[:size] not in repr(findings)
        assert hidden[-size:] not in repr(findings)


def test_everything_that_matched_on_a_line_is_masked(engine: SecretEngine) -> None:
    text = f"k = '{aws_key()}'; password = 'correct horse battery'; t = '{github_token()}'"
    first, second = look(engine, text).findings
    assert first.redacted_line == second.redacted_line
    assert "horse" not in first.redacted_line
    assert first.redacted_line.count("*") == 16 + len("correct horse battery") + 36


def test_one_secret_is_one_finding(engine: SecretEngine) -> None:
    (finding,) = look(engine, f'aws_secret_key = "{aws_key()}"').findings
    assert finding.rule == "aws-access-key"
    assert finding.also == ("generic-key",)
    assert finding.redacted_line.endswith(f'"AKIA{"*" * 16}"')


@pytest.mark.parametrize(
    ("added", "findings"),
    [
        pytest.param(None, 2, id="every line"),
        pytest.param((), 0, id="no line"),
        pytest.param((range(2, 3),), 1, id="the second"),
        pytest.param((range(3, 9),), 0, id="only others"),
    ],
)
def test_only_findings_on_lines_that_count_are_told(
    engine: SecretEngine, added: tuple[range, ...] | None, findings: int
) -> None:
    text = f"a = '{aws_key(1)}'\nb = '{aws_key(2)}'\nc = 1\n"
    assert len(look(engine, text, added).findings) == findings


def test_a_new_body_under_an_old_header_is_a_new_key(engine: SecretEngine) -> None:
    assert look(engine, private_key(), (range(5, 6),)).findings
    assert not look(engine, private_key() + "\nafter\n", (range(15, 16),)).findings


@pytest.mark.parametrize(
    ("text", "path", "findings", "allowed"),
    [
        ("k = '{}'  # pragma: allowlist secret", "a.py", 0, 1),
        ("k = '{}'; // pragma: allowlist secret", "a.js", 0, 1),
        ("k = '{}'  /* pragma: allowlist secret */", "a.css", 0, 1),
        ("<k>{}</k> <!-- pragma: allowlist secret -->", "a.xml", 0, 1),
        ("k: {} # pragma: whitelist secret", "a.yaml", 0, 1),
        ("# pragma: allowlist nextline secret\nk = '{}'", "a.py", 0, 1),
        ("k = '{}'  # pragma: allowlist secret\r\n", "a.py", 0, 1),
        ("k = '{}'  # pragma: allow", "a.py", 1, 0),
        ("# pragma: allowlist secret\nk = '{}'", "a.py", 1, 0),
        ("k = '{}'\n# pragma: allowlist secret", "a.py", 1, 0),
    ],
)
def test_a_pragma_allows_and_is_counted(
    engine: SecretEngine, text: str, path: str, findings: int, allowed: int
) -> None:
    result = look(engine, text.replace("{}", aws_key()), path=path)
    assert (len(result.findings), result.allowed) == (findings, allowed)


def test_a_comment_that_ignores_the_rule_is_counted(engine: SecretEngine) -> None:
    text = f"k = '{aws_key()}'  # changewarden: ignore[aws-access-key] documented by the vendor\n"
    result = look(engine, text)
    assert (result.findings, result.allowed, result.remarks) == ((), 1, {})


def test_a_comment_that_ignores_nothing_says_why(engine: SecretEngine) -> None:
    result = look(engine, f"k = '{aws_key()}'  # changewarden: ignore[aws-access-key]\n")
    (finding,) = result.findings
    assert result.allowed == 0
    assert result.remarks == {
        finding.fingerprint: "not ignored: the comment's reason is missing; "
        "write  changewarden: ignore[aws-access-key] REASON"
    }


def test_the_key_is_fetched_only_for_a_finding(engine: SecretEngine) -> None:
    fetched: list[bytes] = []

    def key() -> bytes:
        fetched.append(KEY)
        return KEY

    clean = SourceFile("a.py", "x = 1\n", 6)
    scan([clean], engine, key)
    assert not fetched
    text = f"k = '{aws_key()}'"
    found = scan([clean, SourceFile("app.py", text, len(text))], engine, key)
    assert found.findings == look(engine, text).findings


def test_a_pragma_on_an_old_line_is_not_counted(engine: SecretEngine) -> None:
    text = f"k = '{aws_key()}'  # pragma: allowlist secret\n"
    assert look(engine, text, added=()).allowed == 0


def test_a_fingerprint_names_the_whole_secret(engine: SecretEngine) -> None:
    def name(text: str, path: str = "a.py", key: bytes = KEY) -> str:
        (finding,) = look(engine, text, path=path, key=key).findings
        return finding.fingerprint

    same = {name(f"k = '{aws_key()}'"), name(f"\n\nother = '{aws_key()}'")}
    assert len(same) == 1
    others = {
        name(f"k = '{aws_key(2)}'"),
        name(f"k = '{aws_key()}'", path="b.py"),
        name(f"k = '{aws_key()}'", key=b"other"),
    }
    assert len(same | others) == 4


def test_a_key_that_was_indented_keeps_its_fingerprint(engine: SecretEngine) -> None:
    key = private_key()
    indented = "k: |\n" + "".join(f"  {line}\n" for line in key.split("\n"))
    names = {look(engine, text, path="k.yml").findings[0].fingerprint for text in (key, indented)}
    assert len(names) == 1


def test_a_scan_tells_how_much_it_looked_at(engine: SecretEngine) -> None:
    sources: list[SourceFile | Skipped] = [
        SourceFile("b.py", f"k = '{aws_key(1)}'", 26, added=(range(1, 2),)),
        SourceFile("a.txt", f"k = '{aws_key(2)}'", 26, is_utf8=False),
        Skipped("c.png", SkipReason.BINARY),
    ]
    result = scan(sources, engine, KEY)
    assert [finding.location.path for finding in result.findings] == ["a.txt", "b.py"]
    assert (result.files, result.size, result.new) == (2, 52, frozenset({"b.py"}))
    assert result.skipped == (
        Skipped("a.txt", SkipReason.NOT_UTF8),
        Skipped("c.png", SkipReason.BINARY),
    )


def test_a_scan_of_nothing_says_so(engine: SecretEngine) -> None:
    assert scan([], engine, KEY) == ScanResult()


_SECRETS = [aws_key(), github_token(), password(), private_key().split("\n")[1]]
_PIECES = st.sampled_from(
    [
        *("\n", " ", "'", '"', "=", ":", "password", "secret", "\\n", "é", "\r\n", "x" * 5000),
        *("# pragma: allowlist secret", "://a:b@", private_key(), *_SECRETS),
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_whatever_stands_around_it_a_finding_shows_no_secret(
    engine: SecretEngine, text: str
) -> None:
    for finding in look(engine, text).findings:
        location, line = finding.location, finding.redacted_line
        original = text.split("\n")[location.line - 1].rstrip("\r")
        assert len(line) == len(original)
        end = location.end_column - 1 if location.end_line == location.line else len(line)
        assert (location.line, location.column) < (location.end_line, location.end_column)
        assert not line[location.column + 35 : end].strip("*"), "behind the longest public prefix"
        hidden = original[location.column + 35 : end]
        # What stands elsewhere too, on its own, may be none.
        assert len(hidden) < 8 or original.count(hidden) > 1 or hidden not in line


def test_the_same_letters_beside_a_secret_need_not_be_one(engine: SecretEngine) -> None:
    body = private_key().split("\n")[1]
    (finding,) = look(engine, f"{body} {aws_key()}{body}").findings
    assert finding.redacted_line.startswith(f"{body} AKIA*")


class _Sure:
    """An engine that sees the same word with every confidence."""

    def matches(self, source: SourceFile) -> Iterator[RawMatch]:
        for place, level in enumerate(Confidence):
            yield RawMatch("url-password", place * 3, place * 3 + 2, "x", 0, "", level)


@pytest.mark.parametrize(("least", "seen"), [("high", 1), ("medium", 2), ("low", 3)])
def test_only_what_is_sure_enough_is_reported(least: str, seen: int) -> None:
    source = SourceFile("a.py", "aa bb cc", 8)
    findings = scan_source(source, _Sure(), KEY, Confidence(least)).findings
    assert [finding.confidence for finding in findings] == list(Confidence)[:seen]
