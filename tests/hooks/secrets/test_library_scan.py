"""detect-secrets really used: looked at faster, its results are its own to the last byte."""

import hashlib
import json
import time
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import pytest
from detect_secrets import settings as library_settings
from detect_secrets.core import scan
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.settings import default_settings, transient_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hooks.examples import EXAMPLES
from tests.hooks.planted import (
    BASE64,
    HEXADECIMAL,
    aws_key,
    characters,
    github_token,
    password,
    private_key,
)
from warden_hooks.secrets.detect_secrets import KEYWORD_PLUGIN, TOKEN_PLUGINS
from warden_hooks.secrets.library_scan import faster_library

ROOT = Path(__file__).parents[3]
LIBRARY = Path(scan.__file__).parents[1]
FILTERS = [
    {"path": f"detect_secrets.filters.heuristic.{name}"}
    for name in (
        *("is_sequential_string", "is_potential_uuid", "is_likely_id_string", "is_lock_file"),
        *("is_templated_secret", "is_prefixed_with_dollar_sign", "is_indirect_reference"),
        *("is_not_alphanumeric_string", "is_swagger_file"),
    )
]
OURS = {
    "plugins_used": [{"name": name} for name in (*TOKEN_PLUGINS, KEYWORD_PLUGIN)],
    "filters_used": FILTERS,
}


def results(files: list[Path], *, faster: bool) -> tuple[int, str, float]:
    """How many secrets, the digest of all that the library says about them, and CPU seconds."""
    with faster_library() if faster else nullcontext():
        start = time.process_time()
        found = {str(file): [s.json() for s in scan.scan_file(str(file))] for file in files}
        spent = time.process_time() - start
    digest = hashlib.sha256(json.dumps(found).encode()).hexdigest()
    return sum(map(len, found.values())), digest, spent


def files_in(folder: Path, *endings: str) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in endings)


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """Every kind of secret in every kind of file, some of which the library transforms."""
    for number, example in enumerate(EXAMPLES):
        for suffix in (".py", ".go", ".cs", ".cpp", ".m", ".txt"):
            (tmp_path / f"{number}{suffix}").write_text(f"a\n{example.text}\né {example.text}\n")
        text = example.text.replace("\n", "\n  ")
        (tmp_path / f"{number}.yaml").write_text(f"a: |\n  {text}\nkey: '{password()}'\n")
        (tmp_path / f"{number}.ini").write_text(f"[a]\nx = {text}\npassword = {password()}\n")
    return tmp_path


TREES = {
    "the library": (LIBRARY, ".py"),
    "the policies": (ROOT / "policies", ".py", ".md"),
    "documents and configuration": (ROOT / "docs", ".md", ".yml", ".yaml", ".toml", ".json"),
}


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_a_tree_gives_the_same_results(tree: tuple[Path, str]) -> None:
    files = files_in(*tree)[:60]
    with transient_settings(OURS):
        assert results(files, faster=True)[:2] == results(files, faster=False)[:2]


def test_every_kind_of_secret_gives_the_same_results(examples: Path) -> None:
    files = sorted(examples.iterdir())
    with transient_settings(OURS):
        found, digest, _ = results(files, faster=True)
        assert (found, digest) == results(files, faster=False)[:2]
    assert found > len(files)


def test_the_library_s_own_settings_give_the_same_results(examples: Path) -> None:
    """Those of high entropy and of addresses with them, which are no plug-ins of ours."""
    (examples / "entropy.py").write_text(
        "".join(f"x = {quote}{characters(BASE64, size, size)}{quote}\n"
                for size in range(1, 80) for quote in "'\"")
        + "".join(f"x = '{characters(HEXADECIMAL, size, size)}'\n" for size in range(1, 80))
        + "host = '8.8.4.4'; other = '10.0.0.1:80'; 1.1.1.1:8080\n"
    )  # fmt: skip
    files = [*sorted(examples.iterdir())[:40], examples / "entropy.py"]
    with default_settings():
        found, digest, _ = results(files, faster=True)
        assert (found, digest) == results(files, faster=False)[:2]
    assert found > 100


class Odd(AWSKeyDetector):
    """A plug-in that inherits regexes and looks in a way of its own."""

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        if string.startswith("odd"):
            yield string


def test_a_plugin_of_somebody_else_sees_every_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("even\nodd one\n")
    with transient_settings({"plugins_used": [], "filters_used": []}):
        odd = cache(lambda: [Odd()])
        monkeypatch.setattr(scan, "get_plugins", odd)
        monkeypatch.setattr(library_settings, "get_plugins", odd)
        assert results([file], faster=True)[0] == 1


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_a_tree_gives_the_same_results_with_the_library_s_settings(tree: tuple[Path, str]) -> None:
    with default_settings():
        files = files_in(*tree)[:25]
        assert results(files, faster=True)[:2] == results(files, faster=False)[:2]


def test_it_is_much_faster_on_source_code() -> None:
    files = files_in(LIBRARY, ".py")
    with transient_settings(OURS):
        _, _, fast = results(files, faster=True)
        _, _, slow = results(files, faster=False)
    assert slow > 5 * fast  # many times more on larger trees: `bench/secrets.py` tells


_PIECES = st.sampled_from(
    [
        *("\n", " ", "'", '"', "=", ":", "password", "secret", "api_key", "é", "\r", ";", "|"),
        *("==", "=>", ":=", "://a:b@", "\u00a0", "\x1c", "\u017f", "[", "]", "  ", "#", "\x85"),
        *(aws_key(), github_token(), password(), "c0rrect-horse", private_key()),
    ]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with transient_settings(OURS):
        yield tmp_path_factory.mktemp("generated")


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=16).map("".join), st.sampled_from(["py", "yml", "ini", "go"]))
def test_whatever_the_text_the_results_are_the_same(folder: Path, text: str, suffix: str) -> None:
    file = folder / f"a.{suffix}"
    file.write_text(text, encoding="utf-8", newline="")
    assert results([file], faster=True)[:2] == results([file], faster=False)[:2]
