"""One digest says which rules decide: the same for all who scan, another when a decision may be."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.reports import secret
from tests.hooks.repository import committed, stage, write
from warden_hooks.secrets import rule_set as module
from warden_hooks.secrets.rule_set import RuleSet, deciding_files, rule_set
from warden_policies.rules import secret_rules

OURS = rule_set()
LIBRARY = """
import json
from warden_hooks.scan import FINGERPRINT_KEY, scan_source
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.secrets.rule_set import rule_set
from warden_hooks.source import SourceFile
text = open("a.py").read()
with secret_engine() as engine:
    found = scan_source(SourceFile("a.py", text, len(text)), engine, FINGERPRINT_KEY).findings
print(json.dumps({"findings": [item.rule for item in found], "rule_set": rule_set()._asdict()}))
"""


def answer(*command: str, text: str = "") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, *command], input=text, capture_output=True, text=True, check=False
    )
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_whoever_scans_names_the_same_rules(repository: Path) -> None:
    """The tree, the hooks, the range, the editor, and the call that is there for the App."""
    base = committed(repository, "x", "x\n")
    committed(repository, "a.py", secret())
    stage(repository, "b.py", secret(2))
    scan = ("-m", "warden_hooks.cli", "scan", "--format", "json")
    answers = [
        answer(*scan),
        answer(*scan, "--staged"),
        answer(*scan, "--from-ref", base),
        answer(*scan, "--committed"),
        answer(*scan, "--stdin", text=secret()),
        answer("-c", LIBRARY),
    ]
    assert all(found["findings"] for found in answers)
    assert {json.dumps(found["rule_set"]) for found in answers} == {json.dumps(OURS._asdict())}
    (run,) = answer(*scan[:-1], "sarif")["runs"]
    assert run["tool"]["driver"]["properties"]["ruleSet"] == OURS._asdict()


def test_the_number_is_that_of_the_rules() -> None:
    assert OURS.rules == len(secret_rules())
    assert OURS.digest.startswith("sha256:")
    assert len(OURS.digest) == len("sha256:") + 64


def test_everything_that_a_scan_imports_decides(tmp_path: Path) -> None:
    """A module that is new must be named, or what it changes would not be seen."""
    code = f"{LIBRARY}\nimport sys\nfor name, module in sys.modules.items():\n"
    code += "    print(name, module.__file__) if name.startswith('warden_') else None\n"
    write(tmp_path, "a.py", f"password = 'x'\n{secret()}")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    imported = {line.split()[0] for line in done.stdout.splitlines()[1:]}
    named = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name, _ in deciding_files()
    }
    assert imported - named == {"warden_hooks", "warden_hooks.allowances", "warden_policies"}


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The packages in another place, which the digest is made from."""
    for name, content in deciding_files():
        write(tmp_path, name, content)
    monkeypatch.setattr(module, "files", tmp_path.joinpath)
    return tmp_path


def again() -> RuleSet:
    return rule_set.__wrapped__()


def test_it_is_the_same_in_another_place_and_with_other_line_ends(copied: Path) -> None:
    assert again() == OURS
    for path in copied.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    write(copied, "warden_hooks/secrets/__pycache__/judge.pyc", "x")
    write(copied, "warden_hooks/report/text.py", "x")
    assert again() == OURS


@pytest.mark.parametrize(
    ("name", "text", "more"),
    [
        ("warden_policies/rules/secrets/new.toml", "[new-rule]\n", 1),
        ("warden_policies/rules/assignment.py", "x", 0),
        ("warden_hooks/secrets/judge.py", "x", 0),
        ("warden_hooks/secrets/new/part.py", "x", 0),
        ("warden_hooks/suppress.py", "x", 0),
    ],
)
def test_it_is_another_when_a_decision_may_be(
    copied: Path, name: str, text: str, more: int
) -> None:
    write(copied, name, text)
    assert again().digest != OURS.digest
    assert again().rules == OURS.rules + more


def test_it_is_another_with_another_detect_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "version", lambda _: "1.5.1")
    assert again().digest != OURS.digest
