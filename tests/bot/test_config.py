"""Settings: every mistake at once, and never a secret in what is shown."""

from pathlib import Path

import pytest

from warden_bot.config import InvalidSettingsError, load

GOOD = {
    "CHANGEWARDEN_APP_ID": "42",
    "CHANGEWARDEN_PRIVATE_KEY": "hush-key",
    "CHANGEWARDEN_WEBHOOK_SECRET": "hush-hook",
}


def test_the_defaults_are_safe() -> None:
    settings = load(GOOD)
    assert (settings.host, settings.port, settings.open_pages) == ("127.0.0.1", 8080, False)
    assert settings.max_body_bytes == 25 * 1024 * 1024
    assert settings.webhook_secrets == (b"hush-hook",)


def test_every_problem_is_reported_at_once_and_names_its_variable() -> None:
    environment = {
        "CHANGEWARDEN_APP_ID": "forty-two",
        "CHANGEWARDEN_PRIVATE_KEY": "  ",
        "CHANGEWARDEN_GITHUB_API_URL": "github.example",
        "CHANGEWARDEN_PORT": "70000",
        "CHANGEWARDEN_DATA_DIR_FILE": "/nowhere/at/all",
    }
    with pytest.raises(InvalidSettingsError) as caught:
        load(environment)
    variables = {problem.split(":")[0].split(" ")[0] for problem in caught.value.problems}
    assert variables == {
        "CHANGEWARDEN_APP_ID",
        "CHANGEWARDEN_PRIVATE_KEY",
        "CHANGEWARDEN_WEBHOOK_SECRET",
        "CHANGEWARDEN_GITHUB_API_URL",
        "CHANGEWARDEN_PORT",
        "CHANGEWARDEN_DATA_DIR_FILE",
    }


@pytest.mark.parametrize("variable", sorted(GOOD))
def test_no_value_is_ever_repeated(variable: str) -> None:
    broken = {**GOOD, "CHANGEWARDEN_PORT": "hush-port", variable: GOOD[variable]}
    with pytest.raises(InvalidSettingsError) as caught:
        load(broken)
    assert "hush" not in str(caught.value)
    assert "hush" not in repr(load(GOOD))


def test_a_value_can_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from-a-file\n")
    environment = {name: value for name, value in GOOD.items() if "WEBHOOK" not in name}
    settings = load({**environment, "CHANGEWARDEN_WEBHOOK_SECRET_FILE": str(file)})
    assert settings.webhook_secrets == (b"from-a-file",)


def test_the_previous_webhook_secret_is_tried_second() -> None:
    settings = load({**GOOD, "CHANGEWARDEN_WEBHOOK_SECRET_PREVIOUS": "older"})
    assert settings.webhook_secrets == (b"hush-hook", b"older")


@pytest.mark.parametrize(
    "address",
    [
        "https://somebody:hush@github.example/api/v3",
        "https://hush@github.example",
        "https://github.example/?token=hush",
        "https://github.example/#hush",
        "https://git hub.example",
        "https://github.example:port",
        "ftp://github.example",
        "https://",
        "https://[::1",
    ],
)
@pytest.mark.parametrize("variable", ["CHANGEWARDEN_GITHUB_API_URL", "CHANGEWARDEN_PUBLIC_URL"])
def test_an_address_is_plain_since_it_is_shown_with_every_decision(
    variable: str, address: str
) -> None:
    with pytest.raises(InvalidSettingsError) as caught:
        load({**GOOD, variable: address})
    (problem,) = caught.value.problems
    assert problem.startswith(variable)
    assert "hush" not in problem


@pytest.mark.parametrize("address", ["http://[::1]:8080", "https://github.example/api/v3"])
def test_an_address_may_have_a_port_and_a_path(address: str) -> None:
    assert load({**GOOD, "CHANGEWARDEN_GITHUB_API_URL": f"{address}/"}).github_api_url == address


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_a_previous_secret_that_anybody_could_guess_is_none(blank: str) -> None:
    settings = load({**GOOD, "CHANGEWARDEN_WEBHOOK_SECRET_PREVIOUS": blank})
    assert settings.webhook_secrets == (b"hush-hook",)
