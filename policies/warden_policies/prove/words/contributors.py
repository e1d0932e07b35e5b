"""`contributors`: what everybody is who had a hand in the change."""

from collections.abc import Iterator

from warden_policies.accounts import Account
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import both, implies, no
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.identities import actor_needs
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Account) -> Iterator[Need]:
    """One more account, which may be the one that is not so."""
    yield Counted(arguments, 1)
    yield from actor_needs(arguments)


@word("contributors", needs=_needs)
def contributors(arguments: Account, sketch: Sketch) -> Answer:
    """All are so, and all are known."""
    return met_or_failed(
        both(
            no(sketch.commits.has_unknown),
            *(
                implies(sketch.commits.contributes(who), sketch.cast.is_described(who, arguments))
                for who in sketch.cast.everybody
            ),
        )
    )
