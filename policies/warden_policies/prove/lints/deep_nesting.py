"""policy-bot documents five levels of lists, and reads ten."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, inside, lint, walked

_RULES = "approval_rules: [{name: a, requires: {count: 1, teams: [acme/payments]}}]\n"
_BAD = f"policy: {{approval: [{{or: [{{and: [{{or: [{{and: [{{or: [a]}}]}}]}}]}}]}}]}}\n{_RULES}"
_GOOD = f"policy: {{approval: [{{or: [{{and: [a]}}]}}]}}\n{_RULES}"
_MOST = 5


@lint("deep-nesting", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD,))
def deep_nesting(text: PolicyText) -> Iterator[Seen]:
    """There are more levels than documented."""
    top = ("policy", "approval")
    for path, value in walked(inside(text.data, *top), top):
        if isinstance(value, list) and sum(isinstance(step, int) for step in path) == _MOST:
            yield Seen(
                path,
                "",
                f"nested deeper than the {_MOST} levels that policy-bot documents",
                "make it flatter",
            )
