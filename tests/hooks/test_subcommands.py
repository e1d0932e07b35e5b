"""Which extra a command needs."""

from importlib.metadata import EntryPoint

import pytest

from warden_hooks.subcommands import GROUP, installed, missing_package, summary


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


@pytest.mark.parametrize("point", installed().values(), ids=lambda point: point.name)
def test_every_command_says_what_it_does_in_the_first_line_of_its_module(point: EntryPoint) -> None:
    said = summary(point)
    assert 10 < len(said) < 90
    assert "`" not in said
    assert not said.startswith("warden_")


def test_a_command_whose_module_cannot_be_read_is_named_by_its_package() -> None:
    assert summary(EntryPoint("x", "nowhere.at.all:main", GROUP)) == "nowhere"
    assert summary(EntryPoint("x", "warden_hooks.not_there:main", GROUP)) == "warden_hooks"
