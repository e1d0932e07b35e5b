"""The house stays as it was built: who imports whom, how long a file is, what a user downloads."""

import ast
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from warden_hooks.secrets.rule_set import rule_set

ROOT = Path(__file__).parent.parent
PACKAGES = ("policies/warden_policies", "hooks/warden_hooks", "bot/warden_bot")
LONGEST_FILE = 400

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_every_import_contract_is_kept() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_with_code_is_a_package(package: str) -> None:
    """One without `__init__.py` is invisible to the import contracts."""
    folders = {path.parent for path in python_files(package) if "migrations" not in path.parts}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*PACKAGES, "tests", "docs", "bench")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_the_policies_never_ask_a_clock() -> None:
    """`datetime` is theirs as a type; the import contract cannot tell that from `now()`."""
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files("policies/warden_policies")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
    ]
    assert asked == []


def test_users_of_the_hook_download_what_was_decided_and_nothing_else() -> None:
    """To change this, replace docs/explanation/decisions/0009-hyperscan-in-the-base.md."""
    named = [dependency.partition(";")[0] for dependency in PROJECT["dependencies"]]
    assert named == ["detect-secrets>=1.5.0,<1.6", "hyperscan>=0.9.1,<1", "PyYAML>=6.0.1"]


@pytest.mark.parametrize(
    ("python", "system", "machine", "wanted"),
    [
        ("CPython", "linux", "x86_64", True),
        ("CPython", "linux", "aarch64", True),
        ("CPython", "linux", "riscv64", False),
        ("CPython", "darwin", "arm64", True),
        ("CPython", "win32", "AMD64", True),
        ("CPython", "win32", "ARM64", False),
        ("PyPy", "linux", "x86_64", False),
    ],
)
def test_hyperscan_is_asked_for_only_where_it_has_wheels(
    python: str, system: str, machine: str, wanted: bool
) -> None:
    """Elsewhere pip would try to build it."""
    (marker,) = (
        Requirement(text).marker for text in PROJECT["dependencies"] if "hyperscan" in text
    )
    platform = {
        "platform_python_implementation": python,
        "sys_platform": system,
        "platform_machine": machine,
    }
    assert marker
    assert marker.evaluate(platform) is wanted


def test_nothing_is_installed_from_an_address() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    for pin in pins:
        assert pin.startswith("#") or " " not in pin, pin
        assert pin.startswith("#") or pin.count("==") == 1, pin


@pytest.fixture(scope="module")
def wheel_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def wheel(wheel_file: Path) -> set[str]:
    with zipfile.ZipFile(wheel_file) as archive:
        return set(archive.namelist())


def test_an_installed_wheel_decides_with_the_rules_of_this_work_tree(
    wheel_file: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheel_file) as archive:
        archive.extractall(tmp_path)
    code = (
        "from warden_hooks.secrets import rule_set as it; print(it.__file__, it.rule_set().digest)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    place, digest = done.stdout.split()
    assert Path(place).is_relative_to(tmp_path)
    assert digest == rule_set().digest


def test_the_wheel_carries_every_file_that_the_packages_read(wheel: set[str]) -> None:
    """Rules, templates, queries and migrations are data: an editable installation hides a gap."""
    tracked = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    expected = {name.partition("/")[2] for name in tracked}
    assert {name for name in expected if name.endswith((".toml", ".graphql", ".typed"))}
    assert sorted(expected - wheel) == []


def test_the_wheel_carries_nothing_else(wheel: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    dist_info = {top for top in tops if top.endswith(".dist-info")}
    assert tops - dist_info == {"warden_policies", "warden_hooks", "warden_bot"}
