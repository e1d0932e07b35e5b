"""`requires: {count: ...}` of a rule: whose words count, when they were said, and by whom."""

from collections.abc import Iterator

from warden_policies.outcome import Outcome
from warden_policies.predicates.policy_bot.approvals import NAME, Approvals
from warden_policies.prove.answer import Answer, Duty
from warden_policies.prove.bot_actors import (
    actor_set_needs,
    ignoring_needs,
    is_actor,
    is_user_of_considered,
    pushed_late,
)
from warden_policies.prove.bot_methods import Spoken, method_needs
from warden_policies.prove.formula import FALSE, TRUE, Formula, at_least, both, either, implies, no
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.moments import TimeNeed
from warden_policies.prove.parts.reviews import Opinion
from warden_policies.prove.parts.signing import PushNeed, WebNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Approvals) -> Iterator[Need]:
    yield Counted(arguments, arguments.count)
    yield TimeNeed()
    yield WebNeed()
    if arguments.invalidate_on_push:
        yield PushNeed()
    yield from method_needs(arguments.methods)
    yield from actor_set_needs(arguments.actors)
    yield from ignoring_needs(arguments.ignoring)


@word(NAME, needs=_needs)
def approvals(arguments: Approvals, sketch: Sketch) -> Answer:
    """Enough of the actors approved, who are not kept from it."""
    able = tuple(_counts(arguments, who, sketch) for who in sketch.cast.everybody)
    enough = at_least(arguments.count, able)
    return Answer(
        {Outcome.PASS: enough, Outcome.PENDING: no(enough)},
        (Duty(enough, arguments.count, able),),
    )


def _counts(arguments: Approvals, who: int, sketch: Sketch) -> Formula:
    return both(
        _stands(arguments, who, sketch),
        no(_banned(arguments, who, sketch)),
        is_actor(arguments.actors, who, sketch),
    )


def _stands(arguments: Approvals, who: int, sketch: Sketch) -> Formula:
    """The account approved; and its last approval was not edited or pushed over, if that counts.

    Of what is said at the same time, what was edited is the last.
    """
    spoken = Spoken(arguments.methods, Opinion.APPROVED, sketch)
    late, late_edited = (spoken.at(who, late=True, edited=edited) for edited in (False, True))
    early, early_edited = (spoken.at(who, late=False, edited=edited) for edited in (False, True))
    was_edited = either(late_edited, both(no(late), early_edited))
    hidden = was_edited if arguments.ignore_edited_comments else FALSE
    in_time = either(late, late_edited)
    if arguments.invalidate_on_push:
        fresh = implies(pushed_late(arguments.ignoring, sketch), in_time)
    else:
        fresh = TRUE
    return both(either(in_time, early, early_edited), no(hidden), fresh)


def _banned(arguments: Approvals, who: int, sketch: Sketch) -> Formula:
    if who == 0:
        return FALSE if arguments.allow_author or arguments.allow_contributor else TRUE
    if arguments.allow_contributor or arguments.allow_non_author_contributor:
        return FALSE
    return is_user_of_considered(who, arguments.ignoring, sketch)
