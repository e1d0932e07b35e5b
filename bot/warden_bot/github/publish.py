"""A decision in, a check run out: what GitHub shall show on a commit, and making it so."""

from collections.abc import Sequence
from dataclasses import dataclass

from warden_bot.errors import GoneError
from warden_bot.github.client import CheckRun, Installation
from warden_policies.canonical import canonical_bytes, digest
from warden_policies.explain import markdown, title
from warden_policies.markdown import escape
from warden_policies.outcome import Decision, Verdict
from warden_policies.text import listed, plain

CHECK_NAME = "changewarden"

# A run is always completed: a completed one cannot go back to "in progress", and "neutral" would
# count as passed. See docs/explanation/decisions/0007-check-run-conclusions.md.
_CONCLUSION = {
    Verdict.ALLOW: "success",
    Verdict.BLOCK: "failure",
    Verdict.PENDING: "action_required",
    Verdict.ERROR: "failure",
}
_WORST_FIRST = (Verdict.ERROR, Verdict.BLOCK, Verdict.PENDING, Verdict.ALLOW)


@dataclass(frozen=True, slots=True)
class Shown:
    """A recorded decision on one pull request, with its place in the log."""

    number: int
    decision: Decision
    sequence: int
    """The number of its entry in the log."""
    checkpoint: str
    """The signed size and root of the log with that entry in it."""
    details_url: str | None
    trouble: str | None
    """Why it could not be decided again since, if so, and whether it will be tried again."""


def check_run(head_sha: str, decided: Sequence[Shown]) -> CheckRun:
    """The check run for a commit: the worst answer of all pull requests that have it as head."""
    worst = min(decided, key=_rank)
    others = [f"#{other.number}" for other in decided if other is not worst]
    return CheckRun(
        name=CHECK_NAME,
        head_sha=head_sha,
        conclusion=_conclusion(worst),
        title=_title(worst),
        summary=_summary(worst, others),
        external_id=f"pull-{worst.number}",
        details_url=worst.details_url,
    )


def content_digest(decided: Sequence[Shown]) -> str:
    """Equal when a reader of the check would learn the same.

    A new entry with the same answer (somebody commented, say) is no reason to write to GitHub.
    """
    facts = [
        [
            shown.number,
            shown.decision.verdict,
            shown.decision.result,
            shown.decision.policy_digest,
            shown.decision.observing_until,
            shown.trouble,
            shown.details_url,
        ]
        for shown in decided
    ]
    return digest(canonical_bytes(facts))


def publish(installation: Installation, full_name: str, known_id: int | None, run: CheckRun) -> int:
    """Make GitHub show `run` in exactly one check run, and return its id.

    Looks before it creates, so that repeating it after a crash or a lost answer adds nothing.
    """
    if known_id is not None:
        try:
            installation.update_check_run(full_name, known_id, run)
        except GoneError:
            pass
        else:
            return known_id
    found = installation.find_check_run(full_name, run.head_sha, run.name)
    if found is None:
        return installation.create_check_run(full_name, run)
    installation.update_check_run(full_name, found, run)
    return found


def _conclusion(shown: Shown) -> str:
    if shown.trouble:
        return "failure"
    refused = shown.decision.verdict is not Verdict.ALLOW
    return "neutral" if refused and _observes(shown) else _CONCLUSION[shown.decision.verdict]


def _observes(shown: Shown) -> bool:
    return shown.decision.observing_until is not None


def _rank(decided: Shown) -> tuple[bool, bool, int, int]:
    return (
        decided.trouble is None,
        _observes(decided),
        _WORST_FIRST.index(decided.decision.verdict),
        decided.number,
    )


def _title(decided: Shown) -> str:
    if decided.trouble:
        return f"Could not evaluate: {plain(decided.trouble, 160)}"
    return f"{title(decided.decision)}, decision #{decided.sequence}"


def _summary(decided: Shown, others: Sequence[str]) -> str:
    parts = []
    if decided.trouble:
        parts.append(
            f"**The last attempt to decide failed: {escape(decided.trouble)}.** Re-running this"
            " check asks for another attempt. What follows is the last decision; it may be out of"
            " date."
        )
    if others:
        parts.append(
            f"This commit is also the head of {listed(others)}. The strictest answer is shown,"
            f" the one for #{decided.number}."
        )
    parts += [markdown(decided.decision), _witness(decided)]
    return "\n\n".join(parts)


def _witness(decided: Shown) -> str:
    """The log's size and root, outside of our database: a rewritten log would not fit it."""
    return (
        f"<details><summary>Entry {decided.sequence} of the decision log</summary>\n\n"
        f"```\n{decided.checkpoint.strip()}\n```\n\n</details>"
    )
