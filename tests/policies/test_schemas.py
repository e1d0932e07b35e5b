"""JSON Schemas: valid ones, which allow all that we read and refuse most of what we do not."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from tests.builders import POLICY_SOURCE, ready
from tests.policies.language import test_native
from tests.policies.scenario import test_build, test_suite
from tests.policies.strategies import changes
from tests.policies.test_replay import document
from warden_policies import schemas
from warden_policies.canonical import to_json
from warden_policies.codec import encode_change
from warden_policies.language import parse_policy
from warden_policies.language.packs import PACKS, pack
from warden_policies.language.yaml_source import read_yaml
from warden_policies.model import Change
from warden_policies.policy import Dialect, InvalidPolicy
from warden_policies.predicates import PREDICATES

ROOT = Path(__file__).parents[2]
VALIDATORS = {name: Draft202012Validator(schemas.schema(name)) for name in schemas.NAMES}


def complaints(name: str, data: object) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(data)]


@pytest.mark.parametrize("name", schemas.NAMES)
def test_a_schema_is_a_schema_and_written_down(name: str) -> None:
    Draft202012Validator.check_schema(schemas.schema(name))
    file = ROOT / "docs/reference/schemas" / schemas.file_name(name)
    assert file.read_text(encoding="utf-8") == schemas.text(name)


def policies_in_the_docs() -> Iterator[Any]:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *(ROOT / "docs").rglob("*.md")]:
        text = page.read_text(encoding="utf-8")
        for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)):
            if re.match(r"(#.*\n)*version: 1\n", block):
                yield pytest.param(block.encode(), id=f"{page.relative_to(ROOT)}-{number}")


@pytest.mark.parametrize(
    "source",
    [
        *policies_in_the_docs(),
        *(pytest.param(pack(name), id=name) for name in PACKS),
        pytest.param(POLICY_SOURCE, id="builders"),
    ],
)
def test_a_policy_that_is_one_is_valid(source: bytes) -> None:
    parse_policy(source, "p.yml")
    assert complaints("policy", read_yaml(source).data) == []


def example_arguments() -> Iterator[Any]:
    for name, known in PREDICATES.items():
        for example in known.examples if known.dialect is Dialect.NATIVE else ():
            yield pytest.param(name, example.arguments, id=f"{name}: {example.title}")


def written(value: Any) -> Any:
    """A value as somebody would write it: without what is so anyway."""
    if isinstance(value, tuple):
        return [written(item) for item in value]
    if not is_dataclass(value):
        return to_json(value)
    members = {field.name: getattr(value, field.name) for field in fields(value)}
    usual = {field.name: field.default for field in fields(value)}
    return {name: written(each) for name, each in members.items() if each != usual[name]}


@pytest.mark.parametrize(("name", "arguments"), [*example_arguments()])
def test_what_an_example_asks_is_valid(name: str, arguments: object) -> None:
    require = {name: written(arguments)}
    policy = {"version": 1, "requirements": {"Rule": {"require": require}}}
    assert complaints("policy", policy) == []


BEYOND = (
    "another requirement has the same name",
    "the pack has a requirement of this name",
    "every policy has a requirement of this name",
    "printable characters",
    "no requirement '",
    "at least two requirements",
    "does not fit in 64 bits",
    "a glob",
    "folder in the repository",
    "expected 'people', 'teams' or 'permission'",
    "must not be empty",
)
"""What only the reader can tell, or what a schema of JSON cannot say."""


def broken_policies() -> Iterator[Any]:
    """The sources in the tables of the language's own tests, unless they are no YAML of ours."""
    for test in (value for name, value in vars(test_native).items() if name.startswith("test_")):
        for mark in getattr(test, "pytestmark", ()):
            for row in mark.args[1] if mark.name == "parametrize" else ():
                if not isinstance(row, tuple) or not all(isinstance(each, str) for each in row[:2]):
                    continue
                source, message = row[:2]
                if mark.args[0][0] == "require":
                    source = test_native.with_require(source)
                if not any(words in message for words in BEYOND):
                    yield pytest.param(source.encode(), id=message)


@pytest.mark.parametrize("source", [*broken_policies()])
def test_a_policy_that_is_refused_is_not_valid(source: bytes) -> None:
    text = read_yaml(source)
    assert text.problems or complaints("policy", text.data)


def test_a_schema_has_the_keys_that_the_reader_has() -> None:
    with pytest.raises(InvalidPolicy) as caught:
        parse_policy(b"zzzzzzzz: 1\nversion: 1\nextends: soc2", "p.yml")
    known = re.findall(r"'(\w+)'", str(caught.value).partition("expected")[2])
    properties = schemas.schema("policy")["properties"]

    assert isinstance(properties, dict)
    assert sorted(known) == sorted(properties)


@settings(deadline=None)
@given(changes)
def test_whatever_is_stored_is_valid(change: Change) -> None:
    data = document(change)

    assert complaints("stored-v1", data) == []
    assert complaints("snapshot-v1", data["change"]) == []
    assert complaints("decision-v1", data["decision"]) == []


@pytest.mark.parametrize("field", json.loads(encode_change(ready()))["change"])
def test_a_snapshot_with_a_wrong_field_is_not_valid(field: str) -> None:
    data = json.loads(encode_change(ready()))
    data["change"][field] = 1.5

    assert complaints("snapshot-v1", data)


@pytest.mark.parametrize("words", ["{}", test_build.EVERYTHING])
def test_a_test_file_that_is_one_is_valid(words: str) -> None:
    case = f"  - {{name: a case, expect: allow, change: {words}}}\n"
    for source in (f"{test_build.HEADING}{case}".encode(), test_suite.GOOD):
        assert complaints("policy-test", read_yaml(source).data) == []


@pytest.mark.parametrize(
    "words", ["{fils: [a]}", "{checks: {test: sucess}}", "{approvals: [{}]}", "{draft: 1}", "3"]
)
def test_a_test_file_with_a_mistake_is_not_valid(words: str) -> None:
    case = f"  - {{name: a case, expect: allow, change: {words}}}\n"

    assert complaints("policy-test", read_yaml(f"{test_build.HEADING}{case}".encode()).data)


def test_what_a_docstring_says_of_a_field_is_its_description() -> None:
    definitions: Any = schemas.schema("policy")["$defs"]
    properties = definitions["ChangeRecord"]["properties"]

    assert properties["sections"]["description"] == "which must be there"
    assert properties["min_characters"]["description"] == "visible ones that each must have"
    assert properties["min_characters"]["default"] == 20
