"""All kinds of repositories, and what somebody may have put into one."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.hooks.history.conftest import Scan
from tests.hooks.history.histories import Made, commit_of, make
from tests.hooks.planted import aws_key, characters, github_token
from tests.hooks.repository import git
from warden_hooks import git as git_module
from warden_hooks.errors import UsageError
from warden_hooks.history.scan import require_repository
from warden_hooks.scan import ScanResult
from warden_hooks.source import Skipped, SkipReason

KEY_LINE = f'KEY = "{aws_key()}"\n'.encode()
TOKEN_LINE = f"token: {github_token()}\n".encode()
CLEAN = b"import os\n"
LEAKED = [Made({"sub/a.py": KEY_LINE}), Made({"sub/a.py": CLEAN, "b.py": CLEAN})]


def found(result: ScanResult) -> list[tuple[str, str]]:
    return [(finding.rule, finding.location.path) for finding in result.findings]


ONE_KEY = [("aws-access-key", "sub/a.py")]


def test_a_bare_repository(tmp_path: Path, scanned: Scan) -> None:
    make(tmp_path / "r", LEAKED)
    git(tmp_path, "clone", "--quiet", "--bare", "r", "bare.git")
    assert found(scanned(tmp_path / "bare.git")) == ONE_KEY


def test_a_worktree_and_a_folder_inside_of_it(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", LEAKED)
    git(folder, "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"), "main")
    assert found(scanned(tmp_path / "tree" / "sub")) == ONE_KEY


def test_a_repository_with_sha_256(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", LEAKED, object_format="sha256")
    result = scanned(folder)
    assert found(result) == ONE_KEY
    assert len(result.findings[0].commit) == 64


def test_objects_of_another_repository_that_this_one_borrows(tmp_path: Path, scanned: Scan) -> None:
    make(tmp_path / "r", LEAKED)
    git(tmp_path, "clone", "--quiet", "--shared", "r", "borrower")
    assert found(scanned(tmp_path / "borrower")) == ONE_KEY


def test_a_shallow_clone_is_not_the_whole_history(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", LEAKED)
    git(tmp_path, "clone", "--quiet", "--depth=1", folder.as_uri(), "shallow")
    result = scanned(tmp_path / "shallow")
    assert found(result) == []
    assert result.history
    assert result.history.incomplete == (
        "this clone is shallow: older commits are not here (git fetch --unshallow)",
    )


def test_a_clone_without_contents_names_what_is_missing_and_fetches_nothing(
    tmp_path: Path, scanned: Scan
) -> None:
    folder = make(tmp_path / "r", [*LEAKED, Made({"sub/a.py": None, "c.py": TOKEN_LINE})])
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", folder.as_uri(), "partial")
    before = git(tmp_path / "partial", "count-objects", "-v")
    result = scanned(tmp_path / "partial")
    assert found(result) == [("github-token", "c.py")]
    assert result.skipped == (Skipped("sub/a.py", SkipReason.MISSING),)
    assert git(tmp_path / "partial", "count-objects", "-v") == before


def test_a_clone_without_folders_says_that_names_are_missing(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", [Made({"sub/a.py": KEY_LINE}), Made({"sub/a.py": CLEAN})])
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=tree:0", folder.as_uri(), "treeless")
    (tmp_path / "treeless/x").write_bytes(KEY_LINE)
    blob = git(tmp_path / "treeless", "hash-object", "-w", "x").strip()
    result = scanned(tmp_path / "treeless")
    assert result.history
    (reason,) = result.history.incomplete
    assert reason.startswith(
        "not every commit can be followed, so names of files are missing (git diff-tree: "
    )
    assert found(result) == [("aws-access-key", f"blob:{blob[:12]}")]
    assert [origin.reachable for origin in result.history.origins.values()] == [None]


def test_a_commit_that_nothing_leads_to_may_have_lost_its_parent(
    tmp_path: Path, scanned: Scan
) -> None:
    """As in a shallow clone that is fetched into again and again."""
    folder = make(tmp_path / "r", LEAKED)
    tree = git(folder, "rev-parse", "main^{tree}").strip()
    person = "A <a@example.org> 1 +0000"
    text = f"tree {tree}\nparent {'0' * 39}1\nauthor {person}\ncommitter {person}\n\nLost\n"
    store(folder, b"commit", text.encode())
    result = scanned(folder)
    assert found(result) == ONE_KEY
    assert result.history
    assert result.history.incomplete == ()


def store(folder: Path, kind: bytes, content: bytes) -> str:
    """An object, whether or not git would have written it."""
    command = ["git", "hash-object", "-w", "--literally", "-t", kind.decode(), "--stdin"]
    done = subprocess.run(command, cwd=folder, input=content, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_outside_a_repository_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="--history needs a git repository") as raised:
        require_repository()
    assert raised.value.fix == "run it inside a repository, or scan without --history"


def test_a_damaged_object_leaves_the_history_incomplete(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", LEAKED)
    (folder / "b").write_bytes(TOKEN_LINE)
    blob = git(folder, "hash-object", "-w", "b").strip()
    damaged = folder / ".git/objects" / blob[:2] / blob[2:]
    damaged.chmod(0o600)
    damaged.write_bytes(b"no object")
    result = scanned(folder)
    assert found(result) == ONE_KEY
    assert result.history
    assert result.history.incomplete == ("git cannot read 1 object (git fsck)",)


def test_a_damaged_pack_is_no_pass(tmp_path: Path, scanned: Scan) -> None:
    noise = characters("abcdefgh", 40_000).encode()
    folder = make(tmp_path / "r", [Made({"a.py": noise})])
    git(folder, "repack", "-adq")
    (pack,) = folder.glob(".git/objects/pack/*.pack")
    pack.chmod(0o600)
    data = pack.read_bytes()
    middle = len(data) // 2
    pack.write_bytes(
        data[:middle]
        + bytes(byte ^ 85 for byte in data[middle : middle + 50])
        + data[middle + 50 :]
    )
    with pytest.raises(git_module.GitError, match="git cat-file"):
        scanned(folder)


def test_what_is_no_text_or_too_large_is_named_once_for_each_path(
    tmp_path: Path, scanned: Scan
) -> None:
    folder = make(
        tmp_path / "r",
        [
            Made({"logo.png": b"\x89PNG\0one", "big.csv": b"x" * 3000, "latin.txt": b"caf\xe9"}),
            Made({"logo.png": b"\x89PNG\0two", "big.csv": b"y" * 3000 + KEY_LINE}),
            Made({"same.png": b"\x89PNG\0two"}),
        ],
    )
    result = scanned(folder, max_bytes=2000)
    assert result.skipped == (
        Skipped("big.csv", SkipReason.TOO_LARGE),
        Skipped("logo.png", SkipReason.BINARY),
        Skipped("same.png", SkipReason.BINARY),
        Skipped("latin.txt", SkipReason.NOT_UTF8),
    )
    assert (result.files, result.size, result.findings) == (1, 4, ())


def test_text_with_a_byte_order_mark_and_in_latin_1_is_read(tmp_path: Path, scanned: Scan) -> None:
    mark = b"\xef\xbb\xbf"
    folder = make(
        tmp_path / "r",
        [
            Made({"bom.py": mark + CLEAN, "latin.py": b"# caf\xe9\n"}),
            Made({"bom.py": mark + KEY_LINE + CLEAN, "latin.py": b"# caf\xe9\n" + TOKEN_LINE}),
        ],
    )
    places = {
        f.location.path: (f.location.line, f.location.column) for f in scanned(folder).findings
    }
    assert places == {"bom.py": (1, 8), "latin.py": (2, 8)}


@pytest.mark.parametrize("order", ["utf-16", "utf-16-be"])
def test_utf_16_is_read_in_every_version(tmp_path: Path, scanned: Scan, order: str) -> None:
    mark = "" if order == "utf-16" else "\ufeff"
    texts = [
        mark + "x = 1\n" * 2000,
        mark + "x = 1\n" * 2000 + KEY_LINE.decode() + "y = 2\n" * 2000,
    ]
    versions = [CLEAN * 900, *(text.encode(order) for text in texts)]
    folder = make(tmp_path / "r", [Made({"a.py": version}) for version in versions])
    (finding,) = scanned(folder).findings
    assert (finding.rule, finding.location.line) == ("aws-access-key", 2001)
    assert finding.commit == commit_of(folder, "HEAD")


NAMES = [
    *("a b.py", "a\nb.py", 'q"uo\\te.py', "caf\udce9.py", "日本.py"),
    *(":(top)x.py", "-r.py", "*.py", "\x1b[2J.py"),
]


def test_any_name_will_do(tmp_path: Path, scanned: Scan) -> None:
    files: dict[str, bytes | None] = {
        name: f'KEY = "{aws_key(number)}"\n'.encode() for number, name in enumerate(NAMES)
    }
    folder = make(tmp_path / "r", [Made(files), Made(dict.fromkeys(NAMES[::2]))])
    result = scanned(folder)
    assert result.history
    at_head = {
        finding.location.path: bool(result.history.origins[finding.fingerprint].at_head)
        for finding in result.findings
    }
    assert at_head == {name: name in NAMES[1::2] for name in NAMES}
    assert {finding.commit for finding in result.findings} == {commit_of(folder, "HEAD~1")}


def test_a_thousand_refs(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", [*LEAKED, Made({"sub/a.py": KEY_LINE}, branch="kept")])
    lines = [f"create refs/heads/many/{n} main" for n in range(500)]
    lines += [f"create refs/tags/many/{n} kept" for n in range(500)]
    command = ["git", "update-ref", "--stdin"]
    subprocess.run(command, cwd=folder, input="\n".join(lines) + "\n", text=True, check=True)
    result = scanned(folder)
    assert found(result) == ONE_KEY
    assert result.history
    (origin,) = result.history.origins.values()
    assert origin.branches == ("kept",)


@pytest.mark.parametrize("twice", [False, True])
def test_tags_of_contents_and_folders_lead_to_them(
    tmp_path: Path, scanned: Scan, *, twice: bool
) -> None:
    folder = make(tmp_path / "r", LEAKED)
    (folder / "x").write_bytes(TOKEN_LINE)
    blob = git(folder, "hash-object", "-w", "x").strip()
    (folder / "y").write_bytes(TOKEN_LINE * 2)
    other = git(folder, "hash-object", "-w", "y").strip()
    tree = store(folder, b"tree", b"100644 deep.yaml\0" + bytes.fromhex(other))
    for name, target in (("content", blob), ("folder", tree)):
        git(folder, "tag", "-a", "-m", name, name, target)
        if twice:
            git(folder, "tag", "-a", "-m", name, f"{name}-2", name)
            git(folder, "tag", "-d", name)
    result = scanned(folder)
    assert found(result) == [
        ("github-token", f"blob:{blob[:12]}"),
        ("github-token", "deep.yaml"),
        *ONE_KEY,
    ]
    assert result.history
    assert all(origin.reachable for origin in result.history.origins.values())


def test_a_replaced_object_hides_nothing(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", LEAKED)
    (folder / "clean").write_bytes(CLEAN)
    clean = git(folder, "hash-object", "-w", "clean").strip()
    leaked = git(folder, "rev-parse", "main~1:sub/a.py").strip()
    git(folder, "replace", leaked, clean)
    git(folder, "replace", commit_of(folder, "main~1"), commit_of(folder, "main"))
    result = scanned(folder)
    assert found(result) == ONE_KEY
    assert (
        result.findings[0].commit
        == git(folder, "--no-replace-objects", "rev-parse", "main~1").strip()
    )


def test_settings_of_the_user_change_nothing(
    tmp_path: Path, scanned: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "config"
    settings.write_text(
        "[log]\n showSignature = true\n showRoot = false\n[diff]\n renames = copies\n"
        " noprefix = true\n orderFile = /dev/null\n[core]\n quotePath = true\n abbrev = 4\n"
        "[i18n]\n logOutputEncoding = UTF-16\n[color]\n ui = always\n"
    )
    folder = make(
        tmp_path / "r", [Made({"é.py": KEY_LINE}, author="Zoë <z@example.org>"), Made({"b": b""})]
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    result = scanned(folder)
    assert found(result) == [("aws-access-key", "é.py")]
    assert result.history
    (origin,) = result.history.origins.values()
    assert (origin.author, origin.at_head) == ("Zoë", ("é.py",))


@pytest.mark.parametrize(
    ("header", "author", "has_time"),
    [
        ("Ana <a@example.org> 1700000000 +0100", "Ana", True),
        ("Ana <a@example.org> 0 +0000", "Ana", True),
        ("Ana <a@example.org> 99999999999999 +0000", "Ana", None),
        ("Ana <a@example.org> 1700000000 +9999", "Ana", None),
        ("Ana <a@example.org> 1700000000 -1400", "Ana", True),
        ("Ana <a@example.org>", "Ana", None),
        ("Ana", "", None),
        (" <> 1 +0000", "", True),
        ("A\x1b[2Jna <a@example.org> 1 +0000", "A\x1b[2Jna", True),
    ],
)
def test_any_author_and_any_time_will_do(
    tmp_path: Path, scanned: Scan, header: str, author: str, has_time: bool | None
) -> None:
    folder = make(tmp_path / "r", LEAKED)
    tree = git(folder, "rev-parse", "main~1^{tree}").strip()
    text = f"tree {tree}\nauthor {header}\ncommitter A <a@example.org> 1 +0000\n\nx\n"
    commit = store(folder, b"commit", text.encode())
    git(folder, "update-ref", "refs/heads/main", commit)
    result = scanned(folder)
    assert found(result) == ONE_KEY
    assert result.history
    (origin,) = result.history.origins.values()
    assert origin.author == author or commit != origin.commit
    if has_time is not None:
        assert (origin.authored is not None) is has_time


def test_the_encoding_of_a_commit_is_undone(tmp_path: Path, scanned: Scan) -> None:
    folder = make(tmp_path / "r", LEAKED)
    tree = git(folder, "rev-parse", "main~1^{tree}").strip()
    text = (
        f"tree {tree}\nauthor Zo\xeb <a@example.org> 5 +0000\ncommitter A <a@example.org> 5 +0000\n"
        "encoding ISO-8859-1\n\nx\n"
    )
    commit = store(folder, b"commit", text.encode("latin-1"))
    git(folder, "update-ref", "refs/heads/main", commit)
    result = scanned(folder)
    assert result.history
    (origin,) = result.history.origins.values()
    assert (origin.author, origin.commit) == ("Zoë", commit)


def test_a_content_of_a_hundred_megabytes_on_one_line_is_named_and_not_read(
    tmp_path: Path, scanned: Scan
) -> None:
    folder = make(tmp_path / "r", [*LEAKED, Made({"huge.json": b"[" + b"1," * 50_000_000 + b"1]"})])
    result = scanned(folder)
    assert result.skipped == (Skipped("huge.json", SkipReason.TOO_LARGE),)
    assert found(result) == ONE_KEY


def test_long_lines_of_many_versions_are_read(tmp_path: Path, scanned: Scan) -> None:
    line = b"a,b;" * 500_000
    folder = make(
        tmp_path / "r",
        [
            Made({"a.min.js": line}),
            Made({"a.min.js": line[:1_000_000] + b";" + line[1_000_000:]}),
            Made({"a.min.js": line + b' k="' + aws_key().encode() + b'";' + line[:99]}),
        ],
    )
    assert found(scanned(folder)) == [("aws-access-key", "a.min.js")]


def test_a_repository_that_is_named_by_the_environment(
    tmp_path: Path, scanned: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "r", LEAKED)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("GIT_DIR", os.fspath(folder / ".git"))
    assert found(scanned(tmp_path / "elsewhere")) == ONE_KEY
