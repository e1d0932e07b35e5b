"""Every check of a policy's text finds what its bad examples have, and nothing in the good ones."""

import pytest

from warden_policies.language import parse_policy
from warden_policies.prove.lint import Lint, PolicyText
from warden_policies.prove.lints import LINTS

BAD = [pytest.param(one, text, id=f"{one.id} {at}") for one in LINTS.values()
       for at, text in enumerate(one.bad)]  # fmt: skip
GOOD = [pytest.param(one, text, id=f"{one.id} {at}") for one in LINTS.values()
        for at, text in enumerate(one.good)]  # fmt: skip


def read(check: Lint, text: str) -> PolicyText:
    source = text.encode()
    return PolicyText.of(parse_policy(source, "p.yml", check.dialect), source)


@pytest.mark.parametrize(("check", "text"), BAD)
def test_what_is_likely_not_meant_is_found_with_its_place(check: Lint, text: str) -> None:
    assert all(seen.message and seen.fix for seen in check.look(read(check, text)))
    assert list(check.look(read(check, text)))


@pytest.mark.parametrize(("check", "text"), GOOD)
def test_what_is_meant_is_left_alone(check: Lint, text: str) -> None:
    assert list(check.look(read(check, text))) == []


def test_every_check_shows_both() -> None:
    assert all(check.bad and check.good for check in LINTS.values())
