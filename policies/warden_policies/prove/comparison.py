"""Two policies compared: what each allows that the other does not (question P11)."""

from dataclasses import dataclass
from enum import StrEnum

from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import Policy
from warden_policies.prove.encode import encode, sketch_for
from warden_policies.prove.formula import both, no
from warden_policies.prove.search import Finding as Searched
from warden_policies.prove.search import Found, Never, Search, Undecided


class Relation(StrEnum):
    """How a new policy stands to an old one."""

    EQUAL = "equal"
    """They allow the same changes."""
    STRICTER = "stricter"
    """The new one allows less."""
    WEAKER = "weaker"
    """The new one allows more."""
    INCOMPARABLE = "incomparable"
    """The new one allows some changes that the old one did not, and refuses others that it did."""
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found: changes on which the two decide differently, and why nobody knows more."""

    relation: Relation
    newly_allowed: Change | None
    newly_refused: Change | None
    doubts: tuple[str, ...] = ()


def compare(old: Policy, new: Policy) -> Comparison:
    """How `new` stands to `old`, of all changes that can be read completely.

    A change that is found to be allowed newly is reported even where the other direction is
    undecided.

    Raises:
        ProverMissing: z3 is not installed.
    """
    sketch = sketch_for([old, new])
    search = Search.of(sketch)
    before, after = encode(old, sketch).root.passes, encode(new, sketch).root.passes
    allowed = search.find(both(no(before), after), lambda one: _differs(new, old, one))
    refused = search.find(both(before, no(after)), lambda one: _differs(old, new, one))
    doubts = (_doubt("newly allowed", allowed), _doubt("newly refused", refused))
    return Comparison(
        _relation(allowed, refused),
        _change(allowed),
        _change(refused),
        tuple(doubt for doubt in doubts if doubt),
    )


def _differs(allowing: Policy, refusing: Policy, change: Change) -> bool:
    return _allows(allowing, change) and not _allows(refusing, change)


def _allows(policy: Policy, change: Change) -> bool:
    return answer(policy.root, change).outcome is Outcome.PASS


def _relation(allowed: Searched, refused: Searched) -> Relation:
    match allowed, refused:
        case Never(), Never():
            return Relation.EQUAL
        case Never(), Found():
            return Relation.STRICTER
        case Found(), Never():
            return Relation.WEAKER
        case Found(), Found():
            return Relation.INCOMPARABLE
    return Relation.UNDECIDED


def _change(found: Searched) -> Change | None:
    return found.change if isinstance(found, Found) else None


def _doubt(what: str, found: Searched) -> str:
    return f"{what}: {found.why}" if isinstance(found, Undecided) else ""
