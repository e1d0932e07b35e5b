"""A thumbs-up anywhere in a comment approves, unless a rule says otherwise."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.policy_bot.methods import THUMBS_UP
from warden_policies.prove.lint import PolicyText, Seen, inside, lint, name_of, texts

_BAD = """\
policy: {approval: [review]}
approval_rules:
  - {name: review, requires: {count: 1, teams: [acme/payments]}}
"""
_GOOD = _BAD.replace("review, req", "review, options: {methods: {comments: []}}, req")
_AUTOMATIC = _BAD.replace("{count: 1, teams: [acme/payments]}", "{count: 0}")


@lint("thumbs-up", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD, _AUTOMATIC))
def thumbs_up(text: PolicyText) -> Iterator[Seen]:
    """The default `comments` are on, in a rule that asks for approvals."""
    for path, rule in text.bot_rules:
        comments = inside(rule, "options", "methods", "comments")
        on = comments is None or set(texts(comments)) & set(THUMBS_UP)
        if on and inside(rule, "requires", "count"):
            yield Seen(
                path,
                name_of(rule),
                "a comment such as 'I cannot give this a :+1: yet' is an approval: a thumbs-up is"
                " looked for anywhere in a text",
                "set 'comments: []' under 'options', 'methods', so that only reviews count",
            )
