"""The engine itself, on input that is well-formed and on input that is not."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.patterns.code import core
from warden_hooks.errors import EngineError
from warden_hooks.patterns import core as cores
from warden_hooks.patterns import find, self_test
from warden_hooks.patterns.core import Answer, Core, Target, answer_from, document_in


def rule(name: str = "r", pattern: str = "eval($X)", **more: Any) -> str:
    told = {"languages": ["python"], "severity": "ERROR", "message": "m", "pattern": pattern}
    return json.dumps({"id": name, **told, **more})


def looked(
    folder: Path, data: bytes, *rules: str, language: str = "python", path: str = "src/a.py"
) -> Answer:
    file = folder / f"file.{path.rpartition('.')[2]}"
    file.write_bytes(data)
    return core().look([Target(str(file), path, language)], rules or [rule()], str(folder))


def test_the_version_is_the_one_that_the_extra_installs() -> None:
    assert core().version() == find.PINNED
    pyproject = Path(__file__).parents[3] / "pyproject.toml"
    assert f'patterns = ["semgrep=={find.PINNED}"]' in pyproject.read_text()


def test_a_hit_is_told_in_bytes(tmp_path: Path) -> None:
    data = "x = 'é'; eval(a)\r\n".encode()
    [hit] = looked(tmp_path, data).hits
    assert data[hit.start : hit.end] == b"eval(a)"
    assert {name: data[slice(*at)] for name, at in hit.variables.items()} == {"$X": b"a"}


def test_a_comment_of_semgreps_own_is_told(tmp_path: Path) -> None:
    hits = looked(tmp_path, b"eval(a)\neval(b)  # nosemgrep\n").hits
    assert [hit.ignored for hit in hits] == [False, True]


def test_a_fix_comes_with_its_variables(tmp_path: Path) -> None:
    [hit] = looked(tmp_path, b"eval(a)\n", rule(fix="safe($X)")).hits
    assert hit.fix == "safe(a)"
    assert "safe" not in repr(hit), "it may hold a secret"


def test_what_a_rule_says_of_paths_is_about_the_repository(tmp_path: Path) -> None:
    only = rule(paths={"include": ["/src/*.py"]})
    assert looked(tmp_path, b"eval(a)\n", only).hits
    assert not looked(tmp_path, b"eval(a)\n", only, path="docs/a.py").hits


@pytest.mark.parametrize(
    ("data", "hits"),
    [
        (b"", 0),
        (b"\n", 0),
        (b"eval(a)", 1),
        (b"# caf\xe9\neval(a)\n", 1),
        (b"eval(a)\ndef f(:\n  eval(b)\n", 2),
        (b"x = 1\n" * 20_000 + b"eval(a)\n", 1),
        (b"(" * 2_000 + b"eval(a)" + b")" * 2_000 + b"\n", 1),
    ],
)
def test_odd_files_are_looked_at(tmp_path: Path, data: bytes, hits: int) -> None:
    answer = looked(tmp_path, data)
    assert len(answer.hits) == hits
    assert not answer.troubles


def test_what_cannot_be_parsed_is_named(tmp_path: Path) -> None:
    answer = looked(tmp_path, bytes(range(1, 256)) * 20 + b"\neval(a)\n")
    assert [trouble.what for trouble in answer.troubles] == ["cannot be parsed"]


def test_lines_that_cannot_be_parsed_are_named(tmp_path: Path) -> None:
    script = rule(languages=["javascript"])
    data = b"eval(a)\nfunction f( {\n  eval(b)\n"
    answer = looked(tmp_path, data, script, language="javascript", path="a.js")
    [trouble] = answer.troubles
    assert trouble.lines
    assert trouble.lines[0].start == 2
    assert "eval" not in trouble.what, "the engine's own words quote code"


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (rule("bad", pattern="def ((("), "Invalid pattern"),
        (rule("bad", languages=["pyton"]), "pyton"),
        (rule("bad", severity="ERRO"), "severity"),
        (
            json.dumps({"id": "bad", "languages": ["python"], "severity": "INFO", "message": "m"}),
            "",
        ),
    ],
)
def test_a_rule_that_is_wrong_is_trouble_and_no_silence(
    tmp_path: Path, wrong: str, what: str
) -> None:
    answer = looked(tmp_path, b"eval(a)\n", rule(), wrong)
    assert [trouble.rule for trouble in answer.troubles] == ["bad"]
    assert what in answer.troubles[0].what


def test_a_rule_that_takes_too_long_is_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "SECONDS_PER_RULE", 1)
    slow = rule("slow", pattern="$A\n...\n$B\n...\n$C\n...\n$A\n...\n$D")
    data = b"".join(b"f(%d)\n" % number for number in range(1_500))
    [trouble] = looked(tmp_path, data, slow).troubles
    assert (trouble.rule, trouble.target) == ("slow", 0)
    assert "longer than" in trouble.what


def test_a_file_that_went_away_is_trouble(tmp_path: Path) -> None:
    target = Target(str(tmp_path / "gone.py"), "gone.py", "python")
    [trouble] = core().look([target], [rule()], str(tmp_path)).troubles
    assert (trouble.what, trouble.target) == (cores.NOT_LOOKED_AT, 0)


def test_a_call_that_does_not_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "SECONDS_ALONE", 0.01)
    monkeypatch.setattr(cores, "SECONDS_PER_TARGET", 0)
    with pytest.raises(EngineError, match="did not end within"):
        looked(tmp_path, b"eval(a)\n")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo no JSON", "no answer that can be read"),
        ("echo '{\"results\": 3}'", "in a form that is not known"),
        ('echo \'{"results": [], "errors": [{}], "skipped_rules": []}\'', "a form that is"),
        ("echo lost >&2; exit 2", "ended with 2: lost"),
        ("kill -9 $$", "ended with -9"),
    ],
)
def test_an_engine_that_does_not_answer_is_no_clean_result(
    tmp_path: Path, script: str, message: str
) -> None:
    program = tmp_path / "engine"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    with pytest.raises(EngineError, match=message):
        Core(str(program)).look([], [rule()], str(tmp_path))


def test_an_engine_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="could not be started: No such file"):
        Core(str(tmp_path / "nothing")).look([], [rule()], str(tmp_path))


def test_bytes_that_are_no_text_do_not_break_an_answer() -> None:
    assert document_in(b'...\n{"a": "\xff"}', "{") == {"a": "�"}


def test_a_skipped_rule_is_trouble_even_without_an_error() -> None:
    document = {"results": [], "errors": [], "skipped_rules": [{"rule_id": "r"}]}
    assert [trouble.rule for trouble in answer_from(document, []).troubles] == ["r"]


def test_an_engine_that_answers_otherwise_is_not_used(tmp_path: Path) -> None:
    class Silent(Core):
        def look(self, *_: Any, **__: Any) -> Answer:
            return Answer()

    program = tmp_path / "engine"
    program.write_text("")
    with pytest.raises(EngineError, match="does not answer as expected"):
        self_test.run(Silent(str(program)), str(program), None)


def test_the_engine_that_is_installed_answers_as_expected() -> None:
    self_test.run(core(), core().program, None)
