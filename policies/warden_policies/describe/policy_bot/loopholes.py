"""What a policy of policy-bot's lets pass that a reader might not expect, as far as it applies.

docs/reference/policy-bot.md sets each case beside what the native language does.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from warden_policies.describe.policy_bot.rules import approvals_of, comments_by_default
from warden_policies.policy import Combine, Group, Node, Policy, Question, questions
from warden_policies.policy_bot.methods import Methods
from warden_policies.predicates.policy_bot.approvals import Approvals
from warden_policies.predicates.policy_bot.disapproval import Disapproval
from warden_policies.predicates.policy_bot.repository import RepositoryName
from warden_policies.predicates.policy_bot.title import TitleText
from warden_policies.text import listed, plain

_STATUS: Final = "A status counts by its name, whoever reported it"
_QUESTIONS: Final[Mapping[str, str]] = {
    "policy-bot has_status": _STATUS,
    "policy-bot has_successful_status": _STATUS,
    "policy-bot has_workflow_result": (
        "The result of a workflow counts even if the change edits that workflow"
    ),
    "policy-bot has_labels": "A label counts, whoever put it there",
    "policy-bot has_valid_signatures_by": "A commit may be signed by another than its author",
    "policy-bot only_has_contributors_in": (
        "Commits of people whom GitHub does not know, and co-authors, are not looked at"
    ),
}
"""What a question does not ask, whatever its arguments."""
_OPENER: Final = frozenset({"policy-bot has_author_in", "policy-bot has_contributor_in"})
_EVERYBODY: Final = frozenset(
    {"policy-bot only_has_contributors_in", "policy-bot author_is_only_contributor"}
)


def loopholes(policy: Policy) -> Iterator[str]:
    """Whole sentences without the full stop.

    What a rule lets pass names the rule, unless it is so in all that need approvals.
    """
    rules = policy.requirements
    if not rules:
        yield "Every change, since nobody has to approve anything"
    approved = [rule.name for rule in rules if _is_approvable(approvals_of(rule))]
    for sentence, names in _by_sentence(rules).items():
        yield sentence if names == approved else f"{sentence} (in {listed(map(plain, names), 50)})"
    yield from _together(policy, rules)
    said = (_QUESTIONS.get(each.predicate) for each in questions(policy.root))
    yield from dict.fromkeys(sentence for sentence in said if sentence)
    yield from dict.fromkeys(_two_lists(policy.root))
    yield from _of_disapproval(policy)


def _by_sentence(rules: tuple[Group, ...]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for rule in rules:
        approvals = approvals_of(rule)
        sentences = _unasked(rule) if approvals is None else _of_approvals(approvals)
        for sentence in sentences:
            said.setdefault(sentence, []).append(rule.name)
    return said


def _unasked(rule: Group) -> Iterator[str]:
    """A rule that needs nobody, chosen by one person's part in the change."""
    asked = tuple(questions(rule))
    everybody = any(each.predicate in _EVERYBODY and each.arguments is not False for each in asked)
    if not everybody and any(each.predicate in _OPENER for each in asked):
        yield "Nobody has to approve what others commit to such a pull request"


def _is_approvable(rule: Approvals | None) -> bool:
    """Whether there is anybody whose approval a rule takes."""
    return rule is not None and not rule.actors.empty


def _of_approvals(rule: Approvals) -> Iterator[str]:
    if not _is_approvable(rule):
        return
    yield from _of_methods(rule, rule.methods)
    if rule.invalidate_on_push:
        yield (
            "A commit that was pushed and reported on before the approval ends none, though it"
            " came into the pull request later"
        )
    else:
        yield "Whatever is pushed after an approval counts as approved"
    if not (rule.allow_contributor or rule.allow_non_author_contributor):
        yield (
            "Co-authors, people whom GitHub does not know, and those whose commits were merged in"
            " from a side branch may approve their own work"
        )
    if rule.ignoring.update_merges:
        yield "A merge on github.com may change more than it merges: it is not looked at"
    yield "A robot's approval counts like a person's"


def _of_methods(rule: Approvals, methods: Methods) -> Iterator[str]:
    reviews = methods.github_review or methods.github_review_comment_patterns
    if reviews:
        yield (
            "Who approves and then requests changes has still approved, and who is dismissed has if"
            " they approved earlier, too"
        )
    if methods.comments:
        words = plain(methods.comments[0])
        yield f'A comment such as "not {words} yet" approves: it is enough that it has the words'
    if comments_by_default(methods) and _other_ways(methods):
        yield (
            "The ways that the rule names are not the only ones: what it does not mention of"
            " 'comments' and 'github_review' approves, too"
        )
    if (methods.comments or methods.comment_patterns) and not rule.ignore_edited_comments:
        yield "Who may edit other people's comments can make them approve"
    if methods.body_patterns and (rule.allow_author or rule.allow_contributor):
        yield "Who opens the pull request approves it by its description"


def _other_ways(methods: Methods) -> bool:
    """Whether a rule that left comments as they are says something else of its own."""
    return bool(
        methods.comment_patterns
        or methods.github_review_comment_patterns
        or methods.body_patterns
        or not methods.github_review
    )


def _together(policy: Policy, rules: tuple[Group, ...]) -> Iterator[str]:
    """What comes of several rules beside each other."""
    if sum(_is_approvable(approvals_of(rule)) for rule in rules) > 1:
        yield "One person's approval serves every rule in which they are named"
    if _has_alternatives(policy.root):
        yield "An error in one of several alternatives is forgotten when another is approved"


def _has_alternatives(node: Node) -> bool:
    if isinstance(node, Question):
        return False
    several = node.combine is Combine.POLICY_BOT_OR and len(node.members) > 1
    return several or any(map(_has_alternatives, node.members))


def _two_lists(root: Group) -> Iterator[str]:
    for question in questions(root):
        lists = question.arguments
        if isinstance(lists, TitleText | RepositoryName) and lists.matches and lists.not_matches:
            what = "title" if isinstance(lists, TitleText) else "repository"
            yield f"A {what} that 'not_matches' names fits by 'matches': one of the two is enough"


def _of_disapproval(policy: Policy) -> Iterator[str]:
    asked = (question.arguments for question in questions(policy.root))
    found = next((each for each in asked if isinstance(each, Disapproval)), None)
    if found is None:
        yield "A request for changes stops nothing"
        return
    yield (
        "Who may disapprove may take back anybody's disapproval, also of what they opened or made"
    )
    if not (found.disapprove.github_review or found.disapprove.github_review_comment_patterns):
        yield "A review that requests changes does not disapprove: 'disapprove' does not say so"
