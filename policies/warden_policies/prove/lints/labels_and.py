"""`has_labels` wants all of its labels, where often any of them is meant."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, lint, name_of, texts, walked

_BAD = """\
policy: {approval: [docs]}
approval_rules:
  - {name: docs, if: {has_labels: [docs, typo]}, requires: {count: 0}}
"""
_GOOD = _BAD.replace("[docs, typo]", "[docs]")


@lint("labels-and", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD,))
def labels_and(text: PolicyText) -> Iterator[Seen]:
    """It lists more than one."""
    for path, rule in text.bot_rules:
        for where, value in walked(rule, path):
            if where[-1] == "has_labels" and len(texts(value)) > 1:
                yield Seen(
                    where,
                    name_of(rule),
                    "all of these labels have to be there, not any of them",
                    "write a rule for each label and join them with 'or', if any of them is meant",
                )
