"""Our results as policy-bot shows them: its tree, its statuses, and lines to read."""

from dataclasses import replace

import pytest

from tests.builders import SAMPLE
from warden_policies.evaluate import answer
from warden_policies.language.policy_bot import policy_from_data
from warden_policies.language.policy_bot.describe import rows
from warden_policies.language.policy_bot.view import commit_status, tree
from warden_policies.model import Person
from warden_policies.outcome import Dismissed, Outcome, Result
from warden_policies.policy import Combine, Group

RULE = Group(Combine.POLICY_BOT_RULE, "r", (Group(Combine.POLICY_BOT_IF, "if", ()),))


def test_the_tree_of_a_rule_is_who_approved_and_whose_approval_was_dismissed() -> None:
    inner = Result("if", Outcome.PASS, "")
    result = Result(
        "r",
        Outcome.PENDING,
        "",
        children=(inner,),
        approvers=(Person(2, "dina"), Person(3, "bob")),
        dismissed=(Dismissed("eve", "Comment was edited"),),
    )
    assert tree(RULE, result) == {
        "name": "r",
        "status": "pending",
        "approvers": ["bob", "dina"],
        "dismissed": {"eve": "Comment was edited"},
    }


def test_a_rule_that_is_called_like_a_list_is_a_rule() -> None:
    data = {"policy": {"approval": ["and", {"and": ["or"]}]},
            "approval_rules": [{"name": "and"}, {"name": "or"}]}  # fmt: skip
    root = policy_from_data(data, "p").root
    approved = {"name": "or", "status": "approved"}

    assert tree(root, answer(root, SAMPLE))["children"] == [
        {
            "name": "approval",
            "status": "approved",
            "children": [
                {"name": "and", "status": "approved"},
                {"name": "and", "status": "approved", "children": [approved]},
            ],
        },
        {"name": "disapproval", "status": "skipped"},
    ]


@pytest.mark.parametrize(
    ("outcome", "error", "status", "state"),
    [
        (Outcome.PASS, "", "approved", "success"),
        (Outcome.PASS, "too many", "approved", "error"),
        (Outcome.PENDING, "", "pending", "pending"),
        (Outcome.FAIL, "", "disapproved", "failure"),
        (Outcome.NOT_APPLICABLE, "", "skipped", "error"),
        (Outcome.ERROR, "too many", "skipped", "error"),
    ],
)
def test_what_policy_bot_calls_it_and_what_it_posts(
    outcome: Outcome, error: str, status: str, state: str
) -> None:
    result = Result("r", outcome, "why", error=error)

    assert tree(RULE, result)["status"] == status
    assert commit_status(result).state == state
    assert commit_status(result).description == "why"


def test_lines_show_lists_inside_lists_and_nothing_invisible() -> None:
    data = {
        "policy": {"approval": [{"or": ["a\u202e", "files"]}]},
        "approval_rules": [
            {"name": "a\u202e", "requires": {"conditions": {"title": {"matches": ["x"]}}}},
            {"name": "files", "if": {"changed_files": {"paths": ["x"]}}},
        ],
    }
    root = policy_from_data(data, "p").root

    assert list(rows(root, answer(root, replace(SAMPLE, files=None)))) == [
        "  pending      approval: 0/1 rules approved",
        "  pending        or: None of the rules are satisfied",
        "  pending          a\ufffd: 0/1 required conditions",
        "  error            files: failed to evaluate predicate: failed to list changed files: "
        "this snapshot does not hold the files",
        "  skipped      disapproval: No disapproval policy is specified",
        "",
        "  policy-bot would post: pending, 0/1 rules approved",
    ]
