"""Which extra a command needs."""

from importlib.metadata import EntryPoint

import pytest

from warden_hooks.subcommands import GROUP, missing_package


@pytest.mark.parametrize(
    ("module", "fix"),
    [
        ("warden_bot.commands.serve", "pip install 'changewarden[bot]'"),
        ("warden_hooks.commands.policy", "pip install --force-reinstall changewarden"),
        ("theirs.command", "pip install --force-reinstall theirs"),
    ],
)
def test_the_extra_follows_from_the_package_that_brings_the_command(module: str, fix: str) -> None:
    error = missing_package(EntryPoint("serve", f"{module}:main", GROUP), "flask")
    assert error.what == "'changewarden serve' needs the package 'flask', which is not installed"
    assert error.fix == fix
