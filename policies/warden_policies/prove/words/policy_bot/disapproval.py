"""`policy: disapproval:`: whether the last disapproval was taken back."""

from collections.abc import Iterator

from warden_policies.policy_bot.methods import Methods
from warden_policies.predicates.policy_bot.disapproval import NAME, Disapproval
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.bot_actors import actor_set_needs, is_actor
from warden_policies.prove.bot_methods import Spoken, comment_patterns, method_needs
from warden_policies.prove.formula import Formula, both, either, no, some
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.moments import OrderNeed
from warden_policies.prove.parts.reviews import Opinion
from warden_policies.prove.parts.signing import WebNeed
from warden_policies.prove.parts.talk import AgainstNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, regexes
from warden_policies.prove.word import word


def _needs(arguments: Disapproval) -> Iterator[Need]:
    """One who disapproves, and one who takes it back."""
    against, back = arguments.disapprove, arguments.revoke
    yield Counted(arguments, 2, object=True)
    yield WebNeed()
    yield OrderNeed(arguments)
    yield from method_needs(against)
    yield from method_needs(back)
    yield from actor_set_needs(arguments.actors)
    yield AgainstNeed(
        Attribute.COMMENT, tuple(comment_patterns(against)), tuple(comment_patterns(back))
    )
    yield AgainstNeed(
        Attribute.BODY, tuple(regexes(against.body_patterns)), tuple(regexes(back.body_patterns))
    )


@word(NAME, needs=_needs)
def disapproval(arguments: Disapproval, sketch: Sketch) -> Answer:
    """Nobody disapproves; or somebody took it back, no earlier than the last one disapproved."""
    against, back, only_against = _ways(arguments, sketch)

    def by_actor(spoken: Spoken, *, late: bool) -> Formula:
        return some(
            both(is_actor(arguments.actors, who, sketch), spoken.any_at(who, late=late))
            for who in sketch.cast.everybody
        )

    def taken_back(*, late: bool) -> Formula:
        last = sketch.moments.against_last(arguments)
        return both(by_actor(back, late=late), no(both(last, by_actor(only_against, late=late))))

    late_against = by_actor(against, late=True)
    stands = either(
        both(late_against, no(taken_back(late=True))),
        both(
            no(late_against),
            by_actor(against, late=False),
            no(by_actor(back, late=True)),
            no(taken_back(late=False)),
        ),
    )
    return met_or_failed(no(stands))


def _ways(arguments: Disapproval, sketch: Sketch) -> tuple[Spoken, Spoken, Spoken]:
    """To disapprove, to take it back, and to disapprove without taking it back at once."""
    no_more: Methods = arguments.revoke
    return (
        Spoken(arguments.disapprove, Opinion.OBJECTED, sketch),
        Spoken(no_more, Opinion.APPROVED, sketch),
        Spoken(arguments.disapprove, Opinion.OBJECTED, sketch, unless=no_more),
    )
