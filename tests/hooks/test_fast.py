"""The short way for clean commits: it says what the whole command would say, or nothing."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hooks.planted import aws_key, github_token, password
from tests.hooks.repository import commit, git, new_repository, stage, write
from tests.hooks.secrets.layers.encoded import (
    ENCODINGS,
    in_base64,
    in_escapes,
    in_parts,
)
from warden_hooks import fast, source
from warden_hooks.cli import main
from warden_hooks.scan import scan_source
from warden_hooks.secrets import cache, first_look
from warden_hooks.secrets.engines import Engine, secret_engine
from warden_hooks.secrets.layers.decode import DEEPEST
from warden_hooks.secrets.layers.notebook import is_notebook
from warden_hooks.secrets.load import load
from warden_hooks.source import SourceFile

HEAVY = {
    *("argparse", "json", "typing", "pathlib", "subprocess", "re", "dataclasses", "enum"),
    *("tomllib", "hashlib", "inspect", "collections", "contextlib", "hyperscan", "detect_secrets"),
    *("warden_hooks.scan_command", "warden_hooks.git", "warden_hooks.scan", "warden_policies"),
}


@pytest.fixture
def begun(repository: Path) -> Path:
    """A repository with a first commit, which git needs to tell what a commit changes."""
    stage(repository, "kept.py", "x = 1\n")
    commit(repository)
    return repository


@pytest.fixture(scope="module")
def scanner() -> fast._Scanner:
    return fast._Scanner()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with secret_engine() as opened:
        yield opened


def clean(*arguments: str) -> bool:
    return "secrets" not in fast.left([*arguments])


HARMLESS = "user=ana01\nthe=rest-of-it-is-a-text99\n"


def too_deep() -> str:
    text = HARMLESS
    for _ in range(DEEPEST + 1):
        text = in_base64(text)
    return text


Case = tuple[str, Callable[[Path], object], tuple[str, ...]]


def cases(named: list[Case]) -> list[ParameterSet]:
    return [pytest.param(*case, id=name) for name, *case in named]


CLEAN: list[Case] = [
    ("a new file", lambda r: stage(r, "a.py", "x = 1\n"), ()),
    ("a changed file", lambda r: stage(r, "kept.py", "x = 2\n"), ()),
    ("only one family", lambda r: stage(r, "a.py", "x = 1\n"), ("--only=secrets",)),
    ("a size limit", lambda r: stage(r, "a.py", "x = 1\n"), ("--max-bytes=100",)),
    ("a name", lambda r: stage(r, "a.py", "x = 1\n"), ("a.py",)),
    ("an odd name", lambda r: stage(r, "sub/é 'x'\n.py", "x = 1\n"), ("sub/é 'x'\n.py",)),
    ("a byte order mark", lambda r: stage(r, "a.py", b"\xef\xbb\xbfx = '\xc3\xa9'\n"), ()),
    ("an empty file", lambda r: stage(r, "a.py", ""), ()),
    ("an executable", lambda r: git(r, "update-index", "--chmod=+x", "kept.py"), ()),
    ("a rename", lambda r: git(r, "mv", "kept.py", "moved.py"), ()),
    ("a word that needs no quotes", lambda r: stage(r, "a.py", "password = read()\n"), ()),
    ("one deleted", lambda r: (git(r, "rm", "-q", "kept.py"), stage(r, "b", "x")), ()),
    ("harmless text, encoded", lambda r: stage(r, "a.py", f"x = '{in_base64(HARMLESS)}'\n"), ()),
    ("and encoded again", lambda r: stage(r, "a", in_base64(in_escapes(in_base64(HARMLESS)))), ()),
    ("strings put together", lambda r: stage(r, "a.py", f"x = f({in_parts(HARMLESS)})\n"), ()),
    ("escapes", lambda r: stage(r, "a.json", in_escapes(HARMLESS)), ()),
]  # fmt: skip


@pytest.mark.parametrize(("change", "arguments"), cases(CLEAN))
def test_a_clean_commit_is_seen_to_be_clean(
    begun: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], object],
    arguments: tuple[str, ...],
) -> None:
    change(begun)
    assert clean("--staged", *arguments)
    monkeypatch.setattr(fast, "left", lambda _: fast.FAMILIES)
    assert main(["scan", "--staged", *arguments]) == 0
    assert capsys.readouterr() == ("", "")


def _conflict(folder: Path) -> None:
    git(folder, "checkout", "--quiet", "-b", "other")
    stage(folder, "kept.py", "theirs\n")
    commit(folder)
    git(folder, "checkout", "--quiet", "main")
    stage(folder, "kept.py", "ours\n")
    commit(folder)
    with pytest.raises(AssertionError):
        git(folder, "merge", "--quiet", "other")


def _submodule(folder: Path) -> None:
    commit(new_repository(folder / "inner"))
    git(folder, "-c", "advice.addEmbeddedRepo=false", "add", "inner")


def _link(folder: Path) -> None:
    (folder / "link").symlink_to("kept.py")
    git(folder, "add", "link")


def _missing(folder: Path) -> None:
    stage(folder, "a.py", "x = 1\n")
    blob = git(folder, "rev-parse", ":a.py").strip()
    (folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()


LEFT: list[Case] = [
    ("a token", lambda r: stage(r, "a.py", f"k = '{github_token()}'\n"), ()),
    ("a token for the plug-ins", lambda r: stage(r, "a.py", f"k = '{aws_key()}'\n"), ()),
    ("a password", lambda r: stage(r, "a.py", f"password = '{password()}'\n"), ()),
    ("one in configuration", lambda r: stage(r, "a.yml", f"password: {password()}\n"), ()),
    ("after a byte order mark", lambda r: stage(r, "a", f"\ufeff{github_token()}\n"), ()),
    ("a token, encoded", lambda r: stage(r, "a.py", in_base64("token " + github_token())), ()),
    ("a password, encoded", lambda r: stage(r, "a.py", in_base64(f"DB_PASSWORD={password()}")), ()),
    ("what is encoded too often", lambda r: stage(r, "a", too_deep()), ()),
    ("a notebook", lambda r: stage(r, "a.IPYNB", "{}"), ()),
    ("UTF-16", lambda r: stage(r, "a.txt", "x = 1\r\n".encode("utf-16")), ()),
    ("nothing staged", lambda r: None, ()),
    ("a binary file", lambda r: stage(r, "a.png", b"\x89PNG\0"), ()),
    ("a large file", lambda r: stage(r, "a.py", "x" * 101), ("--max-bytes=100",)),
    ("not UTF-8", lambda r: stage(r, "a.py", b"x = '\xe9'\n"), ()),
    ("a link", _link, ()),
    ("a submodule", _submodule, ()),
    ("a conflict", _conflict, ()),
    ("an object that is missing", _missing, ()),
    ("a name that is not staged", lambda r: stage(r, "a.py", "x = 1\n"), ("kept.py",)),
    ("a folder", lambda r: stage(r, "sub/a.py", "x = 1\n"), ("sub",)),
    ("another form of a name", lambda r: stage(r, "a.py", "x = 1\n"), ("./a.py",)),
    ("another option", lambda r: stage(r, "a.py", "x = 1\n"), ("--format", "json")),
    ("a shortened option", lambda r: stage(r, "a.py", "x = 1\n"), ("--max=9",)),
    ("help", lambda r: stage(r, "a.py", "x = 1\n"), ("--help",)),
    ("a wrong limit", lambda r: stage(r, "a.py", "x = 1\n"), ("--max-bytes=0",)),
]  # fmt: skip


@pytest.mark.parametrize(("change", "arguments"), cases(LEFT))
def test_anything_else_is_left_to_the_whole_command(
    begun: Path, change: Callable[[Path], object], arguments: tuple[str, ...]
) -> None:
    change(begun)
    assert not clean("--staged", *arguments)


def test_the_index_is_read_and_not_the_work_tree(begun: Path) -> None:
    stage(begun, "a.py", "x = 1\n")
    write(begun, "a.py", f"k = '{github_token()}'\n")
    assert clean("--staged", "a.py")
    git(begun, "add", "a.py")
    write(begun, "a.py", "x = 1\n")
    assert not clean("--staged", "a.py")


def test_names_are_relative_to_the_current_folder(
    begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(begun, "a.py", "x = 1\n")
    stage(begun, "sub/a.py", f"k = '{github_token()}'\n")
    assert clean("--staged", "a.py")
    monkeypatch.chdir(begun / "sub")
    assert not clean("--staged", "a.py")
    assert not clean("--staged")
    git(begun, "rm", "--cached", "--quiet", "sub/a.py")
    assert clean("--staged")
    (begun / "sub" / ".git").mkdir()
    assert not clean("--staged", "a.py")


def test_the_index_that_git_names_is_read(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage(begun, "a.py", "x = 1\n")
    monkeypatch.setenv("GIT_INDEX_FILE", str(begun / ".git" / "other"))
    stage(begun, "a.py", f"k = '{github_token()}'\n")
    assert not clean("--staged")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert clean("--staged")


def test_a_replaced_object_does_not_hide_what_will_be_committed(begun: Path) -> None:
    stage(begun, "a.py", f"k = '{github_token()}'\n")
    stage(begun, "b.py", "x = 1\n")
    secret, harmless = (git(begun, "rev-parse", f":{name}.py").strip() for name in "ab")
    git(begun, "replace", secret, harmless)
    assert not clean("--staged", "a.py")


def test_before_the_first_commit_it_is_left_to_the_whole_command(repository: Path) -> None:
    stage(repository, "a.py", "x = 1\n")
    assert not clean("--staged")


def test_more_files_than_fit_into_a_pipe_are_left(begun: Path) -> None:
    for number in range(fast._MOST_FILES + 1):
        write(begun, f"{number}.py", f"x = {number}\n")
    git(begun, "add", ".")
    assert not clean("--staged")
    assert clean("--staged", *(f"{number}.py" for number in range(fast._MOST_FILES)))


def test_without_what_it_needs_it_says_nothing(
    begun: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stage(begun, "a.py", "x = 1\n")
    assert clean("--staged")
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert not clean("--staged")
    with monkeypatch.context() as patch:
        patch.delattr(os, "posix_spawnp")
        assert not clean("--staged")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty"))
    assert not clean("--staged")


LONG_VALUE = f"key = '{'x_' * 20}'\n"


@pytest.mark.parametrize(
    ("place", "text"),
    [*((place, "x = 1\n") for place in (0.001, 0.02, 0.3, 0.5)), (0.8, LONG_VALUE)],
)
def test_a_damaged_database_is_never_asked(
    begun: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: float, text: str
) -> None:
    """Hyperscan notices itself: here only its own checksum covers the first database. The second
    one is read only where a telling name is given a long value."""
    stage(begun, "a.py", text)
    assert clean("--staged")
    kept = cache.path()
    assert kept
    data = bytearray(Path(kept).read_bytes())
    data[int(len(data) * place)] ^= 1
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    copy = cache.path(create=True)
    assert copy
    Path(copy).write_bytes(data)
    Path(copy).chmod(0o600)
    assert not clean("--staged")


def test_no_process_is_left_behind(begun: Path) -> None:
    stage(begun, "a.py", f"k = '{github_token()}'\n" * 100_000)
    code = "import os; from warden_hooks import fast; assert 'secrets' in fast.left(['--staged'])\n"
    code += "try: os.waitpid(-1, os.WNOHANG)\nexcept ChildProcessError: print('none')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "none\n"


def test_nothing_heavy_is_imported(begun: Path) -> None:
    stage(begun, "a.py", "x = 1\n")
    code = "import sys; before = {*sys.modules}; from warden_hooks.cli import main\n"
    code += "code = main(['scan', '--staged', '--only=secrets'])\n"
    code += "print(code, *({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    code, *loaded = done.stdout.split()
    assert code == "0"
    assert not HEAVY & set(loaded)
    assert "warden_hooks.fast" in loaded


def test_the_whole_command_can_go_on_with_what_was_loaded(begun: Path) -> None:
    stage(begun, "a.py", f"k = '{github_token()}'\n")
    code = "from warden_hooks.cli import main; assert main(['scan', '--staged']) == 1\n"
    code += "import sys; assert 'hyperscan._hs_ext' in sys.modules\n"
    code += "from warden_hooks.secrets.made_from import extension; assert extension()\n"
    code += "import hyperscan; assert hyperscan.Database"
    subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)


def test_the_limits_are_those_of_the_whole_command() -> None:
    assert fast._DEFAULT_MAX_BYTES == source.DEFAULT_MAX_BYTES
    assert first_look._BINARY_PROBE_BYTES == source.BINARY_PROBE_BYTES
    compiled = load(patient=True)
    near = {rule for rules in compiled.near_owners for rule in rules}
    assert max(compiled.table[rule].width for rule in near) <= fast._REACH
    assert is_notebook("A" + first_look._NOTEBOOK.upper())


_PARTS = st.sampled_from(
    [
        *(" ", "\n", "=", '"', "'", " + ", "\\n", "%41", "password", "token = ", "x1", HARMLESS),
        *("DB_PASSWORD=", password(), github_token(), aws_key(), "https://a:b@c.d/", "é"),
    ]
)
_TEXTS = st.recursive(
    st.lists(_PARTS, min_size=1, max_size=6).map("".join),
    lambda inner: st.tuples(inner, st.sampled_from(sorted(ENCODINGS)), inner).map(
        lambda made: f'{made[2]} "{ENCODINGS[made[1]][1](made[0])}"\n'
    ),
    max_leaves=4,
)


@given(_TEXTS, st.sampled_from(["a.py", "a.yaml", "a.md", "tests/a.json", "yarn.lock"]))
@settings(deadline=None)
def test_what_is_called_clean_the_whole_command_finds_clean(
    scanner: fast._Scanner, engine: Engine, text: str, path: str
) -> None:
    is_clean = engine.is_clean(path, text.encode())
    try:
        scanner.look(path, text.encode())
    except Exception:  # noqa: BLE001 - a scan that a hit ended raises another: so `is_clean` does
        assert not is_clean
        return
    assert is_clean, "a tree is looked at in the same way"
    result = scan_source(SourceFile(path, text, 0), engine, b"for tests")
    assert not [finding.rule for finding in result.findings]
    assert not result.skipped


@pytest.mark.parametrize("encode", [encode for _, encode in ENCODINGS.values()], ids=ENCODINGS)
def test_ordinary_text_that_is_encoded_is_seen_to_be_clean(
    scanner: fast._Scanner, encode: Callable[[str], str]
) -> None:
    scanner.look("a.py", encode(HARMLESS).encode())
