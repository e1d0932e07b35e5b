"""P4: is there a change that no requirement covers?"""

from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import (
    Node,
)
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import every
from warden_policies.prove.question import question

_CLAIM = Claim(
    "P4",
    Severity.ERROR,
    "no requirement applies to this change, so it can never be merged",
    "give one requirement no 'when'",
    bot_fix="let 'approval' name a rule that has no 'if'",
)


@question("P4")
def uncovered(case: Case) -> Questions:
    """Every requirement is left out, or every rule is skipped."""
    if case.by_bot:
        absent = case.encoded.root[Outcome.NOT_APPLICABLE]
        nodes: tuple[Node, ...] = (case.policy.root,)
    else:
        nodes = case.policy.root.members
        answers = (case.answer((at,)) for at in range(len(nodes)))
        absent = every(one[Outcome.NOT_APPLICABLE] for one in answers)

    def shows(change: Change) -> bool:
        found = (answer(node, change).outcome for node in nodes)
        return all(outcome is Outcome.NOT_APPLICABLE for outcome in found)

    yield Ask(_CLAIM, absent, shows)
