"""A comment that somebody edited still approves what it was not written for."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, inside, lint, name_of

_BAD = """\
policy: {approval: [review]}
approval_rules:
  - {name: review, requires: {count: 1, teams: [acme/payments]}}
"""
_GOOD = _BAD.replace("review, req", "review, options: {ignore_edited_comments: true}, req")
_REVIEWS = _BAD.replace("review, req", "review, options: {methods: {comments: []}}, req")


@lint("edited-comments", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD, _REVIEWS))
def edited_comments(text: PolicyText) -> Iterator[Seen]:
    """Comments count, and whether they were edited does not matter."""
    for path, rule in text.bot_rules:
        methods = inside(rule, "options", "methods")
        by_comment = inside(methods, "comments") != [] or inside(methods, "comment_patterns")
        ignored = inside(rule, "options", "ignore_edited_comments")
        if inside(rule, "requires", "count") and by_comment and not ignored:
            yield Seen(
                path,
                name_of(rule),
                "a comment counts after it was edited, also by somebody else than who wrote it",
                "set 'ignore_edited_comments: true' under 'options'",
            )
