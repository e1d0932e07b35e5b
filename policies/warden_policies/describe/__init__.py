"""The only place that words a whole policy: what it asks of a change, in plain sentences.

The words for a single question come from its predicate; here they are put together, whatever the
predicates are, for each language in a module of its own.
"""

from warden_policies.describe import native, policy_bot
from warden_policies.policy import Dialect, Policy


def described(policy: Policy) -> str:
    """What the policy asks, as lines for a terminal; nothing in it is more than plain text."""
    lines = policy_bot.lines if policy.dialect is Dialect.POLICY_BOT else native.lines
    return "".join(f"{line}\n" for line in lines(policy))
