"""Both engines together: what the plug-ins see is found, and their library stays out until then."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from detect_secrets.plugins import keyword
from hypothesis import given
from hypothesis import strategies as st

from tests.hooks.examples import EXAMPLES, Example
from tests.hooks.planted import (
    ALPHANUMERIC,
    aws_key,
    characters,
    github_token,
    password,
    private_key,
)
from tests.hooks.repository import commit, stage
from warden_hooks.secrets.detect_secrets import DetectSecretsEngine, detect_secrets_engine
from warden_hooks.secrets.engine import RawMatch
from warden_hooks.secrets.engines import KEYWORDS, Engine, best_prefilter, secret_engine
from warden_hooks.secrets.load import load
from warden_hooks.source import SourceFile
from warden_policies.finding import Confidence


@pytest.fixture(scope="module")
def plugins() -> Iterator[DetectSecretsEngine]:
    with detect_secrets_engine() as engine:
        yield engine


@pytest.fixture(scope="module")
def engine(plugins: DetectSecretsEngine) -> Engine:
    """Ours is left out: what remains is what the plug-ins see at the places they are sent."""
    compiled = load(patient=True)
    prefilter = best_prefilter(compiled)
    assert prefilter.name == "hyperscan"
    engine = Engine(compiled, prefilter, lambda: plugins)
    engine._rules.confirmed = lambda *_, **__: iter(())  # type: ignore[method-assign]
    engine._in_context = lambda *_: iter(())  # type: ignore[method-assign]
    return engine


def seen(engine: Engine | DetectSecretsEngine, text: str, path: str = "a.py") -> set[RawMatch]:
    return set(engine.matches(SourceFile(path, text, len(text))))


def assert_equal(
    engine: Engine, plugins: DetectSecretsEngine, text: str, path: str = "a.py"
) -> None:
    found, expected = seen(engine, text, path), seen(plugins, text, path)
    assert repr(sorted(found, key=repr)) == repr(sorted(expected, key=repr))
    assert found == expected, "the same places, another secret"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
@pytest.mark.parametrize(
    "around", ["{}", "x\n{}\ny", "é {} é\n", "{}" + " " * 5000, "a;" * 9000 + "{}"]
)
def test_the_plugins_are_sent_wherever_they_see_something(
    engine: Engine, plugins: DetectSecretsEngine, example: Example, around: str
) -> None:
    for path in (example.path, "a.py", "b.yaml", ".env", "c.unknown", "Makefile", "d.go", "e.c"):
        assert_equal(engine, plugins, around.replace("{}", example.text), path)


UNUSUAL = [
    "pa\u017f\u017fword = 'c0rrect-horse'",
    "api_\u212aey = 'c0rrect-horse'",
    "AP\u0130_KEY: 'c0rrect-horse'",
    "contrase\u00f1a = 'c0rrect-horse'",
    "CONTRASE\u00d1A = 'c0rrect-horse'",
    "passwordé = 'c0rrect-horse'",
    "password\u00a0=\u3000'c0rrect-horse'",
    "password\x1c=\x1f'c0rrect-horse'",
    "password = 'c0rrect\x0bhorse'",
    "password = 'ünïcödé-1\u2028x'",
    "'c0rrect-horse' == my_password",
    "secret.assign(\"c0rrect-horse\", 17)",
    "password 'c0rrect-horse';",
    "password => `c0rrect-horse`",
    "password[25] = @\"c0rrect-horse\"",
    "password = 'c0rrect-horse\nx'",
    "password = \"c0rrect-horse'",
]  # fmt: skip


@pytest.mark.parametrize("text", UNUSUAL, ids=ascii)
def test_letters_and_spaces_that_only_unicode_knows_are_seen(
    engine: Engine, plugins: DetectSecretsEngine, text: str
) -> None:
    for path in ("a.py", "b.yaml", "c.go", "d.cs", "e.cpp", "f.txt"):
        assert_equal(engine, plugins, text, path)
        assert_equal(engine, plugins, f"ä\n{text}\r\nö\n{text}", path)


_PIECES = st.sampled_from(
    [
        *("\n", " ", "'", '"', "=", ":", "password", "secret", "api_key", "\\n", "é", "\r\n", ";"),
        *("==", "=>", ":=", "://a:b@", "x" * 5000, "\u00a0", "\x1c", "\u017f", "[", "]", "`", "("),
        *(aws_key(), github_token(), password(), "c0rrect-horse", private_key()),
    ]
)


@given(
    st.lists(_PIECES, max_size=14).map("".join),
    st.sampled_from(["a.py", "b.yml", "c.go", "d.m", "e.cpp", "f"]),
)
def test_whatever_the_text_the_plugins_see_what_they_would_see_alone(
    engine: Engine, plugins: DetectSecretsEngine, text: str, path: str
) -> None:
    assert_equal(engine, plugins, text, path)


def loaded_by(code: str) -> set[str]:
    code += "\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("text", "imported"),
    [("import os\npassword = read_password()\n", False), (f"k = '{password()}'\n", False),
     (f"password = '{password()}'\n", False), (f"key = '{aws_key()}'\n", True)],
)  # fmt: skip
def test_the_library_is_imported_only_for_a_candidate(
    tmp_path: Path, text: str, *, imported: bool
) -> None:
    (tmp_path / "a.py").write_text(text)
    code = f"from warden_hooks import cli\ncli.main(['scan', {str(tmp_path)!r}])"
    assert ("detect_secrets.plugins.base" in loaded_by(code)) is imported


def _only_theirs(seed: int) -> str:
    """A token that none of our rules knows."""
    return "AK" + "C" + characters(ALPHANUMERIC, 64, seed)


def test_an_old_candidate_is_no_reason_to_import_it(repository: Path) -> None:
    old = f'x = "{_only_theirs(1)}"\n'
    stage(repository, "a.py", old)
    commit(repository)
    stage(repository, "a.py", old + "x = 1\n")
    code = "from warden_hooks import cli\nassert cli.main(['scan', '--staged']) == 0"
    assert "detect_secrets.plugins.base" not in loaded_by(code)
    stage(repository, "a.py", old + f'x = "{_only_theirs(2)}"\n')
    code = "from warden_hooks import cli\nassert cli.main(['scan', '--staged']) == 1"
    assert "detect_secrets.plugins.base" in loaded_by(code)


_TEXTS = st.lists(
    st.sampled_from([*(example.text for example in EXAMPLES), "\n", "x = 1\n", "é", " "]),
    max_size=6,
)


@given(_TEXTS.map("".join), st.integers(0, 200))
def test_hits_tell_whether_there_can_be_anything_and_where(text: str, offset: int) -> None:
    data = text.encode()
    with secret_engine(patient=True) as engine:
        source = SourceFile("a.py", text, len(data))
        hits = engine.hits(data)
        found = list(engine.matches(source))
        assert list(engine.matches_at(source, data, hits)) == found
        assert hits or not found
        behind = hits.behind(offset)
        assert [*behind.rules, *behind.forms, *behind.plugins] == [
            hit for kind in hits[:3] for hit in kind if hit[1] >= offset
        ]


@pytest.mark.parametrize(
    ("text", "suspected"),
    [("", False), ("import os\n", False), ("no value at all\n", False), ("no secret\n", True)],
)
def test_without_a_hit_there_is_nothing_but_where_suspicions_are_wanted(
    text: str, suspected: bool
) -> None:
    with secret_engine(patient=True) as engine:
        assert not engine.hits(text.encode())
    with secret_engine(patient=True, least=Confidence.LOW) as engine:
        assert bool(engine.hits(text.encode())) is suspected


def test_all_that_the_keyword_plugin_suspects_holds_one_of_our_words() -> None:
    letters = {"k": "k\u212a", "s": "s\u017f"}
    for name in keyword.DENYLIST:
        for spelled in (name.replace("_?", ""), name.replace("_?", "_")):
            for text in (spelled, spelled.upper(), f"x{spelled}y"):
                assert re.search(KEYWORDS, text.encode())
            for plain, others in letters.items():
                for other in others:
                    text = spelled.replace(plain, other)
                    assert re.match(name, text, re.IGNORECASE)
                    assert re.search(KEYWORDS, text.encode())


def test_both_name_one_secret_once() -> None:
    with secret_engine() as engine:
        text = f'token = "{github_token()}"\n'
        rules = {match.rule for match in engine.matches(SourceFile("a.py", text, len(text)))}
    assert "github-token" in rules


def test_the_library_is_imported_without_what_could_reach_the_network(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f'x = "{_only_theirs(1)}"\n')
    code = f"from warden_hooks import cli\nassert cli.main(['scan', {str(tmp_path)!r}]) == 1"
    loaded = loaded_by(code)
    assert "detect_secrets.plugins.base" in loaded
    assert not loaded & {"requests", "urllib3", "ssl", "_ssl", "http.client"}
