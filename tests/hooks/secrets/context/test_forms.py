"""The forms are written for every engine, and never meet more text than they say."""

import re
from re import _parser as parser  # type: ignore[attr-defined]

import hyperscan
import pytest

from warden_hooks.secrets.coarse import cut_short
from warden_hooks.secrets.context.forms import FORMS, Form
from warden_hooks.secrets.context.ways import WAYS


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_no_match_is_wider_than_its_form_says(form: Form) -> None:
    _, most = parser.parse(form.regex).getwidth()
    assert most <= form.width <= most * 1.2


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_root_holds_a_keyword(form: Form) -> None:
    for keyword in form.keywords:
        assert re.search(form.roots, keyword)
    assert len(form.parts) == len(form.keywords)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_is_known_to_the_database(form: Form) -> None:
    expressions = list(map(cut_short, form.parts))
    hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK).compile(
        expressions=expressions,
        ids=list(range(len(expressions))),
        flags=[hyperscan.HS_FLAG_ALLOWEMPTY] * len(expressions),
    )


def test_forms_are_numbered_as_their_names() -> None:
    assert tuple(form.id for form in FORMS) == WAYS
