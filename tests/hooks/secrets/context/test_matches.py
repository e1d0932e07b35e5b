"""What is found for its context, what is left alone, and that every rung agrees."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hooks.secrets.context.ways_to_write import FOUND, NOT_FOUND, VALUES, value_in, written
from warden_hooks.secrets.compiled import Compiled
from warden_hooks.secrets.context.forms import FORMS
from warden_hooks.secrets.detect_secrets import DetectSecretsEngine, detect_secrets_engine
from warden_hooks.secrets.engine import RawMatch, SecretEngine
from warden_hooks.secrets.engines import Engine, best_prefilter
from warden_hooks.secrets.load import load
from warden_hooks.secrets.prefilter.ahocorasick import AhoCorasickPrefilter
from warden_hooks.secrets.prefilter.plain import PlainPrefilter
from warden_hooks.source import SourceFile
from warden_policies.finding import Confidence


@pytest.fixture(scope="module")
def rungs() -> Iterator[list[Engine]]:
    """All three, without the rules of providers: only context speaks."""
    kept = load(patient=True)
    bare = Compiled((), plugins=kept.plugins)
    with detect_secrets_engine() as plugins:
        fastest = Engine(kept, best_prefilter(kept), lambda: plugins)
        fastest._rules.confirmed = lambda *_, **__: iter(())  # type: ignore[method-assign]
        assert fastest._prefilter.name == "hyperscan"
        others = [
            Engine(bare, prefilter, lambda: plugins)
            for prefilter in (AhoCorasickPrefilter(FORMS), PlainPrefilter(FORMS))
        ]
        yield [fastest, *others]


@pytest.fixture(scope="module")
def engine(rungs: list[Engine]) -> SecretEngine:
    return rungs[0]


def likely(engine: SecretEngine, path: str, text: str) -> set[RawMatch]:
    matches = engine.matches(SourceFile(path, text, len(text)))
    return {
        match
        for match in matches
        if match.rule.startswith("generic-")
        and not match.doubt
        and match.confidence.reaches(Confidence.MEDIUM)
    }


def cases(table: dict[str, tuple[str, ...]]) -> list[ParameterSet]:
    return [
        pytest.param(path, text, id=f"{path}: {text}") for path in table for text in table[path]
    ]


@pytest.mark.parametrize(("path", "text"), cases(FOUND))
def test_a_secret_is_found_whole_however_it_is_written(
    engine: SecretEngine, path: str, text: str
) -> None:
    found = {match.secret for match in likely(engine, path, written(text))}
    assert found == {value_in(text)}, "names and places of what was found are in the table"


@pytest.mark.parametrize(("path", "text"), cases(NOT_FOUND))
def test_what_only_looks_like_one_stops_no_commit(
    engine: SecretEngine, path: str, text: str
) -> None:
    assert not likely(engine, path, written(text))


@pytest.mark.parametrize(
    "around",
    ["{}", "\n\n{}\n", "é {}", "x = 1; {}", "{}\r\nnext = 1\r\n", "日本語 = 1\n{}\n# ende\n"],
    ids=ascii,
)
def test_wherever_it_stands_every_rung_finds_the_same(rungs: list[Engine], around: str) -> None:
    for table in (FOUND, NOT_FOUND):
        for path, texts in table.items():
            for text in texts:
                agree(rungs, path, around.replace("{}", written(text)))


def test_all_of_it_in_one_file_is_the_same_on_every_rung(rungs: list[Engine]) -> None:
    for path, texts in FOUND.items():
        agree(rungs, path, "\n".join(map(written, texts)))
        agree(rungs, path, "".join(map(written, texts)))


def agree(rungs: list[Engine], path: str, text: str) -> None:
    """Told by rule and place: a value is printed by no failing test either."""
    first, *others = (likely(engine, path, text) for engine in rungs)
    for found in others:
        differing = {(match.rule, match.start, match.end) for match in found ^ first}
        assert not differing


_PIECES = st.sampled_from(
    [
        *(
            "\n",
            " ",
            "'",
            '"',
            "`",
            "=",
            ":",
            ": ",
            " = ",
            "=>",
            ",",
            ", ",
            "(",
            ")",
            "{",
            "}",
            "<",
        ),
        *(">", "</", "[", "]", "\\", "\\'", '\\"', "#", "// ", "--", "-", "$", "é", "\r\n", ";"),
        *("password", "token", "api_key", "secret", "value", "name", "get", "x", "auth", " is "),
        *("PASS", "pwd", "cred", "login", "env", "1", "${", "ENV ", "Bearer ", "string", "_"),
        *VALUES.values(),
    ]
)
_PATHS = st.sampled_from(["a.py", "a.yaml", ".env", "a.txt", "a.json", "a.gradle", "a.xml"])


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=24).map("".join), _PATHS)
def test_whatever_the_text_every_rung_finds_the_same(
    rungs: list[Engine], text: str, path: str
) -> None:
    agree(rungs, path, text)


def test_a_doubtful_value_beside_a_finding_is_told_so_that_it_is_masked(
    rungs: list[Engine],
) -> None:
    text = written('connect(token="{T}", password="correct horse battery")')
    for engine in rungs:
        matches = engine.matches(SourceFile("a.py", text, len(text)))
        assert "correct horse battery" in {match.secret for match in matches if match.doubt}


def test_low_confidence_is_left_to_who_asks_for_it() -> None:
    kept = load(patient=True)
    text = "password = 'whiteduke'"
    with detect_secrets_engine() as plugins:
        for least, rules in ((Confidence.MEDIUM, set()), (Confidence.LOW, {"generic-password"})):
            engine = Engine(kept, best_prefilter(kept), _same(plugins), least)
            matches = list(engine.matches(SourceFile("a.py", text, len(text))))
            assert {match.rule for match in matches if not match.doubt} == rules


def _same(plugins: DetectSecretsEngine):  # type: ignore[no-untyped-def]
    return lambda: plugins
