"""Whatever is in a file that a command is given: the file is named, and nothing ever passes."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import POLICY_SOURCE, ready
from warden_hooks.commands import decide, replay
from warden_hooks.commands.policy import main as policy
from warden_policies.codec import encode_change

BROKEN = Path(__file__).parents[2] / "data" / "broken"
POLICIES = sorted(path.name for path in (BROKEN / "policies").iterdir())
CHANGES = sorted(path.name for path in (BROKEN / "changes").iterdir())
SUITES = sorted(path.name for path in (BROKEN / "suites").iterdir())
BAD_INPUT = 2


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("policies", "changes", "suites"):
        shutil.copytree(BROKEN / name, tmp_path / name)
    for place in (tmp_path, tmp_path / "suites"):
        (place / "policy.yml").write_bytes(POLICY_SOURCE)
    (tmp_path / "change.json").write_bytes(encode_change(ready()))
    return tmp_path


def refused(code: int, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    captured = capsys.readouterr()
    assert code == BAD_INPUT
    assert captured.err.startswith(name)
    assert captured.err.replace("\n", "").isprintable()
    assert "Traceback" not in captured.err
    assert "1 of 1" not in captured.out
    assert "  ok  " not in captured.out


@pytest.mark.parametrize("name", POLICIES)
def test_a_broken_policy_is_refused_by_every_command(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"policies/{name}"

    refused(policy(["check", path]), path, capsys)
    refused(policy(["explain", path]), path, capsys)
    refused(decide.main(["--policy", path, "--change", "change.json"]), path, capsys)
    refused(replay.main(["--policy", path, "change.json"]), path, capsys)


@pytest.mark.parametrize("name", CHANGES)
def test_a_broken_change_is_refused_by_every_command(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"changes/{name}"

    refused(policy(["explain", "policy.yml", "--change", path]), path, capsys)
    refused(decide.main(["--policy", "policy.yml", "--change", path]), path, capsys)
    refused(replay.main(["--policy", "policy.yml", path]), path, capsys)
    refused(replay.main([path]), path, capsys)


@pytest.mark.parametrize("name", SUITES)
def test_a_broken_test_file_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = f"suites/{name}"

    refused(policy(["test", path]), "suites/", capsys)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_refused_by_every_command(
    folder: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    for name in ("any.yml", "any.json"):
        (folder / name).write_bytes(data)

    refused(policy(["check", "any.yml"]), "any.yml", capsys)
    refused(policy(["explain", "any.yml"]), "any.yml", capsys)
    refused(policy(["test", "any.yml"]), "any.yml", capsys)
    refused(decide.main(["--policy", "policy.yml", "--change", "any.json"]), "any.json", capsys)
    refused(replay.main(["--policy", "policy.yml", "any.json"]), "any.json", capsys)
