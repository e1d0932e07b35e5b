"""A rule that `approval` does not name decides nothing."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, inside, lint, name_of, walked

_BAD = """\
policy:
  approval: [review]
approval_rules:
  - {name: review, requires: {count: 1, teams: [acme/payments]}}
  - {name: security, requires: {count: 1, teams: [acme/security]}}
"""
_GOOD = _BAD.replace("approval: [review]", "approval: [review, {or: [security]}]")


@lint("unreferenced-rule", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD,))
def unreferenced_rule(text: PolicyText) -> Iterator[Seen]:
    """Its name is nowhere in the tree of `approval`."""
    tree = inside(text.data, "policy", "approval")
    used = {value for _, value in walked(tree, ()) if isinstance(value, str)}
    for path, rule in text.bot_rules:
        if name_of(rule) not in used:
            yield Seen(
                path,
                name_of(rule),
                "'approval' does not name this rule, so it decides nothing",
                "name it under 'approval', or take it away",
            )
