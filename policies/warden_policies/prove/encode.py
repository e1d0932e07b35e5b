"""A policy as formulas: for every node of its tree, when it has which outcome."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from warden_policies.outcome import Outcome
from warden_policies.policy import Group, Node, Policy, Question, questions
from warden_policies.prove.answer import Answer
from warden_policies.prove.groups import TWINS
from warden_policies.prove.part import Need
from warden_policies.prove.parts.owners import DistinctNeed
from warden_policies.prove.parts.riddles import Riddle
from warden_policies.prove.sketch import Sketch
from warden_policies.prove.words import WORDS

Place: TypeAlias = tuple[int, ...]
"""The way from the root to a node: positions among members. The root is `()`."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A policy's answers, by place."""

    policy: Policy
    answers: Mapping[Place, Answer]

    @property
    def root(self) -> Answer:
        """The policy's own answer."""
        return self.answers[()]


def needs_of(policy: Policy) -> Iterator[Need]:
    """What the policy tells apart."""
    if policy.root.distinct:
        yield DistinctNeed()
    for question in questions(policy.root):
        known = WORDS.get(question.predicate)
        yield from known.needs(question.arguments) if known else (Riddle(question),)


def sketch_for(policies: Iterable[Policy], more: Iterable[Need] = ()) -> Sketch:
    """A picture in which all these policies, and what `more` needs, can tell changes apart."""
    return Sketch.of((*more, *(need for policy in policies for need in needs_of(policy))))


def encode(policy: Policy, sketch: Sketch) -> Encoded:
    """The policy's answers about the changes of a sketch that was made for it."""
    answers: dict[Place, Answer] = {}

    def walk(node: Node, place: Place) -> Answer:
        if isinstance(node, Question):
            answers[place] = _ask(node, sketch)
        else:
            members = [walk(member, (*place, at)) for at, member in enumerate(node.members)]
            answers[place] = _combined(node, members)
        return answers[place]

    walk(policy.root, ())
    return Encoded(policy, answers)


def _combined(group: Group, members: list[Answer]) -> Answer:
    return TWINS[group.combine](group, members)


def _ask(question: Question, sketch: Sketch) -> Answer:
    known = WORDS.get(question.predicate)
    if known:
        return known.answer(question.arguments, sketch)
    return Answer({each: sketch.riddles.answered(question, each) for each in Outcome})
