"""One policy on the prover's table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from warden_policies.evaluate import answer
from warden_policies.language.policy_change import PATHS
from warden_policies.model import Change
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import (
    Dialect,
    Policy,
)
from warden_policies.problem import Mark
from warden_policies.prove.answer import Answer
from warden_policies.prove.deeds import (
    if_silent,
)
from warden_policies.prove.encode import Encoded, Place, encode, sketch_for
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import (
    Formula,
    no,
)
from warden_policies.prove.part import Counted
from warden_policies.prove.places import Places
from warden_policies.prove.rules import (
    Rule,
    rules_of,
)
from warden_policies.prove.search import Search, Shows
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.texts.patterns import Attribute, glob_needs


@dataclass(frozen=True, slots=True)
class Claim:
    """What is reported when it turns out to be so."""

    id: str
    severity: Severity
    message: str
    fix: str
    requirement: str = ""
    bot_fix: str = ""
    """What to do in policy-bot's language, if that is something else."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A claim that is true when some change shows it: the formula holds for all that do."""

    claim: Claim
    formula: Formula
    shows: Shows


@dataclass(frozen=True, slots=True)
class Deny:
    """A claim that is true when no change shows the contrary."""

    claim: Claim
    formula: Formula
    shows: Shows
    moot_if: Claim | None = None
    """Follows from this claim: not asked when that one is true."""


GUARDED: Final = (*PATHS, ".github/workflows/**")
"""The paths of what decides about changes: the rules, and what is run for checks."""
_MORE: Final = (Counted("somebody else", 1), *glob_needs(Attribute.PATH, GUARDED))
"""What questions need that a policy may not ask for."""
Questions: TypeAlias = Iterator[Ask | Deny]


@dataclass(frozen=True)
class Case:
    """The policy, its text's places, its formulas, and a search among changes."""

    policy: Policy
    places: Places
    encoded: Encoded
    search: Search

    @classmethod
    def of(cls, policy: Policy, source: bytes) -> "Case":
        """Raises: ProverMissing: z3 is not installed."""
        sketch = sketch_for([policy], _MORE)
        return cls(
            policy, Places.of(source, policy.dialect), encode(policy, sketch), Search.of(sketch)
        )

    @property
    def sketch(self) -> Sketch:
        """The changes that the policy can tell apart."""
        return self.search.sketch

    @property
    def allowed(self) -> Formula:
        """The policy allows the change."""
        return self.encoded.root.passes

    @cached_property
    def decided_by_words(self) -> Formula:
        """The policy does not allow the change without what anybody says about it."""
        return no(if_silent(self.allowed, self.sketch.cast.everybody, self.sketch))

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """Every requirement or rule, once, in the order of the tree."""
        return rules_of(self.policy)

    @property
    def by_bot(self) -> bool:
        """Whether the policy is in policy-bot's language."""
        return self.policy.dialect is Dialect.POLICY_BOT

    def counts_anybody(self, change: Change) -> bool:
        """Whether anybody's approval counts for anything about a change."""
        return counts_anybody(answer(self.policy.root, change))

    def answer(self, place: Place) -> Answer:
        """What is known of a node's outcomes."""
        return self.encoded.answers[place]

    def allows(self, change: Change) -> bool:
        """Whether the evaluator allows a change."""
        return answer(self.policy.root, change).outcome is Outcome.PASS

    def blocks(self, change: Change) -> bool:
        """Whether the evaluator blocks a change."""
        return answer(self.policy.root, change).outcome is Outcome.FAIL

    def mark(self, requirement: str) -> Mark:
        """Where to point: at a requirement, or at all of them."""
        return self.places.requirement(requirement) if requirement else self.everything

    @property
    def everything(self) -> Mark:
        """Where the requirements begin."""
        return self.places.everything

    def blamed(self, claim: Claim, change: Change) -> str:
        """The requirement to point at; empty when it is all of them.

        It is the claim's own, or the first of the text that counts an approval, or the only one
        that applies.
        """
        if claim.requirement:
            return claim.requirement
        answers = {
            rule.name: answer(rule.group, change)
            for rule in self.rules
            if self.places.tells(rule.name)
        }
        counting = (name for name, result in answers.items() if counts_anybody(result))
        applying = [
            name for name, result in answers.items() if result.outcome is not Outcome.NOT_APPLICABLE
        ]
        return next(counting, applying[0] if len(applying) == 1 else "")


def counts_anybody(result: Result) -> bool:
    """Whether anybody's approval counted for it."""
    return bool(result.approvers) or any(map(counts_anybody, result.children))
