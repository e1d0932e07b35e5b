"""One policy on the prover's table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import Group, Policy
from warden_policies.problem import Mark
from warden_policies.prove.answer import Answer
from warden_policies.prove.encode import Encoded, encode, sketch_for
from warden_policies.prove.finding import Doubt, Finding, Severity
from warden_policies.prove.formula import Formula
from warden_policies.prove.places import Places
from warden_policies.prove.search import Found, Never, Search, Shows, Undecided
from warden_policies.prove.sketch import Sketch

Reply: TypeAlias = Iterator[Finding | Doubt]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is reported when a change shows it."""

    id: str
    severity: Severity
    message: str
    fix: str
    requirement: str = ""


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
        sketch = sketch_for([policy])
        return cls(policy, Places.of(source), encode(policy, sketch), Search.of(sketch))

    @property
    def sketch(self) -> Sketch:
        """The changes that the policy can tell apart."""
        return self.search.sketch

    @property
    def allowed(self) -> Formula:
        """The policy allows the change."""
        return self.encoded.root.passes

    @property
    def requirements(self) -> Sequence[tuple[int, Group]]:
        """The requirements with their positions."""
        return [
            (at, member)
            for at, member in enumerate(self.policy.root.members)
            if isinstance(member, Group)
        ]

    def answer(self, *place: int) -> Answer:
        """What is known of a node's outcomes."""
        return self.encoded.answers[place]

    def allows(self, change: Change) -> bool:
        """Whether the evaluator allows a change."""
        return answer(self.policy.root, change).outcome is Outcome.PASS

    def mark(self, requirement: str) -> Mark:
        """Where to point: at a requirement, or at all of them."""
        return self.places.requirement(requirement) if requirement else self.everything

    @property
    def everything(self) -> Mark:
        """Where the requirements begin."""
        return self.places.at("requirements")

    def show(self, claim: Claim, formula: Formula, shows: Shows) -> Reply:
        """The claim with a change that shows it; nothing when none does; a doubt in between."""
        mark = self.mark(claim.requirement)
        match self.search.find(formula, shows):
            case Found(change):
                yield Finding(
                    claim.id,
                    claim.severity,
                    claim.requirement,
                    mark,
                    claim.message,
                    claim.fix,
                    change,
                )
            case Undecided(why):
                yield Doubt(claim.id, claim.requirement, mark, claim.message, why)
            case Never():
                return

    def refute(self, claim: Claim, formula: Formula, shows: Shows) -> Reply:
        """The claim when it is proved that no change shows the contrary, given as a formula."""
        mark = self.mark(claim.requirement)
        match self.search.find(formula, shows):
            case Never():
                yield Finding(
                    claim.id, claim.severity, claim.requirement, mark, claim.message, claim.fix
                )
            case Undecided(why):
                yield Doubt(claim.id, claim.requirement, mark, claim.message, why)
            case Found():
                return
