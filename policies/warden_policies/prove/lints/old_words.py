"""Words that policy-bot keeps for old policies only."""

from collections.abc import Iterator
from typing import Final

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, lint, name_of, walked
from warden_policies.text import quoted

_BAD = """\
policy: {approval: [review]}
approval_rules:
  - {name: review, if: {has_successful_status: [test]}, requires: {count: 1, admins: true}}
"""
_GOOD = _BAD.replace("has_successful_status: [test]", "has_status: {statuses: [test]}").replace(
    "admins: true", "permissions: [admin]"
)
_NEW: Final = {
    "admins": "permissions: [admin]",
    "write_collaborators": "permissions: [write]",
    "has_successful_status": "has_status: {statuses: [...]}",
}


@lint("old-words", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD,))
def old_words(text: PolicyText) -> Iterator[Seen]:
    """One of them is used."""
    for path, rule in text.bot_rules:
        for where, _ in walked(rule, path):
            if where[-1] in _NEW:
                word = str(where[-1])
                yield Seen(
                    where,
                    name_of(rule),
                    f"{quoted(word)} is an old word",
                    f"write {quoted(_NEW[word])}",
                )
