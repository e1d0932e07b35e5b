"""`matches` and `not_matches` are alternatives: what the second excludes passes by the first."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, inside, lint, name_of, texts, walked

_BAD = """\
policy: {approval: [fixes]}
approval_rules:
  - {name: fixes, if: {title: {matches: ["^fix"], not_matches: [WIP]}}, requires: {count: 0}}
"""
_GOOD = _BAD.replace(", not_matches: [WIP]", "")


@lint("two-lists", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD,))
def two_lists(text: PolicyText) -> Iterator[Seen]:
    """Both are given for a title or a repository."""
    for path, rule in text.bot_rules:
        for where, value in walked(rule, path):
            lists = [texts(inside(value, key)) for key in ("matches", "not_matches")]
            if where[-1] in ("title", "repository") and all(lists):
                yield Seen(
                    where,
                    name_of(rule),
                    "what 'not_matches' names still passes when it matches 'matches': the lists are"
                    " alternatives",
                    "keep one of them, and write the other as a rule that 'and' joins",
                )
