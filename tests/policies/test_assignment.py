"""A name with a value, in the ways that code and configuration write it."""

import re

import pytest

from warden_policies.rules.assignment import assignment, keywords_of


@pytest.mark.parametrize(
    "text", ["MY_BOX_KEY=abc", "box-key: abc", "c.boxKey = 'abc'", "--box.key=abc"]
)
def test_a_name_that_begins_a_word_is_found_at_one(text: str) -> None:
    assert re.search(assignment(["^box key"], "abc"), text)


@pytest.mark.parametrize("text", ["sandbox_key=abc", "DROPBOX_KEY=abc"])
def test_a_name_that_begins_a_word_is_not_found_inside_one(text: str) -> None:
    assert not re.search(assignment(["^box key"], "abc"), text)


def test_the_mark_is_no_part_of_the_keyword() -> None:
    assert keywords_of(["^dropbox key"]) == ("dropbox",)


@pytest.mark.parametrize("name", ["Box", "box  key", "b^ox", ""])
def test_a_name_in_another_form_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="lower-case words"):
        assignment([name], "abc")
