"""The table of the questions that are put to every policy."""

from collections.abc import Callable
from typing import Final, TypeAlias

from warden_policies.prove.case import Case, Questions

Question: TypeAlias = Callable[[Case], Questions]

QUESTIONS: Final[dict[str, Question]] = {}
"""Every question by its id. Complete once `warden_policies.prove.questions` is imported."""


def question(id: str) -> Callable[[Question], Question]:
    """Register the decorated function as the one that answers question `id`."""

    def register(ask: Question) -> Question:
        QUESTIONS[id] = ask
        return ask

    return register
