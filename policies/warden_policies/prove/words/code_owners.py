"""`code_owners`: whether owners approved, whoever they are."""

from collections.abc import Iterator

from warden_policies.actors import Actors
from warden_policies.eligibility import Rules
from warden_policies.opinions import DEFAULT_LIFTERS
from warden_policies.outcome import Outcome
from warden_policies.predicates.code_owners import OwnersApprove
from warden_policies.prove.answer import Answer, Duty
from warden_policies.prove.formula import at_least, both, either, implies, no, some
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.identities import actor_needs
from warden_policies.prove.parts.owners import Owned, OwnersNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.voting import OneRule
from warden_policies.prove.word import word


def _needs(arguments: OwnersApprove) -> Iterator[Need]:
    yield OwnersNeed(arguments.count)
    yield Counted(arguments, arguments.count)
    yield Counted((Actors(), False, False), 2, object=True)
    yield from actor_needs(DEFAULT_LIFTERS)


@word("code_owners", needs=_needs)
def code_owners(arguments: OwnersApprove, sketch: Sketch) -> Answer:
    """Where anybody owns a changed file: blocked, or enough owners, or waiting for more."""
    votes, owners, everybody = OneRule(Rules(), sketch), sketch.owners, sketch.cast.everybody
    counts = [votes.counts(who) for who in everybody]
    able = [both(counts[who], owners.include(who)) for who in everybody]
    rest = [both(counts[who], owners.include_for_the_rest(who)) for who in everybody]
    absent = either(owners.are(Owned.BY_NOBODY), no(sketch.files.any))
    blocked = either(
        owners.are(Owned.BY_ADDRESS),
        sketch.commits.has_unknown,
        sketch.reviews.ghost_objects,
        some(votes.objects(who, DEFAULT_LIFTERS) for who in sketch.cast.objectors),
    )
    enough = both(
        at_least(arguments.count, able),
        implies(owners.are_two_groups, at_least(arguments.count, rest)),
    )
    good = both(no(absent), no(blocked), enough)
    return Answer(
        {
            Outcome.NOT_APPLICABLE: absent,
            Outcome.FAIL: both(no(absent), blocked),
            Outcome.PASS: good,
            Outcome.PENDING: both(no(absent), no(blocked), no(enough)),
        },
        (Duty(good, arguments.count, tuple(map(either, able, rest))),),
    )
