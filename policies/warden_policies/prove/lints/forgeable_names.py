"""Anybody can write another name into a commit: without signatures, `contributors` believes it."""

from collections.abc import Iterator

from warden_policies.policy import Dialect, questions
from warden_policies.prove.lint import PolicyText, Seen, lint, walked

_BAD = """\
version: 1
requirements:
  Peer review:
    when: {not: {contributors: {people: ["dependabot[bot]"]}}}
    require: {approvals: {count: 1}}
  Dependencies:
    require: {draft: false}
"""
_GOOD = _BAD.replace("draft: false", "signed_commits: {}")


@lint("forgeable-names", Dialect.NATIVE, bad=(_BAD,), good=(_GOOD,))
def forgeable_names(text: PolicyText) -> Iterator[Seen]:
    """A condition is about contributors, and no requirement asks for signed commits."""
    if any(asked.predicate == "signed_commits" for asked in questions(text.policy.root)):
        return
    for path, requirement in text.requirements:
        for where, _ in walked(requirement.get("when"), (*path, "when")):
            if where[-1] == "contributors":
                yield Seen(
                    where,
                    str(path[-1]),
                    "commits say themselves whose they are: anybody can write one in another name",
                    "require 'signed_commits: {signer_is_author: true}' of the same changes",
                )
