"""Every predicate is documented by examples, and every example is true."""

from typing import Any

import pytest

from warden_policies.codec import read
from warden_policies.evaluate import evaluate
from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Combine, Group, Policy, Question
from warden_policies.predicate import Example, Predicate, predicate
from warden_policies.predicates import PREDICATES
from warden_policies.problem import Problems

EXAMPLES = [
    pytest.param(predicate, example, id=f"{predicate.name}: {example.title}")
    for predicate in PREDICATES.values()
    for example in predicate.examples
]


@pytest.mark.parametrize(("predicate", "example"), EXAMPLES)
def test_every_example_of_every_predicate(predicate: Predicate, example: Example[Any]) -> None:
    result = predicate.check(example.arguments, example.change)

    assert (result.outcome, result.reason) == (example.outcome, example.reason)
    assert result.name == predicate.name


@pytest.mark.parametrize(("predicate", "example"), EXAMPLES)
def test_an_example_that_does_not_pass_says_who_does_what(
    predicate: Predicate, example: Example[Any]
) -> None:
    result = predicate.check(example.arguments, example.change)

    assert bool(result.actions) == (result.outcome is not Outcome.PASS)


@pytest.mark.parametrize("name", PREDICATES)
def test_a_predicate_shows_a_pass_and_a_refusal(name: str) -> None:
    outcomes = {example.outcome for example in PREDICATES[name].examples}

    assert Outcome.PASS in outcomes
    assert outcomes & {Outcome.FAIL, Outcome.PENDING}


@pytest.mark.parametrize("name", PREDICATES)
def test_the_grammar_of_a_predicate_is_one_the_decoder_knows(name: str) -> None:
    read(PREDICATES[name].arguments, None, (), Problems())


def test_a_name_is_given_once_and_never_without_documentation_or_examples() -> None:
    examples = PREDICATES["checks"].examples

    def undocumented(arguments: object, change: Change) -> Result:
        raise NotImplementedError

    def documented(arguments: object, change: Change) -> Result:
        """Answer."""
        raise NotImplementedError

    with pytest.raises(ValueError, match="two predicates are named 'checks'"):
        predicate("checks", arguments=str, examples=examples)(documented)
    with pytest.raises(ValueError, match="needs a docstring"):
        predicate("undocumented", arguments=str, examples=examples)(undocumented)
    with pytest.raises(ValueError, match="needs examples"):
        predicate("without", arguments=str, examples=())(documented)
    assert {"undocumented", "without"}.isdisjoint(PREDICATES)


def test_a_predicate_that_raises_is_an_error_that_names_the_exception() -> None:
    example = PREDICATES["approvals"].examples[1]
    # These arguments have no `count`: the predicate cannot but raise.
    broken = Group(Combine.ALL, "Broken", (Question("approvals", None),))
    missing = Group(Combine.ALL, "Missing", (Question("nowhere", None),))

    decision = evaluate(
        Policy("p.yml", "sha256:0", Group(Combine.POLICY, "policy", (broken, missing))),
        example.change,
    )

    assert decision.verdict == "error"
    assert [child.reason for child in decision.result.children] == [
        "could not be evaluated: AttributeError",
        "could not be evaluated: KeyError",
    ]
