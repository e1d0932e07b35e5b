"""Secrets in encoded text: found on every rung, at their place, masked, each once."""

import base64
import json
import random
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.growth import QUADRATIC, growth
from tests.hooks.planted import (
    ALPHANUMERIC,
    HEXADECIMAL,
    aws_key,
    characters,
    github_token,
    password,
    private_key,
)
from tests.hooks.secrets.layers.encoded import (
    ENCODINGS,
    Encode,
    in_base64,
    in_codes,
    in_escapes,
    in_lines,
    in_parts,
    in_percents,
)
from warden_hooks.scan import SourceResult, scan_source
from warden_hooks.secrets.compiled import compiled
from warden_hooks.secrets.context.forms import FORMS
from warden_hooks.secrets.detect_secrets import detect_secrets_engine
from warden_hooks.secrets.engine import RawMatch, SecretEngine
from warden_hooks.secrets.engines import Engine, best_prefilter
from warden_hooks.secrets.layers import decode
from warden_hooks.secrets.load import load
from warden_hooks.secrets.prefilter.ahocorasick import AhoCorasickPrefilter
from warden_hooks.secrets.prefilter.plain import PlainPrefilter, Searched
from warden_hooks.source import Skipped, SkipReason, SourceFile

KEY = b"for tests"
TOKEN, PASSWORD = github_token(), password()


@pytest.fixture(scope="module")
def rungs() -> Iterator[list[Engine]]:
    kept, bare = load(patient=True), compiled(with_database=False)
    searched: tuple[Searched, ...] = (*bare.table, *FORMS)
    with detect_secrets_engine() as plugins:
        prefilters = (AhoCorasickPrefilter(searched), PlainPrefilter(searched))
        fastest = Engine(kept, best_prefilter(kept), lambda: plugins)
        assert fastest._prefilter.name == "hyperscan"
        yield [fastest, *(Engine(bare, each, lambda: plugins) for each in prefilters)]


@pytest.fixture(scope="module")
def engine(rungs: list[Engine]) -> SecretEngine:
    return rungs[0]


def look(engine: SecretEngine, text: str, path: str = "app.py") -> SourceResult:
    return scan_source(SourceFile(path, text, len(text.encode())), engine, KEY)


def sure(engine: SecretEngine, text: str, path: str = "app.py") -> set[RawMatch]:
    return {match for match in engine.matches(SourceFile(path, text, 0)) if not match.doubt}


def secrets(engine: SecretEngine, text: str, path: str = "app.py") -> set[str]:
    return {match.secret for match in sure(engine, text, path)}


def agree(rungs: list[Engine], text: str, path: str = "app.py") -> None:
    """Told by rule and place: a secret is printed by no failing test."""
    first, *others = (look(engine, text, path) for engine in rungs)
    for found in others:
        assert found.findings == first.findings
        assert found.skipped == first.skipped


LINES = {
    "a token": (TOKEN, f"the token is {TOKEN} as you know"),
    "an assigned key": (
        characters(HEXADECIMAL, 32),
        f'{{"TWILIO_AUTH_TOKEN": "{characters(HEXADECIMAL, 32)}"}}',
    ),
    "a password": (PASSWORD, f"DB_HOST=db1\nDB_PASSWORD={PASSWORD}\nDB_NAME=orders\n"),
    "a plug-in's token": (aws_key(), f"[default]\nkey_id={aws_key()}\nregion=eu-west-1\n"),
    "a URL": (f"{characters(ALPHANUMERIC, 14)}", "postgres://app:{}@db.internal/app"),
}


@pytest.mark.parametrize(("layer", "encode"), ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize(("secret", "line"), LINES.values(), ids=LINES)
def test_a_secret_is_found_whatever_it_is_encoded_in(
    rungs: list[Engine], secret: str, line: str, layer: str, encode: Encode
) -> None:
    text = "x = 1\n" + encode(line.replace("{}", secret)) + "\n"
    path = "a.properties"
    found = [match for match in sure(rungs[0], text, path) if match.secret == secret]
    assert found, f"not seen through {layer}"
    assert all(match.layers in ((), (layer,)) for match in found)
    agree(rungs, text, path)
    findings = look(rungs[0], text, path).findings
    for size in range(6, len(secret)):
        assert secret[-size:] not in repr(findings)


TWICE = {
    "base64 of base64": lambda text: in_base64(in_base64(text)),
    "base64 in JSON": lambda text: in_escapes("a\n" + in_base64(text) + "\nb"),
    "JSON in base64": lambda text: in_base64(in_escapes(text)),
    "JSON in JSON in JSON": lambda text: in_escapes(in_escapes(in_escapes(text))),
    "percents in base64": lambda text: in_base64("https://a.b/?x=" + in_percents(text)),
    "base64 in percents": lambda text: in_percents("?a=" + in_base64(text)),
    "base64 in parts": lambda text: in_parts(in_base64(text)),
    "codes in base64 in hex": lambda text: in_base64(in_codes(text)).encode().hex(),
}


@pytest.mark.parametrize("encode", TWICE.values(), ids=TWICE)
def test_what_is_encoded_twice_is_decoded_twice(rungs: list[Engine], encode: Encode) -> None:
    token = "h" + "f_" + characters(ALPHANUMERIC, 34)
    line = f"the token is\n{token}"
    text = f"é = '{encode(line)}'\n"
    layers = {match.layers for match in sure(rungs[0], text) if match.secret == token}
    assert layers
    assert min(map(len, layers)) >= 2
    agree(rungs, text)


def test_a_finding_is_at_its_place_in_the_file(engine: SecretEngine) -> None:
    encoded = in_base64(f"a first part, of no interest; {TOKEN}; and a last one")
    text = f"import os\n\né = '{encoded}'  # of ana\n"
    (finding,) = look(engine, text).findings
    assert finding.rule == "github-token"
    assert finding.layers == ("base64",)
    place = finding.location
    assert (place.line, place.end_line) == (3, 3)
    part = text.split("\n")[2][place.column - 1 : place.end_column - 1]
    assert TOKEN[2:-2] in base64.b64decode(part + "==").decode("latin-1")
    masked = "*" * len(part)
    assert finding.redacted == masked
    assert finding.redacted_line == f"é = '{encoded}'  # of ana".replace(part, masked)


def test_the_fingerprint_is_that_of_the_secret_itself(engine: SecretEngine) -> None:
    plain = look(engine, f"x = '{TOKEN}'").findings
    encoded = look(engine, f"x = '{in_base64('the token: ' + TOKEN)}'").findings
    assert [finding.fingerprint for finding in plain] == [item.fingerprint for item in encoded]


def test_secrets_in_one_encoded_text_are_findings_of_their_own(engine: SecretEngine) -> None:
    """Else who allows one would allow the others."""
    text = in_lines(f"A={aws_key()}\nT={TOKEN}\nDB_PASSWORD={PASSWORD}\n")
    found = look(engine, text, "a.txt").findings
    assert {finding.rule for finding in found} >= {"aws-access-key", "github-token"}
    assert len({finding.fingerprint for finding in found}) == 3


def test_what_is_plain_to_see_is_not_told_as_decoded(engine: SecretEngine) -> None:
    text = json.dumps({"a": f'x\n"{TOKEN}"\n{aws_key()}'})
    found = look(engine, text, "a.json").findings
    assert [finding.layers for finding in found] == [(), ()]


def test_a_public_prefix_is_shown_where_it_stands_as_it_is(engine: SecretEngine) -> None:
    (finding,) = look(engine, f"t = '{TOKEN[:9]}' + '{TOKEN[9:]}'").findings
    assert finding.layers == ("concatenation",)
    assert finding.redacted == "ghp_" + "*" * (len(TOKEN) + len("' + '") - 4)
    (finding,) = look(engine, f"t = '{TOKEN[:2]}' + '{TOKEN[2:]}'").findings
    assert set(finding.redacted) == {"*"}


def kubernetes(**values: str) -> str:
    data = "".join(f"  {name}: {value}\n" for name, value in values.items())
    return f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ntype: Opaque\ndata:\n{data}"


def test_a_value_of_a_kubernetes_secret_is_one_finding(rungs: list[Engine]) -> None:
    text = kubernetes(password=in_base64(PASSWORD * 2), user=in_base64("the-user-of-the-database"))
    (finding,) = look(rungs[0], text, "secret.yaml").findings
    assert finding.rule == "generic-password"
    agree(rungs, text, "secret.yaml")
    text = kubernetes(token=in_base64(TOKEN))
    (finding,) = look(rungs[0], text, "secret.yaml").findings
    assert (finding.rule, finding.also) == ("github-token", ("generic-token",))
    agree(rungs, text, "secret.yaml")


def test_a_file_in_a_kubernetes_secret_is_read(engine: SecretEngine) -> None:
    settings = f"[db]\nuser = app\npassword = {PASSWORD}\n"
    text = kubernetes(**{"app.ini": in_base64(settings), "tls.key": in_base64(private_key())})
    found = look(engine, text, "secret.yaml").findings
    assert [finding.rule for finding in found] == ["generic-password", "private-key"]


def test_data_are_no_code(engine: SecretEngine) -> None:
    """In code a value has quotes; what is encoded there may be any text."""
    line = f"DB_PASSWORD={PASSWORD}"
    assert not secrets(engine, line)
    assert secrets(engine, f"x = '{in_base64('DB_HOST=localhost; ' + line)}'") == {PASSWORD}
    assert not secrets(engine, f"x = '{in_base64('DB_HOST=localhost; ' + line)}'", "yarn.lock")


def test_a_word_that_an_escape_begins_with_is_no_part_of_a_token(engine: SecretEngine) -> None:
    for escape in ("\\n", "\\t", "\\u0022", "\\x3d", "%3D", "%22"):
        assert aws_key() in secrets(engine, f'x = "some text here{escape}{aws_key()}"')


def test_a_piece_of_a_word_is_no_token(engine: SecretEngine) -> None:
    """Where a stretch to decode begins is no beginning of a word."""
    row = characters(ALPHANUMERIC.upper(), 380) + aws_key()
    text = f'x = "{row}{characters(ALPHANUMERIC, 380)}\\nabcdefgh12"'
    assert not secrets(engine, text)


def nested(times: int) -> str:
    text = f"the token = {TOKEN} and so on"
    for _ in range(times):
        text = in_base64(text)
    return text


def test_what_lies_too_deep_is_named(rungs: list[Engine]) -> None:
    for times in (decode.DEEPEST + 1, 12):
        text = f"x = '{nested(times)}'"
        assert look(rungs[0], text).findings == ()
        assert look(rungs[0], text).skipped == (Skipped("app.py", SkipReason.NOT_DECODED),)
        agree(rungs, text)
    assert look(rungs[0], nested(decode.DEEPEST)).skipped == ()
    assert len(look(rungs[0], nested(decode.DEEPEST)).findings) == 1


def test_what_is_too_much_is_named(rungs: list[Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(in_base64(f"text number {number} is harmless") for number in range(40))
    text += "\n\n" + in_base64(f"the last text holds {TOKEN}")
    assert look(rungs[0], text).skipped == ()
    assert len(look(rungs[0], text).findings) == 1
    for limit in ("_MOST_PIECES", "_LEAST_ROOM"):
        with monkeypatch.context() as patch:
            patch.setattr(decode, limit, 30)
            patch.setattr(decode, "_TIMES", 0)
            result = look(rungs[0], text)
            assert result.findings == ()
            assert result.skipped == (Skipped("app.py", SkipReason.NOT_DECODED),)
            agree(rungs, text)


def test_what_fits_of_a_text_is_looked_at(
    engine: SecretEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "_LEAST_ROOM", 100)
    monkeypatch.setattr(decode, "_TIMES", 0)
    result = look(engine, in_base64(f"{TOKEN} comes first, " + "and then there is more " * 9))
    assert len(result.findings) == 1
    assert result.skipped == (Skipped("app.py", SkipReason.NOT_DECODED),)


LARGE: dict[str, Callable[[int], str]] = {
    "base64 of text": lambda size: in_base64("and there is more of it\n" * (size // 32)),
    "base64 of text in lines": lambda size: in_lines("and there is more of it\n" * (size // 32)),
    "base64 of no text": lambda size: base64.b64encode(random.Random(1).randbytes(size)).decode(),
    "many texts in base64": lambda size: f"'{in_base64('a text that goes on')}', " * (size // 32),
    "hexadecimal": lambda size: ("more of it and " * (size // 30)).encode().hex(),
    "percents": lambda size: "%41b" * (size // 4),
    "names in percents": lambda size: "password%3Dabc%2F1&" * (size // 19),
    "escapes": lambda size: "\\n" + "abcdefgh12\\n" * (size // 12),
    "codes": lambda size: "\\x41" * (size // 4),
    "backslashes": lambda size: "\\" * size,
    "strings on one line": lambda size: '"a"+' * (size // 4),
    "names on one line": lambda size: 'password = "ab" + "cd"; ' * (size // 24),
    "quotes": lambda size: '"+' * (size // 2),
}


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_time_grows_with_the_text(engine: SecretEngine, make: Callable[[int], str]) -> None:
    assert growth(lambda size: look(engine, make(size)), 400_000) < QUADRATIC


def test_a_million_strings_on_one_line_are_no_problem(engine: SecretEngine) -> None:
    text = "f(" + '"a"+' * 1_000_000 + f"'', '{TOKEN[:20]}' + '{TOKEN[20:]}')"
    assert [finding.rule for finding in look(engine, text).findings] == ["github-token"]


def test_memory_grows_with_the_text_and_not_much(engine: SecretEngine) -> None:
    """Beside what one long piece needs, some sixty bytes for each byte of the worst text."""
    for make in LARGE.values():
        text = make(200_000)
        tracemalloc.start()
        look(engine, text)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 20_000_000 + 60 * len(text)


_WORDS = st.sampled_from(
    [
        *(" ", "\n", "=", '"', "'", "é", " + ", "\\", "%", "password", "token = ", "x"),
        *(TOKEN, PASSWORD, f"DB_PASSWORD={PASSWORD}\n", aws_key(), "https://a:b@c.d/"),
    ]
)
_ENCODED = st.recursive(
    st.lists(_WORDS, min_size=2, max_size=6).map("".join),
    lambda inner: st.tuples(
        inner,
        st.sampled_from(sorted(ENCODINGS)),
        st.sampled_from(["{}", '"{}"', "a {}\n", "\\n{}"]),
    ).map(lambda made: made[2].replace("{}", ENCODINGS[made[1]][1](made[0]))),
    max_leaves=3,
)


@given(_ENCODED, st.sampled_from(["app.py", "a.yaml", "a.txt", "a.json"]))
@settings(max_examples=60, deadline=None)
def test_however_it_is_encoded_every_rung_finds_the_same(
    rungs: list[Engine], text: str, path: str
) -> None:
    agree(rungs, text, path)


def test_the_plug_ins_are_asked_about_what_was_decoded(engine: SecretEngine) -> None:
    only_theirs = "AK" + "C" + characters(ALPHANUMERIC, 64)
    assert only_theirs in secrets(engine, f'x = "{in_base64("a key " + only_theirs)}"')
