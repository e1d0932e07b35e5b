"""`author_is_only_contributor`: whether every commit is the opener's."""

from warden_policies.predicates.policy_bot.author_is_only_contributor import NAME
from warden_policies.prove.answer import Answer, met_or_failed
from warden_policies.prove.formula import TRUE, Formula, both, every, implies, no
from warden_policies.prove.parts.signing import Key, WebNeed
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.word import word


def _needs(_arguments: bool) -> tuple[WebNeed]:  # noqa: FBT001 - it is the whole argument
    return (WebNeed(),)


@word(NAME, needs=_needs)
def author_is_only_contributor(arguments: bool, sketch: Sketch) -> Answer:  # noqa: FBT001
    """The opener wrote every commit, and committed it too or did so on github.com."""
    commits = sketch.commits

    def own(key: Key) -> Formula:
        committed = TRUE if key == 0 else commits.on_web(key)
        return both(commits.written_by(key, 0), committed)

    good = every(implies(commits.exists(key), own(key)) for key in commits.signing.keys)
    return met_or_failed(good if arguments else no(good))
