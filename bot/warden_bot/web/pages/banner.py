"""The banner of a change's page: can it ship, in one sentence, and who does what next."""

from dataclasses import dataclass

from warden_bot.store.changes import ChangeRow
from warden_bot.web.pages.results import OPEN, faults, requirements, steps
from warden_bot.web.pages.words import (
    CLOSED,
    MERGED,
    MERGED_ANYWAY,
    OUT_OF_DATE,
    VERDICT_SIGNS,
    Sign,
)
from warden_policies import explain
from warden_policies.outcome import Action, Decision, Verdict
from warden_policies.text import plain, short


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence with its sign, what follows from it, and what is left to do."""

    sign: Sign
    title: str
    text: str = ""
    steps: tuple[Action, ...] = ()
    only_step: bool = False
    """Whether nothing else than the one step is needed."""


def banner(change: ChangeRow, decision: Decision, merge_sha: str | None) -> Banner:
    """The banner for a pull request that is open, closed or merged (then as `merge_sha`)."""
    if change.state == "merged":
        return _merged(decision, merge_sha)
    if change.state == "closed":
        last = f"The last decision was: {explain.title(decision)}."
        return Banner(CLOSED, "Closed without merging", last)
    if change.trouble:
        return _out_of_date(decision, change.trouble)
    return _open(decision)


def _merged(decision: Decision, merge_sha: str | None) -> Banner:
    landed = f"Merged as {short(merge_sha)}" if merge_sha else "Merged"
    if decision.verdict is Verdict.ALLOW:
        return Banner(MERGED, landed, f"{explain.title(decision)}.")
    return Banner(
        MERGED_ANYWAY,
        f"{landed} although it was not allowed",
        f"{explain.title(decision)}. Nothing held the merge back: make the check changewarden"
        " required on this branch.",
    )


def _out_of_date(decision: Decision, trouble: str) -> Banner:
    return Banner(
        OUT_OF_DATE,
        f"Could not be decided again: {plain(trouble, 300)}",
        "Until it can be, the check on GitHub is not green. A change of the pull request is a new"
        " attempt in any case. What follows is the last decision and may be out of"
        f" date: {explain.title(decision)}.",
    )


def _open(decision: Decision) -> Banner:
    sign, sentence = VERDICT_SIGNS[decision.verdict], explain.title(decision)
    if decision.verdict is Verdict.ALLOW:
        return Banner(sign, sentence, "Everything that the policy asks for is there: it can ship.")
    left = steps(decision)
    unmet = [result for result in requirements(decision) if result.outcome in OPEN]
    only = len(left) == len(unmet) == 1 and not faults(decision)
    return Banner(sign, sentence, steps=left, only_step=only)
