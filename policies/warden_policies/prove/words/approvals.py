"""`approvals`: who approved what, who may, and who objects."""

from collections.abc import Iterator

from warden_policies.actors import Actors
from warden_policies.opinions import DEFAULT_LIFTERS
from warden_policies.outcome import Outcome
from warden_policies.predicates.approvals import Approvals, Unattributed
from warden_policies.prove.answer import Answer, Duty
from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    at_least,
    both,
    either,
    no,
    some,
)
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.identities import AccountNeed, actor_needs
from warden_policies.prove.parts.reviews import AgeNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.voting import OneRule
from warden_policies.prove.word import word


def _needs(arguments: Approvals) -> Iterator[Need]:
    """As many people as must approve; one who objects, and one who dismisses the objection."""
    rules = arguments.rules
    lenient = arguments.unattributed is Unattributed.ONE_MORE
    yield Counted(arguments, arguments.count + (1 if lenient else 0))
    whose = (arguments.lifters, rules.allow_opener, rules.allow_other_contributors)
    yield Counted(whose, 2, object=True)
    yield from actor_needs(rules.actors)
    yield from actor_needs(_lifters(arguments))
    yield from map(AccountNeed, rules.bots)
    if rules.expire_after_days is not None:
        yield AgeNeed(rules.expire_after_days)


def _lifters(arguments: Approvals) -> Actors:
    return DEFAULT_LIFTERS if arguments.lifters.empty else arguments.lifters


@word("approvals", needs=_needs)
def approvals(arguments: Approvals, sketch: Sketch) -> Answer:
    """See `predicates.approvals`: blocked, or enough people, or waiting for more."""
    one = OneRule(arguments.rules, sketch)
    able = tuple(map(one.counts, sketch.cast.everybody))
    unknown = sketch.commits.has_unknown
    lenient = arguments.unattributed is Unattributed.ONE_MORE
    blocked = either(
        FALSE if lenient else unknown,
        sketch.reviews.ghost_objects,
        some(one.objects(who, _lifters(arguments)) for who in sketch.cast.objectors),
    )
    usual = both(no(blocked), no(unknown) if lenient else TRUE, at_least(arguments.count, able))
    strict = both(no(blocked), unknown, at_least(arguments.count + 1, able)) if lenient else FALSE
    good = either(usual, strict)
    return Answer(
        {Outcome.PASS: good, Outcome.FAIL: blocked, Outcome.PENDING: no(either(good, blocked))},
        (Duty(usual, arguments.count, able), Duty(strict, arguments.count + 1, able)),
    )
