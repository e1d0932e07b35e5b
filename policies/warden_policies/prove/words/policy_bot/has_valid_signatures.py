"""`has_valid_signatures`: whether every commit is validly signed."""

from warden_policies.predicates.policy_bot.has_valid_signatures import NAME
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import every, implies, no
from warden_policies.prove.parts.signing import SigningNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(_arguments: bool) -> tuple[SigningNeed]:  # noqa: FBT001 - it is the whole argument
    return (SigningNeed(),)


@word(NAME, needs=_needs)
def has_valid_signatures(arguments: bool, sketch: Sketch) -> Answer:  # noqa: FBT001 - as above
    """All are; or some is not."""
    commits, signing = sketch.commits, sketch.commits.signing
    good = every(implies(commits.exists(key), signing.valid(key)) for key in signing.keys)
    return met_or_failed(good if arguments else no(good))
