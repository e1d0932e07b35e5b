"""`signed_commits`: how every commit is signed, and with whose key."""

from collections.abc import Iterator

from warden_policies.predicates.signed_commits import SignedCommits
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import Formula, both, every, implies, no, some
from warden_policies.prove.part import Counted, Need
from warden_policies.prove.parts.identities import actor_needs
from warden_policies.prove.parts.signing import Key, SigningNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(arguments: SignedCommits) -> Iterator[Need]:
    yield SigningNeed()
    if arguments.signers is not None:
        yield Counted(arguments.signers, 1)
        yield from actor_needs(arguments.signers)


@word("signed_commits", needs=_needs)
def signed_commits(arguments: SignedCommits, sketch: Sketch) -> Answer:
    """Every commit is validly signed, by whom is asked."""
    signing = sketch.commits.signing
    own = arguments.signer_is_author or arguments.signers is not None

    def by_the_right_one(key: Key) -> Formula:
        return some(
            both(signing.signed_by(key, who), *_right(arguments, key, who, sketch))
            for who in sketch.cast.everybody
        )

    def good(key: Key) -> Formula:
        if not own:
            return signing.valid(key)
        return both(signing.valid(key), no(sketch.commits.on_web(key)), by_the_right_one(key))

    return met_or_failed(
        every(implies(sketch.commits.exists(key), good(key)) for key in signing.keys)
    )


def _right(arguments: SignedCommits, key: Key, who: int, sketch: Sketch) -> Iterator[Formula]:
    if arguments.signer_is_author:
        yield sketch.commits.written_by(key, who)
    if arguments.signers is not None:
        yield sketch.cast.is_one_of(who, arguments.signers)
