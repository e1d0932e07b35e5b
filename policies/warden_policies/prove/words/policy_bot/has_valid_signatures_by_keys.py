"""`has_valid_signatures_by_keys`: every commit is validly signed with one of the keys."""

from collections.abc import Iterator

from warden_policies.predicates.policy_bot.has_valid_signatures_by_keys import NAME, Keys
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import Formula, both, every, implies, some
from warden_policies.prove.part import Need
from warden_policies.prove.parts.signing import Key, KeyNeed, SigningNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: Keys) -> Iterator[Need]:
    yield SigningNeed()
    yield from map(KeyNeed, arguments.key_ids)


@word(NAME, needs=_needs)
def has_valid_signatures_by_keys(arguments: Keys, sketch: Sketch) -> Answer:
    """All are."""
    commits, signing = sketch.commits, sketch.commits.signing

    def good(key: Key) -> Formula:
        known = some(signing.has_key(key, key_id) for key_id in arguments.key_ids)
        return both(signing.valid(key), known)

    return met_or_failed(every(implies(commits.exists(key), good(key)) for key in signing.keys))
