"""A decision as text for a terminal, in the way of the language that its policy is written in."""

from warden_policies.explain import text
from warden_policies.outcome import Decision
from warden_policies.policy import Dialect, Policy


def decision_text(policy: Policy, decision: Decision) -> str:
    """The explained decision, without a line feed at its end."""
    if policy.dialect is not Dialect.POLICY_BOT:
        return text(decision).rstrip("\n")
    from warden_policies.language.policy_bot.describe import rows  # noqa: PLC0415

    return text(decision, rows(policy.root, decision.result)).rstrip("\n")
