"""Our own rules: each tells its bad examples from its good ones, says what to do, and is cheap."""

import importlib.util
import json
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from tests.hooks.patterns.code import core
from warden_hooks.patterns import head, languages, our_files, pack
from warden_hooks.patterns.engine import PatternEngine, Subject
from warden_hooks.patterns.our_files import Example
from warden_hooks.patterns.pack import Rule
from warden_hooks.patterns.rule_files import Compiled
from warden_policies.rules import PatternRule, secret_rules

pytestmark = pytest.mark.timeout(400)
SCRIPT = Path(__file__).parents[3] / "policies" / "compile_patterns.py"
PLANNED = 116
"""Rows of the plan of the pack."""
CATEGORIES = re.compile(r"A(0[1-9]|10):2025 [A-Z][A-Za-z, -]+")
FEWEST_EXAMPLES = 3


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_patterns", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def written() -> dict[str, Compiled]:
    return {rule.about.id: rule for rule in our_files.rules()}


@cache
def packed() -> dict[str, Rule]:
    return {rule.id: rule for rule in pack.ours()[1]}


@cache
def tried() -> dict[Example, set[str]]:
    """What each rule of the family finds in each example: one call of the engine for all."""
    cases = [case for rule in written().values() for case in our_files.examples(rule)]
    found: dict[Example, set[str]] = script().tried(core(), [*written().values()], cases)
    return found


NAMES = sorted(file.stem for file in our_files.FOLDER.glob("*.yml"))
every_rule = pytest.mark.parametrize("name", NAMES)


def test_the_pack_is_made_from_the_files_as_they_are() -> None:
    assert script().main(["--check"]) == 0


def test_there_are_as_many_rules_as_planned() -> None:
    assert len(NAMES) >= PLANNED


def test_the_head_says_what_the_pack_holds() -> None:
    found, rules = pack.ours()
    assert found.languages == pack.rules_for(rules)
    assert head.of_ours().digest == found.digest


@pytest.mark.xdist_group("examples")
@every_rule
def test_a_rule_finds_its_bad_examples_and_not_its_good_ones(name: str) -> None:
    mine = {case: found for case, found in tried().items() if case.rule == name}
    wrong = [str(case) for case, found in mine.items() if (name in found) is not case.is_bad]
    assert not wrong
    for kind in our_files.KINDS:
        assert len(written()[name].examples[kind]) >= FEWEST_EXAMPLES


@every_rule
def test_something_rules_a_rule_out(name: str) -> None:
    assert packed()[name].is_selective


@pytest.mark.xdist_group("examples")
def test_what_is_left_out_loses_no_finding() -> None:
    """Whole rules on every example, against those that may match with those parts that may."""
    subjects = [
        Subject(case.path, "", case.text.encode())
        for case in tried()
        if languages.by_name(case.path) == case.language
    ]
    cases = [case for case in tried() if languages.by_name(case.path) == case.language]
    looked = PatternEngine(pack.ours()[1], core, None).look(subjects)
    wrong = {
        str(case): {hit.rule for hit in found.hits} ^ tried()[case]
        for case, found in zip(cases, looked, strict=True)
    }
    assert {case: rules for case, rules in wrong.items() if rules} == {}
    assert len(cases) > 1_000


def test_the_pack_puts_every_rule_together_again() -> None:
    for name, rule in packed().items():
        assert json.loads(rule.whole) == written()[name].rule


@every_rule
def test_a_rule_says_what_it_is_and_what_to_do(name: str) -> None:
    about: PatternRule = packed()[name].about
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name)
    assert 10 <= len(about.title) < 60
    assert not about.title.endswith(".")
    assert about.message.count(".") >= 2, "what can happen, and what to do instead"
    assert about.message.endswith(".")
    assert not re.search(r"\$[A-Z]", about.message), "a metavariable of the engine"
    assert about.cwe
    assert all(CATEGORIES.fullmatch(category) for category in about.owasp)
    assert about.owasp
    assert all(reference.startswith("https://") for reference in about.references)
    assert about.references
    assert about.fix


def test_no_rule_is_called_as_a_rule_for_secrets() -> None:
    assert not {*NAMES} & {*secret_rules()}


def test_every_shared_list_is_used() -> None:
    texts = [file.read_text() for file in our_files.FOLDER.rglob("*.yml")]
    names = {file.stem for file in (our_files.FOLDER / "shared").glob("*.yml")}
    used = {name for text in texts for name in re.findall(r"shared: ([a-z0-9-]+)", text)}
    assert used == names
