"""`changewarden allow`: one line, for a finding that exists, with a reason and an end."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.hooks.planted import aws_key, github_token, password
from tests.hooks.repository import commit, git, stage, write
from tests.hooks.secrets.layers.encoded import in_base64
from warden_hooks.allowances.file import PATH, Allowances
from warden_hooks.allowances.live import load
from warden_hooks.cli import main
from warden_hooks.commands.allow import Request, allow
from warden_hooks.redact import fingerprint
from warden_hooks.scan import FINGERPRINT_KEY

GOLDEN = Path(__file__).parents[2] / "golden"
TODAY = date(2026, 11, 23)
REASON = "a token of the sandbox, worthless"


@pytest.fixture(autouse=True)
def person(repository: Path) -> None:
    git(repository, "config", "user.email", "ana@example.org")


def ids(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    capsys.readouterr()
    main(["scan", *arguments])
    return re.findall(r"changewarden allow (\S+) --reason", capsys.readouterr().out)


def today() -> date:
    return datetime.now(UTC).date()


def written(folder: Path) -> Allowances:
    file = load(str(folder), today())
    assert file
    return file


def test_a_finding_that_stops_a_commit_is_allowed_and_the_commit_passes(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", f"token = '{github_token()}'\n")
    (name,) = ids(capsys, "--staged")
    assert main(["allow", name, "--reason", REASON]) == 0
    (entry,) = written(repository).entries.values()
    assert (entry.rule, entry.path, entry.reason) == ("github-token", "app.py", REASON)
    assert (entry.owner, entry.expires) == ("ana@example.org", today() + timedelta(days=30))
    git(repository, "add", PATH)
    assert main(["scan", "--staged"]) == 0


def test_a_secret_that_stands_encoded_is_allowed_like_any_other(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", f"x = '{in_base64('the token: ' + github_token())}'\n")
    (name,) = ids(capsys, "--staged")
    assert main(["allow", name, "--reason", REASON]) == 0
    git(repository, "add", PATH)
    assert main(["scan", "--staged"]) == 0
    stage(repository, "app.py", f"x = '{in_base64('the token: ' + github_token(2))}'\n")
    assert main(["scan", "--staged"]) == 1


def test_what_is_said_is_as_agreed(repository: Path) -> None:
    write(repository, "app.py", f"db_password = '{password()}'\n")
    name = "generic-password-"
    secret = fingerprint(FINGERPRINT_KEY, name[:-1], password(), "app.py")
    told = allow(Request(name + secret[:6], REASON), TODAY)
    told += ["", *allow(Request(name + secret, "  it is\nstill a sandbox ", 30, "Bob"), TODAY)]
    said = re.sub(r'"[0-9a-f]{64}"', '"…"', "\n".join(told)) + "\n"
    assert said == (GOLDEN / "allow.txt").read_text(encoding="utf-8")


def test_a_finding_in_the_tree_is_found_from_a_folder_below(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(repository, "app.py", f"token = '{github_token()}'\n")
    commit(repository)
    (name,) = ids(capsys)
    (repository / "below").mkdir()
    monkeypatch.chdir(repository / "below")
    assert main(["allow", name, "--reason", REASON]) == 0
    assert (repository / PATH).is_file()


def test_every_id_that_was_printed_is_understood(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before there is a key, before it is staged, and after."""
    stage(repository, "app.py", f"a = '{github_token(1)}'\nb = '{github_token(2)}'\n")
    first, second = ids(capsys, "--staged")
    assert main(["allow", first, "--reason", REASON]) == 0
    assert main(["allow", second, "--reason", REASON]) == 0
    assert len(written(repository).entries) == 2
    stage(repository, "app.py", f"c = '{github_token(3)}'\n")
    git(repository, "add", PATH)
    (third,) = ids(capsys, "--staged")
    assert main(["allow", third, "--reason", REASON]) == 0
    assert len(written(repository).entries) == 3


def test_allowing_again_renews(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "app.py", f"db_password = '{password()}'\n")
    (name,) = ids(capsys)
    assert main(["allow", name, "--reason", REASON, "--days", "5"]) == 0
    (entry,) = written(repository).entries.values()
    assert main(["allow", entry.id, "--reason", REASON, "--days", "365"]) == 0
    assert "\n- {fingerprint" in capsys.readouterr().out
    (entry,) = written(repository).entries.values()
    assert entry.expires == today() + timedelta(days=365)


def colliding() -> tuple[str, str]:
    """Two tokens whose ids are the same under the key of a repository without a file."""
    known: dict[str, str] = {}
    for seed in range(100_000):
        token = github_token(seed)
        digits = fingerprint(FINGERPRINT_KEY, "github-token", token, "app.py")[:6]
        if digits in known:
            return known[digits], token
        known[digits] = token
    raise AssertionError


def test_an_ambiguous_id_is_refused_with_longer_ones(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = colliding()
    write(repository, "app.py", f"a = '{first}'\nb = '{second}'\n")
    names = ids(capsys)
    assert names[0] == names[1]
    assert main(["allow", names[0], "--reason", REASON]) == 2
    error = capsys.readouterr().err
    assert f"{names[0]} may mean 2 findings" in error
    assert "fix: give one of these longer ids" in error
    longer = re.findall(r"^ +(github-token-[0-9a-f]{12})  app.py:\d:6$", error, re.MULTILINE)
    assert len(longer) == 2
    assert main(["allow", longer[0], "--reason", REASON]) == 0
    assert main(["scan"]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{id}", "--reason", "short"], "the reason needs at least 10 characters"),
        (["{id}", "--reason", " false   positive "], "the reason does not say why"),
        (["{id}", "--reason", "xxxxxxxxxxxx"], "the reason does not say why"),
        (["{id}", "--reason", REASON, "--days", "31"], "allowed for at most 30 days, not 31"),
        (["{id}", "--reason", REASON, "--days", "0"], "a number of days above 0 is needed"),
        (["{id}", "--reason", REASON, "--days", "soon"], "a number of days above 0 is needed"),
        (["{id}"], "the following arguments are required: --reason"),
        (["github-token-123456", "--reason", REASON], "no finding 'github-token-123456' here"),
        (["github-token", "--reason", REASON], "there is no finding 'github-token' here"),
        (["\x1b[2J", "--reason", REASON], "there is no finding '\\x1b[2J' here"),
    ],
)
def test_everything_else_is_refused_and_nothing_is_written(
    repository: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    write(repository, "app.py", f"k = '{aws_key()}'\n")
    (name,) = ids(capsys)
    assert main(["allow", *(text.replace("{id}", name) for text in arguments)]) == 2
    assert message in capsys.readouterr().err
    assert not (repository / PATH).exists()


def test_other_rules_may_be_allowed_for_a_year(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, "app.py", f"db_password = '{password()}'\n")
    (name,) = ids(capsys)
    assert main(["allow", name, "--reason", REASON, "--days", "366"]) == 2
    assert main(["allow", name, "--reason", REASON, "--days", "365"]) == 0


def test_somebody_has_to_answer_for_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "config", "--unset", "user.email")
    write(repository, "app.py", f"k = '{aws_key()}'\n")
    (name,) = ids(capsys)
    assert main(["allow", name, "--reason", REASON]) == 2
    assert "nobody is named who answers for it" in capsys.readouterr().err
    git(repository, "config", "user.name", "Ana")
    assert main(["allow", name, "--reason", REASON]) == 0
    assert [entry.owner for entry in written(repository).entries.values()] == ["Ana"]
    assert main(["allow", name, "--reason", REASON, "--owner", "team/payments"]) == 0
    assert [entry.owner for entry in written(repository).entries.values()] == ["team/payments"]


def test_a_broken_file_is_not_written_over(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, "app.py", f"k = '{aws_key()}'\n")
    (name,) = ids(capsys)
    write(repository, PATH, "by hand\n")
    assert main(["allow", name, "--reason", REASON]) == 2
    assert (repository / PATH).read_text(encoding="utf-8") == "by hand\n"
    assert f"{PATH}:1: the first line has to be" in capsys.readouterr().err


def test_a_folder_in_the_way_is_said(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "app.py", f"k = '{aws_key()}'\n")
    (name,) = ids(capsys)
    write(repository, ".changewarden", "a file\n")
    assert main(["allow", name, "--reason", REASON]) == 2
    assert ".changewarden" in capsys.readouterr().err


def test_no_secret_is_printed_or_written(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, "app.py", f"k = '{aws_key()}'\n")
    (name,) = ids(capsys)
    assert main(["allow", name, "--reason", REASON]) == 0
    told = capsys.readouterr().out + (repository / PATH).read_text(encoding="utf-8")
    assert aws_key()[4:10] not in told


def test_the_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allow", "--help"]) == 0
    assert "A real secret is not allowed but revoked" in capsys.readouterr().out
