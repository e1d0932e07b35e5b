"""What the documentation says is so: pages are fresh, commands exist, scripts run."""

import re
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.bot.ledger.logs import ORIGIN, PUBLIC_KEY, entry, log_of
from tests.hooks.secrets import test_rule_pack
from warden_bot.ledger.keys import public_pem
from warden_policies.language import parse_policy
from warden_policies.outcome import Verdict
from warden_policies.rules import parse_secret_rules

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OWN_COMMANDS = {"scan"}


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, flags=re.DOTALL | re.MULTILINE)


def page_id(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands(program: str) -> Iterator[tuple[str, str]]:
    """Every `program word` in a page's shell blocks and inline code, with where it stands."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        inline = re.findall(r"`([^`\n]+)`", text)
        for line in [*"\n".join(blocks(page, "sh")).splitlines(), *inline]:
            for word in re.findall(rf"(?:^|[ /]){program} ([a-z][a-z-]*)", line):
                yield word, page_id(page)


def test_the_reference_is_what_the_code_says() -> None:
    command = [sys.executable, "docs/generate.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_that_is_named_exists() -> None:
    known = OWN_COMMANDS | {entry.name for entry in entry_points(group="changewarden.commands")}
    assert {named for named in commands("changewarden") if named[0] not in known} == set()


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, flags=re.MULTILINE))
    assert {named for named in commands("make") if named[0] not in targets} == set()


def test_the_policy_in_the_readme_is_one() -> None:
    (policy,) = [block for block in blocks(ROOT / "README.md", "yaml") if "version:" in block]
    names = [item.name for item in parse_policy(policy.encode(), "README.md").requirements]
    assert names == ["Peer review", "Change record", "Tests", "Policy change"]


def test_the_rules_of_the_guide_are_a_provider_in_one_file() -> None:
    (block,) = blocks(ROOT / "docs/howto/add-a-secret-rule.md", "toml")
    rules = parse_secret_rules(block, "parcelbird.toml")
    assert [rule.id for rule in rules] == ["parcelbird-live-key", "parcelbird-webhook-secret"]
    for rule in rules:
        test_rule_pack.test_a_rule_finds_its_examples(rule)
        test_rule_pack.test_a_rule_leaves_its_counter_examples_alone(rule)
        test_rule_pack.test_a_rule_is_written_for_every_engine(rule)


def test_the_predicate_of_the_guide_is_one() -> None:
    """In a process of its own, because a predicate registers itself."""
    (block,) = blocks(ROOT / "docs/howto/add-a-predicate.md", "python")
    check = """
from warden_policies.predicate import PREDICATES
for example in PREDICATES["branch_name"].examples:
    result = branch_name(example.arguments, example.change)
    assert (result.outcome, result.reason) == (example.outcome, example.reason), result
    assert result.actions or result.outcome is Outcome.PASS
"""
    script = textwrap.dedent(block) + check
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    prose = re.sub(r"^ *```.*?^ *```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose)
    local = [link for link in links if not link.startswith(("https://", "http://", "mailto:"))]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_no_page_names_a_place_on_somebodys_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(work|root|home/\w+)/", page.read_text(encoding="utf-8"))


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A folder with what an auditor gets: the database, the public key, one checkpoint."""
    log = log_of(9)
    with sqlite3.connect(tmp_path / "changewarden.sqlite3") as connection:
        connection.execute("CREATE TABLE entry (log TEXT, sequence INTEGER, leaf BLOB)")
        rows = [(ORIGIN, sequence, leaf) for sequence, leaf in enumerate(log.leaves)]
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?)", [*rows[1:], rows[0]])
    connection.close()
    (tmp_path / "log.pem").write_bytes(public_pem(PUBLIC_KEY))
    (tmp_path / "checkpoint").write_text(log.notes[6], encoding="utf-8")
    (script,) = blocks(ROOT / "docs/explanation/ledger.md", "python")
    (tmp_path / "verify_ledger.py").write_text(script, encoding="utf-8")
    return tmp_path


def run_the_script(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "verify_ledger.py", "changewarden.sqlite3", "log.pem", "checkpoint"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_auditors_script_accepts_an_untouched_log(exported: Path) -> None:
    done = run_the_script(exported)
    assert done.stdout.endswith(f"the first 7 entries of {ORIGIN} are what was signed\n"), done
    assert done.returncode == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET leaf = :forged WHERE sequence = 3",
        "DELETE FROM entry WHERE sequence = 3",
        "UPDATE entry SET sequence = 8 - sequence",
    ],
)
def test_the_auditors_script_sees_what_was_altered(exported: Path, statement: str) -> None:
    with sqlite3.connect(exported / "changewarden.sqlite3") as connection:
        forged = entry(3, verdict=Verdict.ALLOW).to_bytes()
        connection.execute(statement, {"forged": forged})
    connection.close()
    done = run_the_script(exported)
    assert done.returncode == 1
    assert "but the log signed" in done.stderr


def test_the_auditors_script_sees_a_checkpoint_that_was_altered(exported: Path) -> None:
    checkpoint = exported / "checkpoint"
    checkpoint.write_text(checkpoint.read_text(encoding="utf-8").replace("\n7\n", "\n6\n"))
    done = run_the_script(exported)
    assert done.returncode == 1
    assert "Signature Verification Failure" in done.stdout


def test_the_shell_lines_for_openssl_verify_a_checkpoint(exported: Path) -> None:
    (script,) = blocks(ROOT / "docs/explanation/ledger.md", "sh")
    done = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=exported, capture_output=True, text=True, check=False
    )
    assert done.stdout == "Signature Verified Successfully\n", done
