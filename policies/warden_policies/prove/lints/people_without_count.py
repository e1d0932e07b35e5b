"""A rule that names people and asks for no approval is approved without them."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.finding import Severity
from warden_policies.prove.lint import PolicyText, Seen, inside, lint, name_of

_BAD = """\
policy: {approval: [review]}
approval_rules:
  - {name: review, requires: {teams: [acme/payments]}}
"""
_ZERO = _BAD.replace("{teams", "{count: 0, teams")
_GOOD = _BAD.replace("{teams", "{count: 1, teams")
_NOBODY = _BAD.replace("{teams: [acme/payments]}", "{count: 0}")
_PEOPLE = ("users", "teams", "organizations", "permissions", "admins", "write_collaborators")


@lint(
    "people-without-count",
    Dialect.POLICY_BOT,
    bad=(_BAD, _ZERO),
    good=(_GOOD, _NOBODY),
    severity=Severity.ERROR,
)
def people_without_count(text: PolicyText) -> Iterator[Seen]:
    """There are actors, and no `count` above 0."""
    for path, rule in text.bot_rules:
        named = [key for key in _PEOPLE if inside(rule, "requires", key)]
        if named and not inside(rule, "requires", "count"):
            yield Seen(
                (*path, "requires"),
                name_of(rule),
                f"it names {named[0]} and asks for no approval by them: without 'count' there is"
                " nothing to approve",
                "add 'count: 1', or leave the people out if nobody has to approve",
            )
