"""`changewarden policy schema`: what editors read, printed whole."""

import json

import pytest

from warden_hooks.commands.policy import main
from warden_policies import schemas


@pytest.mark.parametrize("name", schemas.NAMES)
def test_every_schema_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == schemas.schema(name)


def test_without_a_name_it_is_that_of_a_policy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == schemas.text("policy")


def test_an_unknown_document_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["schema", "polcy"])

    assert caught.value.code == 2
