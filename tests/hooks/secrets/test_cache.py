"""What is kept between runs: used when it is whole and true, rebuilt when it is not."""

import os
import sys
from pathlib import Path

import pytest

from warden_hooks.secrets import cache, compiled, made_from, plugin_patterns
from warden_hooks.secrets import load as loading
from warden_hooks.secrets.compiled import Compiled
from warden_hooks.secrets.database import Pattern
from warden_hooks.secrets.engines import best_prefilter, secret_engine
from warden_hooks.secrets.load import load
from warden_hooks.secrets.plugin_patterns import PluginPatterns
from warden_hooks.secrets.rule_table import rule_table
from warden_hooks.source import SourceFile
from warden_policies.rules import secret_rules
from warden_policies.rules.recipe import bake


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "changewarden"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Compiles a few rules instead of all, and notes each time whether with a database."""
    made: list[bool] = []
    real = compiled.compiled

    def build(*, with_database: bool) -> Compiled:
        made.append(with_database)
        return real(with_database=with_database)

    found = PluginPatterns(("AWSKeyDetector",), (Pattern(b"AKIA", 0),))
    monkeypatch.setattr(plugin_patterns, "token_patterns", lambda: found)
    monkeypatch.setattr(loading, "compiled", build)
    return made


@pytest.fixture(autouse=True)
def one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {"github-token": secret_rules()["github-token"]}
    monkeypatch.setattr(compiled, "secret_rules", lambda: few)


def kept_file(home: Path) -> Path:
    (file,) = home.iterdir()
    return file


def test_it_is_built_once(home: Path, builds: list[bool]) -> None:
    first, second = load(patient=True), load(patient=True)
    assert builds == [True]
    assert first == second
    assert first.database
    assert first.table == rule_table([secret_rules()["github-token"]])


def test_nobody_else_can_write_it(home: Path, builds: list[bool]) -> None:
    load(patient=True)
    assert home.stat().st_mode & 0o777 == 0o700
    assert kept_file(home).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:-1], id="shorter"),
        pytest.param(lambda data: data[:1000], id="cut"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data + b"\0", id="longer"),
        pytest.param(lambda data: b"X" + data[1:], id="another format"),
        pytest.param(
            lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:], id="one bit"
        ),
    ],
)  # fmt: skip
def test_a_damaged_file_is_built_again(home: Path, builds: list[bool], damage) -> None:  # type: ignore[no-untyped-def]
    first = load(patient=True)
    kept_file(home).write_bytes(damage(kept_file(home).read_bytes()))
    assert cache.load() is None
    assert load(patient=True) == first
    assert builds == [True, True]
    assert cache.load() is not None


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702])
def test_a_folder_that_others_can_write_is_not_believed(
    home: Path, builds: list[bool], mode: int
) -> None:
    load(patient=True)
    home.chmod(mode)
    assert cache.load() is None
    assert cache.path() is None
    assert not load(patient=False).database
    assert load(patient=True).database
    assert builds == [True, False, True]


def test_a_file_that_others_can_write_is_not_believed(home: Path, builds: list[bool]) -> None:
    load(patient=True)
    # changewarden: ignore-next-line[py-chmod-world-writable] what has to be noticed
    kept_file(home).chmod(0o622)
    assert cache.load() is None


def test_a_file_of_somebody_else_is_not_believed(
    home: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(patient=True)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert cache.load() is None


def test_a_link_is_not_followed(home: Path, builds: list[bool], tmp_path: Path) -> None:
    load(patient=True)
    file = kept_file(home)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert cache.load() is None


@pytest.mark.parametrize("variable", ["", "relative/place", "/proc/nowhere"])
def test_without_a_place_to_keep_it_the_hook_does_without_a_database(
    builds: list[bool], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", variable)
    monkeypatch.delenv("HOME")
    assert not load(patient=False).database
    assert best_prefilter(load(patient=False)).name == "ahocorasick"
    assert load(patient=True).database
    assert builds == [False, False, True]


def test_a_folder_that_cannot_be_written_is_no_error(
    home: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError

    monkeypatch.setattr(os, "replace", refuse)
    assert load(patient=True).database
    assert not [*home.iterdir()]


def test_files_written_again_with_the_same_content_change_nothing(
    home: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rule = tmp_path / "rule.toml"
    rule.write_text("one")
    monkeypatch.setattr(made_from, "sources", lambda: [str(rule)])
    load(patient=True)
    rule.unlink()
    rule.write_text("one")
    assert cache.load() is None
    load(patient=True)
    assert builds == [True]
    assert cache.load() is not None
    rule.write_text("two")
    load(patient=True)
    assert builds == [True, True]


def test_a_new_rule_file_makes_it_stale(
    home: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    monkeypatch.setattr(made_from, "sources", lambda: [str(rules)])
    load(patient=True)
    assert cache.load() is not None
    (rules / "new.toml").touch()
    assert cache.load() is None


def test_another_python_does_not_read_it(
    home: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(patient=True)
    monkeypatch.setattr(sys, "hexversion", 1)
    assert cache.load() is None


def test_it_follows_from_rules_code_plugins_and_hyperscan() -> None:
    names = {Path(path).name for path in made_from.sources()}
    assert {"github.toml", "secrets", "assignment.py", "rule_table.py", "keyword.py"} <= names
    assert any(name.startswith("_hs_ext") for name in names)


def test_without_hyperscan_the_same_is_found(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = bake('token = "ghp_{alnum:30}{crc62}"\n', "x") + "password = 'c0rrect-horse'\n"
    source = SourceFile("a.py", text, len(text))

    def found() -> set[str]:
        with secret_engine() as engine:
            return {match.rule for match in engine.matches(source)}

    with_it = found()
    monkeypatch.setattr(compiled, "has_hyperscan", lambda: False)
    monkeypatch.setattr(loading, "has_hyperscan", lambda: False)
    for file in home.iterdir():
        file.unlink()
    assert found() == with_it == {"github-token", "generic-password", "generic-token"}
    assert not load(patient=True).database
