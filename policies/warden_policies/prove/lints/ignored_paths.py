"""`changed_files` whose `ignore` leaves nothing of its `paths` can never hold."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.finding import Severity
from warden_policies.prove.lint import PolicyText, Seen, inside, lint, name_of, texts, walked
from warden_policies.prove.texts.classes import classes_of
from warden_policies.prove.texts.patterns import Attribute, regexes

_BAD = """\
policy: {approval: [docs]}
approval_rules:
  - name: docs
    if: {changed_files: {paths: ['^docs/.*\\.md$'], ignore: ['\\.md$']}}
    requires: {count: 1, users: [bob]}
"""
_GOOD = _BAD.replace("['\\.md$']", "['^docs/old/']")


@lint(
    "ignored-paths",
    Dialect.POLICY_BOT,
    bad=(_BAD,),
    good=(_GOOD,),
    severity=Severity.ERROR,
)
def ignored_paths(text: PolicyText) -> Iterator[Seen]:
    """No path matches the one and not the other."""
    for path, rule in text.bot_rules:
        for where, value in walked(rule, path):
            lists = [texts(inside(value, key)) for key in ("paths", "ignore")]
            if all(lists) and _leaves_nothing(*lists):
                yield Seen(
                    where,
                    name_of(rule),
                    "'ignore' leaves nothing of 'paths': no file is ever looked at",
                    "make 'ignore' narrower",
                )


def _leaves_nothing(paths: list[str], ignore: list[str]) -> bool:
    wanted, ignored = regexes(paths), regexes(ignore)
    known = classes_of(Attribute.PATH, [*wanted, *ignored])
    return not known.gaps and not any(
        row.matched.intersection(wanted) and not row.matched.intersection(ignored)
        for row in known.rows
    )
