"""Of two rules with one name, policy-bot forgets the first."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.finding import Severity
from warden_policies.prove.lint import PolicyText, Seen, lint, name_of

_BAD = """\
policy:
  approval: [review]
approval_rules:
  - {name: review, requires: {count: 2, teams: [acme/payments]}}
  - {name: review, requires: {count: 1, teams: [acme/payments]}}
"""
_GOOD = _BAD.replace("name: review, requires: {count: 1", "name: other, requires: {count: 1")


@lint(
    "duplicate-name",
    Dialect.POLICY_BOT,
    bad=(_BAD,),
    good=(_GOOD,),
    severity=Severity.ERROR,
)
def duplicate_name(text: PolicyText) -> Iterator[Seen]:
    """A later rule has the name already."""
    rules = [(path, name_of(rule)) for path, rule in text.bot_rules]
    for at, (path, name) in enumerate(rules):
        if name in [other for _, other in rules[at + 1 :]]:
            yield Seen(
                path,
                name,
                "a rule further down has the same name, and this one is forgotten",
                "give each rule a name of its own",
            )
