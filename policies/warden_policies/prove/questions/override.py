"""P7: can an override be satisfied by anything weaker than the form that it states?"""

from collections.abc import Iterator

from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy_bot.methods import THUMBS_UP, Methods
from warden_policies.predicates.policy_bot.approvals import Approvals
from warden_policies.prove.bot_methods import comment_patterns
from warden_policies.prove.case import Ask, Case, Claim, Questions, counts_anybody
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import (
    both,
    no,
    some,
)
from warden_policies.prove.parts.talk import Said
from warden_policies.prove.question import question
from warden_policies.prove.rules import (
    Rule,
)
from warden_policies.prove.texts.patterns import (
    PartPattern,
    Pattern,
    regexes,
)
from warden_policies.text import quoted


@question("P7")
def override(case: Case) -> Questions:
    """For each rule that states a form of words: whether other words, or none, are enough."""
    for rule in case.rules:
        for asked in rule.questions:
            if isinstance(asked.arguments, Approvals):
                yield from _asks(case, rule, asked.arguments.methods)


def _asks(case: Case, rule: Rule, methods: Methods) -> Iterator[Ask]:
    stated = _stated(methods)
    if any(stated) and _others(methods):
        yield _without_the_words(case, rule, stated)
    for token in methods.comments:
        if token not in THUMBS_UP:
            yield _mentioned(case, rule, token)


_Stated = tuple[list[Pattern], list[Pattern], list[Pattern]]
"""What comments, reviews and the description must match."""


def _stated(methods: Methods) -> _Stated:
    own = [text for text in methods.comments if text not in THUMBS_UP]
    comments = comment_patterns(Methods(tuple(own), methods.comment_patterns))
    reviews = regexes(methods.github_review_comment_patterns)
    return comments, reviews, regexes(methods.body_patterns)


def _others(methods: Methods) -> bool:
    """Whether a thumbs-up, or a review without words, does it too."""
    plain_review = methods.github_review and not methods.github_review_comment_patterns
    return plain_review or bool(set(methods.comments) & set(THUMBS_UP))


def _without_the_words(case: Case, rule: Rule, stated: _Stated) -> Ask:
    sketch = case.sketch
    comments, reviews, bodies = stated
    formula = both(
        case.answer(rule.place).passes,
        no(sketch.talk.describes(bodies)),
        *(no(sketch.reviews.writes(who, reviews)) for who in sketch.cast.everybody),
        *(
            no(sketch.talk.comments_like(who, comments, how=how))
            for who in sketch.cast.everybody
            for how in Said
            if how is not Said.NOT
        ),
    )

    def shows(change: Change) -> bool:
        said = [(one.body, comments) for one in change.comments or ()]
        said += [(one.body, [*comments, *reviews]) for one in change.reviews]
        said.append((change.body, bodies))
        if any(pattern.matches(text) for text, patterns in said for pattern in patterns):
            return False
        found = answer(rule.group, change)
        return found.outcome is Outcome.PASS and counts_anybody(found)

    claim = Claim(
        "P7",
        Severity.ERROR,
        "it states a form of words, and is satisfied without them: the default ways to approve"
        " stay on beside it",
        "set 'comments: []' and 'github_review: false' in its 'methods'",
        rule.name,
    )
    return Ask(claim, formula, shows)


def _mentioned(case: Case, rule: Rule, token: str) -> Ask:
    """A comment in which the token is only a part of other words."""

    def shows(change: Change) -> bool:
        comments = [one.body for one in change.comments or ()]
        bodies = [one.body for one in change.reviews]
        mentions = [text for text in (*comments, *bodies) if token in text]
        if not mentions or any(text.strip() == token for text in mentions):
            return False
        found = answer(rule.group, change)
        return found.outcome is Outcome.PASS and counts_anybody(found)

    claim = Claim(
        "P7",
        Severity.WARNING,
        f"a comment that merely mentions {quoted(token)} satisfies it",
        "use 'comment_patterns' with '^' and '$' around the words, and 'comments: []'",
        rule.name,
    )
    talk, everybody = case.sketch.talk, case.sketch.cast.everybody
    mentioned = some(
        talk.comments_like(who, [PartPattern(token)], how=how)
        for who in everybody
        for how in Said
        if how is not Said.NOT
    )
    return Ask(claim, both(case.answer(rule.place).passes, mentioned), shows)
