"""What other scanners were told to allow, and what is not believed of it."""

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.planted import aws_key, github_token, password, private_key
from tests.hooks.repository import commit, git, stage, write
from warden_hooks.allowances.file import PATH, Allowances
from warden_hooks.allowances.imports.outcome import repository_path
from warden_hooks.allowances.live import load
from warden_hooks.cli import main
from warden_hooks.errors import UsageError

BASELINE, IGNORE = ".secrets.baseline", ".gitleaksignore"
GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.fixture(autouse=True)
def person(repository: Path) -> None:
    git(repository, "config", "user.email", "ana@example.org")


def known(kind: str, value: str, **more: object) -> dict[str, object]:
    """An entry of a slim baseline."""
    sha1 = hashlib.sha1(value.encode(), usedforsecurity=False).hexdigest()
    return {"type": kind, "hashed_secret": sha1, "is_verified": False, **more}


def baseline(folder: Path, results: dict[str, list[dict[str, object]]]) -> None:
    write(folder, BASELINE, json.dumps({"version": "1.5.0", "results": results}))


def days(folder: Path) -> dict[str, int]:
    """For how long each path's finding is allowed."""
    file = written(folder)
    today = datetime.now(UTC).date()
    return {entry.path: entry.days_left(today) for entry in file.entries.values()}


def written(folder: Path) -> Allowances:
    file = load(str(folder), datetime.now(UTC).date())
    assert file
    return file


AUDITED: dict[str, Any] = {"is_secret": False, "line_number": 7}


def test_every_kind_of_entry(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "audited.py", f"\ndb_password = '{password(1)}'\n")
    write(repository, "new.py", f"db_password = '{password(2)}'\n")
    write(repository, "real.py", f"db_password = '{password(3)}'\n")
    write(repository, "aws.py", f"key = '{aws_key()}'\n")
    write(repository, "digest.py", "digest = 'd41d8cd98f00b204e9800998ecf8427e'\n")
    results = {
        "audited.py": [known("Secret Keyword", password(1), **AUDITED)],
        "./new.py": [known("Secret Keyword", password(2))],
        "real.py": [known("Secret Keyword", password(3), is_secret=True)],
        "aws.py": [known("AWS Access Key", aws_key(), **AUDITED)],
        "digest.py": [known("Hex High Entropy String", "d41d8cd98f00b204e9800998ecf8427e")],
        "gone.py": [known("Secret Keyword", "anything")],
        "windows\\gone.py": [known("Secret Keyword", "anything")],
    }
    baseline(repository, results)
    assert main(["allowances", "--import", BASELINE]) == 1
    output = re.sub(r"-[0-9a-f]{6}\b", "-xxxxxx", capsys.readouterr().out)
    output = re.sub(r"20\d\d-\d\d-\d\d", "DATE", output)
    assert output == (GOLDEN / "allowances-import.txt").read_text("utf-8")
    assert days(repository) == {"audited.py": 90, "new.py": 30, "aws.py": 30}
    reasons = {entry.path: entry.reason for entry in written(repository).entries.values()}
    assert reasons["new.py"] == "imported from .secrets.baseline, never audited (Secret Keyword)"


def test_a_second_token_in_a_baselined_file_is_found(repository: Path) -> None:
    """detect-secrets lets it through: what it hashes of a token is `ghp`, the same for all."""
    stage(repository, "app.py", f"token = '{github_token(1)}'\n")
    baseline(repository, {"app.py": [known("GitHub Token", "ghp", **AUDITED)]})
    assert main(["allowances", "--import", BASELINE]) == 1
    assert load(str(repository), datetime.now(UTC).date()) is None
    assert main(["scan"]) == 1


def test_a_second_secret_beside_an_imported_one_is_found(repository: Path) -> None:
    stage(repository, "app.py", f"key = '{aws_key(1)}'\n")
    baseline(repository, {"app.py": [known("AWS Access Key", aws_key(1), **AUDITED)]})
    assert main(["allowances", "--import", BASELINE]) == 0
    git(repository, "add", PATH)
    assert main(["scan", "--staged"]) == 0
    stage(repository, "app.py", f"key = '{aws_key(1)}'\nother = '{aws_key(2)}'\n")
    assert main(["scan", "--staged"]) == 1


@pytest.mark.parametrize(
    ("content", "kind", "value"),
    [
        pytest.param(f"a = '{github_token()}'", "GitHub Token", "ghp", id="a prefix"),
        pytest.param(
            "t = 'gl" + "cbt-" + github_token()[4:24] + "'", "GitLab Token", "", id="nothing"
        ),
        pytest.param(private_key(), "Private Key", "BEGIN RSA PRIVATE KEY", id="a header"),
    ],
)
def test_a_hash_that_many_secrets_share_becomes_a_question(
    repository: Path, capsys: pytest.CaptureFixture[str], content: str, kind: str, value: str
) -> None:
    write(repository, "app.py", content + "\n")
    baseline(repository, {"app.py": [known(kind, value, **AUDITED)]})
    assert main(["allowances", "--import", BASELINE]) == 1
    output = capsys.readouterr().out
    assert f"app.py, {kind}: its hash is that of a prefix or header" in output
    (name,) = re.findall(r"app.py:1:\d+  changewarden allow (\S+) --reason TEXT", output)
    assert main(["allow", name, "--reason", "a token of the sandbox"]) == 0
    assert main(["scan", "app.py"]) == 0


def test_importing_again_changes_nothing(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, "app.py", f"db_password = '{password(1)}'\n")
    baseline(repository, {"app.py": [known("Secret Keyword", password(1))]})
    assert main(["allowances", "--import", BASELINE]) == 0
    before = (repository / PATH).read_bytes()
    capsys.readouterr()
    assert main(["allowances", "--import", BASELINE]) == 0
    assert (repository / PATH).read_bytes() == before
    assert "1 allowed before, left as they are\n" in capsys.readouterr().out


def test_a_plug_in_that_the_baseline_names_is_not_run(repository: Path) -> None:
    planted = write(repository, "plugin.py", "open('ran', 'w').close()\n")
    write(
        repository,
        BASELINE,
        json.dumps(
            {
                "plugins_used": [{"name": "X", "path": planted.as_uri()}],
                "filters_used": [{"path": f"{planted.as_uri()}::x"}],
                "results": {"app.py": [known("X", "x")]},
            }
        ),
    )
    assert main(["allowances", "--import", BASELINE]) == 0
    assert not (repository / "ran").exists()


def test_lines_that_gitleaks_ignores_are_allowed_by_what_stands_there(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", f"a = 1\nkey = '{aws_key(1)}'\n")
    stage(repository, "sub/b.py", f"key = '{aws_key(2)}'\n")
    commit(repository)
    then = git(repository, "rev-parse", "HEAD").strip()
    stage(repository, "sub/b.py", f"# moved down\n\nkey = '{aws_key(2)}'\n")
    stage(repository, "rotated.py", f"key = '{aws_key(4)}'\n")
    write(repository, "two.py", f"a, b = '{aws_key(5)}', '{aws_key(6)}'\n")
    write(
        repository,
        IGNORE,
        "# comment\n\n"
        "app.py:aws-access-token:2  # why\n"
        "app.py:aws-access-token:2\n"
        f"{then}:sub/b.py:aws-access-token:1\n"
        f"{then}:rotated.py:aws-access-token:1\n"
        f"{'0' * 40}:app.py:aws-access-token:1\n"
        "app.py:aws-access-token:1\n"
        "two.py:aws-access-token:1\n",
    )
    assert main(["allowances", "--import", IGNORE]) == 1
    assert days(repository) == {"app.py": 30, "sub/b.py": 30}
    output = capsys.readouterr().out
    assert "two.py:1, aws-access-token: several secrets stand on that line\n" in output
    assert "3 stale, not imported: they match nothing any more\n" in output
    (entry, _) = sorted(written(repository).entries.values(), key=lambda item: item.path)
    assert entry.reason == "imported from .gitleaksignore (gitleaks rule aws-access-token)"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (BASELINE, "{", "is no .secrets.baseline"),
        (BASELINE, '{"results": []}', "is no .secrets.baseline"),
        (BASELINE, '{"results": {"a.py": [{"type": 1}]}}', "is no .secrets.baseline"),
        (BASELINE, '{"results": {"a.py": {"x": 1}}}', "is no .secrets.baseline"),
        (IGNORE, "app.py\n", ".gitleaksignore:1: not an entry of gitleaks"),
        (IGNORE, "../app.py:rule:1\n", "names '../app.py', which is outside the repository"),
    ],
)
def test_what_is_no_such_file_is_refused(
    repository: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, message: str
) -> None:
    write(repository, name, content)
    assert main(["allowances", "--import", name]) == 2
    assert message in capsys.readouterr().err
    assert not (repository / PATH).exists()


def test_a_file_that_is_not_there_is_said(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["allowances", "--import", "nowhere"]) == 2
    assert "nowhere: cannot read" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "a/../../x", "C:\\x", "C:/x", "", "."])
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="outside the repository"):
        repository_path(path, "the file")
