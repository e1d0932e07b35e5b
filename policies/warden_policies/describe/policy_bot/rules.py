"""One rule of policy-bot's: when it applies, what it needs, and whose approval counts for it."""

from collections.abc import Iterator

from warden_policies.describe.sentences import asked, bullet, clause, parts, wrapped
from warden_policies.policy import Group, Node, Question
from warden_policies.policy_bot.answers import every_of
from warden_policies.policy_bot.methods import THUMBS_UP, ApprovalMethods, Methods
from warden_policies.predicates.policy_bot.approvals import Approvals
from warden_policies.text import plain


def rule_lines(rule: Group) -> Iterator[str]:
    """A heading and what is below it."""
    yield plain(rule.name)
    yield from _occasion(parts(rule.members[0]))
    needed = rule.members[1:]
    if not needed:
        yield from wrapped("It needs nothing: it approves by itself.", "  ")
        return
    approvals = approvals_of(rule)
    yield from wrapped("It needs:" if approvals else "It needs no approval, but:", "  ")
    for each in (part for node in needed for part in parts(node)):
        yield from bullet(_need(each), "    ")
    if approvals:
        yield from wrapped("An approval is:", "  ")
        yield from ways(approvals.methods, "approves", "    ")
        yield from wrapped("Whose approval counts, and how long:", "  ")
        yield from (line for words in _options(approvals) for line in bullet(words, "    "))


def approvals_of(rule: Group) -> Approvals | None:
    """What a rule asks of people; None if it asks nothing of them."""
    found = (node.arguments for node in rule.members if isinstance(node, Question))
    return next((each for each in found if isinstance(each, Approvals)), None)


def _occasion(conditions: tuple[Node, ...]) -> Iterator[str]:
    if not conditions:
        yield from wrapped("Applies to every change.", "  ")
    elif len(conditions) == 1:
        yield from wrapped(f"Applies when {clause(conditions[0])}; otherwise it is skipped.", "  ")
    else:
        yield from wrapped("Applies when all of this is so; otherwise it is skipped:", "  ")
        yield from (line for each in conditions for line in bullet(clause(each), "    "))


def _need(node: Node) -> str:
    """A need in words; an approval that nobody may give is a trap of its own."""
    words = clause(node)
    if isinstance(node, Question) and isinstance(node.arguments, Approvals):
        words = asked(node)
        if node.arguments.actors.empty:
            return f"{words}: the rule names no people, so it waits for ever"
    return words


def ways(methods: Methods, verb: str, indent: str) -> Iterator[str]:
    """An item for each way to say it; `verb` is what a review has to do."""
    none = ["nothing: no way to do so is named"]
    yield from (line for way in [*_ways(methods, verb)] or none for line in bullet(way, indent))


def comments_by_default(methods: Methods) -> bool:
    """Whether comments approve that a rule need not even mention, whatever else it says."""
    return isinstance(methods, ApprovalMethods) and methods.comments == THUMBS_UP


def _ways(methods: Methods, verb: str) -> Iterator[str]:
    if methods.github_review_comment_patterns:
        yield f"a review that {verb} and matches {every_of(methods.github_review_comment_patterns)}"
    elif methods.github_review:
        yield f"a review that {verb}"
    if methods.comments:
        usual = " (the default)" if comments_by_default(methods) else ""
        yield f"a comment with {every_of(methods.comments)} anywhere in it{usual}"
    if methods.comment_patterns:
        yield f"a comment that matches {every_of(methods.comment_patterns)}"
    if methods.body_patterns:
        patterns = every_of(methods.body_patterns)
        yield f"a description of the pull request that matches {patterns}, as its opener's word"


def _options(rule: Approvals) -> Iterator[str]:
    yield _own_work(rule)
    if rule.invalidate_on_push:
        yield (
            "A push ends the approvals that came before it. Its time is that of the first status"
            " on the newest commit."
        )
    else:
        yield "Approvals survive new commits: 'invalidate_on_push' is off."
    if rule.ignore_edited_comments:
        yield "What was edited does not count, nor does what the same person said before it."
    else:
        yield "What was edited later counts as it reads now: 'ignore_edited_comments' is off."
    unseen = "they end no approval, and who made them may approve"
    if rule.ignoring.update_merges:
        yield f"Merges of another branch that were made on github.com are not looked at: {unseen}."
    if not rule.ignoring.commits_by.empty:
        people = rule.ignoring.commits_by.choice()
        yield f"Commits by nobody but {people} are not looked at: {unseen}."


def _own_work(rule: Approvals) -> str:
    """Who may approve what they opened or made: three options, one of which allows two things."""
    if rule.allow_contributor:
        return (
            "Authors, committers and whoever opened it may approve: 'allow_contributor' lets the"
            " opener, too, whatever 'allow_author' says."
        )
    if rule.allow_author and rule.allow_non_author_contributor:
        return "Authors, committers and whoever opened it may approve."
    if rule.allow_author:
        return "Whoever opened it may approve; other authors and committers may not."
    if rule.allow_non_author_contributor:
        return "Authors and committers may approve, though not whoever opened it."
    return "Whoever opened it, and the authors and committers of its commits, may not approve."
