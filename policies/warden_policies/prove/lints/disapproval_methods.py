"""Methods given for `disapprove` take the place of all its defaults, a request for changes too."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, inside, lint

_BAD = """\
policy:
  approval: [review]
  disapproval:
    options: {methods: {disapprove: {comments: [":-1:"]}}}
    requires: {teams: [acme/payments]}
approval_rules:
  - {name: review, requires: {count: 1, teams: [acme/payments]}}
"""
_GOOD = _BAD.replace('comments: [":-1:"]', 'comments: [":-1:"], github_review: true')
_PATH = ("policy", "disapproval", "options", "methods", "disapprove")


@lint("disapproval-methods", Dialect.POLICY_BOT, bad=(_BAD,), good=(_GOOD,))
def disapproval_methods(text: PolicyText) -> Iterator[Seen]:
    """`disapprove` is given without reviews."""
    given = inside(text.data, *_PATH)
    if isinstance(given, dict) and not given.get("github_review"):
        yield Seen(
            _PATH,
            "",
            "a review that requests changes does not disapprove any more: what is given here takes"
            " the place of all defaults",
            "add 'github_review: true'",
        )
