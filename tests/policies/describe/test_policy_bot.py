"""A policy of policy-bot's in sentences: each option, each trap, and each only where it applies.

The whole of two policies stands in tests/golden/policy-policy-bot*; see test_describe.py.
"""

import subprocess
import sys
from typing import Any, TypeAlias

import pytest

from warden_policies.describe import described
from warden_policies.language.policy_bot import policy_from_data
from warden_policies.predicates import PREDICATES
from warden_policies.predicates.policy_bot.changed_files import Files
from warden_policies.predicates.policy_bot.modified_lines import Lines
from warden_policies.predicates.policy_bot.title import TitleText

ONE = {"count": 1, "users": ["bob"]}
Rule: TypeAlias = dict[str, Any]


def told(*rules: Rule, **policy: object) -> str:
    """All of the text, on one line, about rules that all have to be approved."""
    named = [{"name": f"rule {place}", **rule} for place, rule in enumerate(rules)]
    data = {"policy": {"approval": [rule["name"] for rule in named], **policy}}
    return line({**data, "approval_rules": named})


def line(data: object) -> str:
    return " ".join(described(policy_from_data(data, ".policy.yml")).split())


def rule(**options: object) -> Rule:
    return {"options": options, "requires": ONE}


def ways(**methods: object) -> Rule:
    return rule(methods=methods)


def only(**methods: object) -> Rule:
    """Without the ways that are there unless the rule says otherwise."""
    return ways(**{"comments": [], "github_review": False, **methods})


def when(**conditions: object) -> Rule:
    return {"if": conditions}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (rule(), "Whoever opened it, and the authors and committers of its commits, may not"),
        (rule(allow_author=True), "- Whoever opened it may approve; other authors and committers"),
        (rule(allow_contributor=True), "'allow_contributor' lets the opener, too, whatever"),
        (rule(allow_contributor=True, allow_author=False), "'allow_contributor' lets the opener"),
        (rule(allow_non_author_contributor=True), "though not whoever opened it."),
        (
            rule(allow_non_author_contributor=True, allow_author=True),
            "- Authors, committers and whoever opened it may approve.",
        ),
        (rule(), "- Approvals survive new commits: 'invalidate_on_push' is off."),
        (rule(invalidate_on_push=True), "- A push ends the approvals that came before it."),
        (rule(), "- What was edited later counts as it reads now:"),
        (rule(ignore_edited_comments=True), "- What was edited does not count, nor does what"),
        (rule(ignore_update_merges=True), "- Merges of another branch that were made on github"),
        (rule(ignore_commits_by={"users": ["ana"]}), "- Commits by nobody but ana are not looked"),
        ({"requires": {"count": 2}}, "- 2 approvals by nobody: the rule names no people, so it"),
        ({}, "It needs nothing: it approves by itself."),
        (
            {"requires": {"conditions": {"has_labels": ["a"]}}},
            "It needs no approval, but: - the pull request is labelled 'a'",
        ),
        ({}, "Applies to every change."),
        (
            when(title={"matches": ["a", "b", "c"]}),
            "Applies when the title matches 'a', 'b' or 'c'; otherwise it is skipped.",
        ),
        (
            when(title={"matches": ["a"]}, has_labels=["b"]),
            "Applies when all of this is so; otherwise it is skipped: - the pull request is"
            " labelled 'b' - the title matches 'a'",
        ),
    ],
)
def test_what_a_rule_says_is_told_in_words(given: Rule, says: str) -> None:
    assert says in told(given)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (ways(), ["a review that approves", "a comment with ':+1:' or '👍' anywhere in it (the"]),
        (
            ways(comment_patterns=["^ok$"]),
            [
                "a review that approves",
                "a comment with ':+1:' or '👍' anywhere in it (the default)",
                "a comment that matches '^ok$'",
            ],
        ),
        (only(comments=["LGTM"]), ["a comment with 'LGTM' anywhere in it Whose"]),
        (
            only(github_review_comment_patterns=["ok"]),
            ["a review that approves and matches 'ok' Whose"],
        ),
        (
            only(body_patterns=["ok"]),
            ["a description of the pull request that matches 'ok', as its opener's word Whose"],
        ),
        (only(), ["nothing: no way to do so is named Whose"]),
    ],
)
def test_every_way_to_approve_is_told_also_one_that_the_rule_does_not_mention(
    given: Rule, says: list[str]
) -> None:
    assert f"An approval is: - {' - '.join(says)}" in told(given)


DENIED = "A comment such as"
SURVIVES = "Whatever is pushed after an approval counts as approved"
EARLIER = "A commit that was pushed and reported on before the approval"
UNSEEN = "may approve their own work"
TAKEN_BACK = "Who approves and then requests changes has still approved"
EDITED = "Who may edit other people's comments can make them approve"
BY_BODY = "Who opens the pull request approves it by its description"
NOT_ALONE = "The ways that the rule names are not the only ones"
OTHERS = "Nobody has to approve what others commit"
ROBOTS = "A robot's approval counts"
SEVERAL = "One person's approval serves every rule"
MERGE = "A merge on github.com may change more than it merges"
STATUS = "A status counts by its name"
LABEL = "A label counts, whoever put it there"
TWO_LISTS = "that 'not_matches' names fits by 'matches'"


@pytest.mark.parametrize(
    ("trap", "with_it", "without_it"),
    [
        (DENIED, rule(), only(comment_patterns=["^ok$"])),
        (SURVIVES, rule(), rule(invalidate_on_push=True)),
        (EARLIER, rule(invalidate_on_push=True), rule()),
        (UNSEEN, rule(), rule(allow_contributor=True)),
        (UNSEEN, rule(allow_author=True), rule(allow_non_author_contributor=True)),
        (TAKEN_BACK, rule(), only(comments=["ok"])),
        (TAKEN_BACK, only(github_review_comment_patterns=["ok"]), only(comments=["ok"])),
        (EDITED, rule(), rule(ignore_edited_comments=True)),
        (EDITED, rule(), only(github_review=True)),
        (
            BY_BODY,
            rule(allow_contributor=True, methods={"body_patterns": ["ok"]}),
            rule(allow_non_author_contributor=True, methods={"body_patterns": ["ok"]}),
        ),
        (NOT_ALONE, ways(comment_patterns=["^ok"]), only(comment_patterns=["^ok"])),
        (NOT_ALONE, ways(github_review=False), rule()),
        (
            OTHERS,
            when(has_author_in={"users": ["bob"]}),
            when(has_author_in={"users": ["bob"]}, only_has_contributors_in={"users": ["bob"]}),
        ),
        (
            OTHERS,
            when(has_author_in={"users": ["bob"]}, author_is_only_contributor=False),
            when(has_author_in={"users": ["bob"]}, author_is_only_contributor=True),
        ),
        (
            OTHERS,
            when(has_contributor_in={"users": ["bob"]}),
            {**rule(), **when(has_contributor_in={"users": ["bob"]})},
        ),
        (ROBOTS, rule(), {"requires": {"count": 1}}),
        (MERGE, rule(ignore_update_merges=True), rule()),
        (STATUS, when(has_status={"statuses": ["ci"]}), when(has_labels=["ci"])),
        (STATUS, when(has_successful_status=["ci"]), when(has_labels=["ci"])),
        (LABEL, when(has_labels=["ci"]), when(has_successful_status=["ci"])),
        (
            TWO_LISTS,
            when(title={"matches": ["a"], "not_matches": ["b"]}),
            when(title={"not_matches": ["b"]}),
        ),
    ],
)
def test_a_trap_is_told_where_it_is_one_and_only_there(
    trap: str, with_it: Rule, without_it: Rule
) -> None:
    assert trap in told(with_it)
    assert trap not in told(without_it)


def test_a_trap_names_its_rules_unless_all_that_need_approvals_have_it() -> None:
    assert f"{SURVIVES}. -" in told(rule(), rule(), {})
    assert f"{SURVIVES} (in rule 1). -" in told(rule(invalidate_on_push=True), rule())


def test_one_person_for_several_rules_is_told_of_several_rules() -> None:
    assert SEVERAL in told(rule(), rule())
    assert SEVERAL not in told(rule(), {})


def test_alternatives_hide_an_error() -> None:
    rules = [{"name": "a"}, {"name": "b"}]
    both = {"policy": {"approval": ["a", "b"]}, "approval_rules": rules}
    one = {"policy": {"approval": [{"or": ["a", "b"]}]}, "approval_rules": rules}

    assert "- One of: - a - b a Applies" in line(one)
    assert "An error in one of several alternatives is forgotten" in line(one)
    assert "- All of: - a - b a Applies" in line(both)
    assert "is forgotten" not in line(both)


def test_a_rule_that_is_named_twice_is_told_once() -> None:
    data = {
        "policy": {"approval": ["a", {"or": ["a", "b"]}]},
        "approval_rules": [{"name": "a"}, {"name": "b"}],
    }
    assert line(data).count(" a Applies to every change.") == 1


def test_rules_that_nobody_asks_are_named() -> None:
    data = {
        "policy": {"approval": ["a"]},
        "approval_rules": [{"name": "a", "requires": ONE}, {"name": "a"}, {"name": "b"}],
    }
    assert (
        "Rules that are never used - a: a later rule of this name took its place - b Disapproval"
        in line(data)
    )
    assert "never used" not in told(rule())


@pytest.mark.parametrize("data", [{}, {"approval_rules": [{"name": "a", "requires": ONE}]}])
def test_a_policy_that_asks_nothing_is_said_to_approve_everything(data: object) -> None:
    assert "Approval Every change is approved: no rule is named." in line(data)
    assert "- Every change, since nobody has to approve anything." in line(data)


@pytest.mark.parametrize(
    ("given", "says", "never_says"),
    [
        ({}, "Nothing and nobody disapproves.", "takes back"),
        ({}, "- A request for changes stops nothing.", "may take back"),
        (
            {"if": {"has_labels": ["a"], "title": {"matches": ["b"]}}},
            "a change is blocked while - the pull request is labelled 'a' - or the title matches",
            "takes back",
        ),
        (
            {"requires": {"users": ["ana", "bob"]}},
            "a change needs - no disapproval by ana or bob They disapprove by: - a review that"
            " requests changes - a comment with ':-1:' or '👎' anywhere in it Any of them takes",
            "request for changes stops nothing",
        ),
        (
            {"requires": {"users": ["ana"]}},
            "- Who may disapprove may take back anybody's disapproval",
            "requests changes does not disapprove",
        ),
        (
            {
                "requires": {"users": ["ana"]},
                "options": {"methods": {"disapprove": {"comments": ["no"]}, "revoke": {}}},
            },
            "takes back the disapproval of all of them by: - nothing: no way to do so is named",
            "a review that requests changes",
        ),
        (
            {
                "requires": {"users": ["ana"]},
                "options": {"methods": {"disapprove": {"comments": ["no"]}}},
            },
            "- A review that requests changes does not disapprove: 'disapprove' does not say so.",
            "request for changes stops nothing",
        ),
    ],
)
def test_who_disapproves_and_who_takes_it_back(
    given: dict[str, object], says: str, never_says: str
) -> None:
    assert says in told(rule(), disapproval=given)
    assert never_says not in told(rule(), disapproval=given)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("changed_files", Files(), "a changed file matches any of an empty list"),
        (
            "changed_files",
            Files(("a", "b"), ("c",)),
            "a changed file matches 'a' or 'b' but not 'c'",
        ),
        ("has_labels", (), "the pull request is labelled all of an empty list"),
        ("title", TitleText(), "the title matches any of an empty list"),
        ("title", TitleText(("a",), ("b",)), "the title either matches 'a' or does not match 'b'"),
        ("title", TitleText((), ("b", "c")), "the title does not match 'b' or 'c'"),
        ("modified_lines", Lines(total="< 5"), "the change has fewer than 5 lines changed in all"),
        (
            "modified_lines",
            Lines(additions="= 1", deletions="> 2"),
            "the change has either exactly 1 line added, or more than 2 lines deleted",
        ),
        ("author_is_only_contributor", False, "some commit is not by whoever opened the pull"),
    ],
)
def test_a_predicate_says_what_it_asks(name: str, arguments: object, words: str) -> None:
    describe = PREDICATES[f"policy-bot {name}"].describe
    assert describe is not None
    assert describe(arguments).startswith(words)


def test_what_the_policy_says_cannot_begin_a_line_of_its_own() -> None:
    nasty = "a\n\x1b[31m\u202eb"
    named = {"name": nasty, **ways(comments=[nasty]), **when(has_labels=[nasty])}
    data = {"policy": {"approval": [nasty]}, "approval_rules": [named, {"name": f"{nasty}2"}]}
    text = described(policy_from_data(data, ".policy.yml"))

    assert text.replace("\n", "").isprintable()
    assert "\nb" not in text


def test_a_native_policy_is_told_without_google_re2() -> None:
    code = (
        "import sys\n"
        "from warden_policies.describe import described\n"
        "from warden_policies.language import parse_policy\n"
        "from warden_policies.language.packs import pack\n"
        "described(parse_policy(pack('soc2'), 'p.yml'))\n"
        "print('re2' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "False\n"
