"""`no_freeze`: whether the time of the decision lies in a freeze."""

from collections.abc import Iterator

from warden_policies.outcome import Outcome
from warden_policies.predicates.no_freeze import Freeze
from warden_policies.prove.answer import Answer
from warden_policies.prove.formula import no, some
from warden_policies.prove.parts.clock import InstantNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: tuple[Freeze, ...]) -> Iterator[InstantNeed]:
    for freeze in arguments:
        yield InstantNeed(freeze.begins)
        yield InstantNeed(freeze.ends)


@word("no_freeze", needs=_needs)
def no_freeze(arguments: tuple[Freeze, ...], sketch: Sketch) -> Answer:
    """Waiting during a freeze, met at any other time."""
    frozen = some(sketch.clock.within(freeze.begins, freeze.ends) for freeze in arguments)
    return Answer({Outcome.PENDING: frozen, Outcome.PASS: no(frozen)})
