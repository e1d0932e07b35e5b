"""`changewarden explain RULE`: what a rule is about, why it matters, what to do. Works offline."""

import argparse
import difflib
import textwrap
from collections.abc import Sequence

from warden_hooks.commands.terminal import say
from warden_hooks.output import complain
from warden_hooks.patterns.pack import pattern_rules
from warden_policies.rules import PatternRule, SecretRule, secret_rules

_WIDTH = 88


def main(argv: Sequence[str]) -> int:
    """Print the rule's page; 0, or 2 when there is no such rule."""
    parser = argparse.ArgumentParser(
        prog="changewarden explain",
        description="Say what a rule is about and what to do about a finding.",
        epilog="A finding's id, such as aws-access-key-3f9c2a, is understood too.",
    )
    parser.add_argument("rule", metavar="RULE", help="a rule's id, as the report shows it")
    name = parser.parse_args(argv).rule
    patterns = pattern_rules()
    for known in (name, name.rpartition("-")[0]):
        if known in patterns:
            say("\n".join(pattern_page(patterns[known])))
            return 0
        if known in secret_rules():
            say("\n".join(page(secret_rules()[known])))
            return 0
    complain(f"changewarden explain: {_unknown(name)}")
    return 2


def page(rule: SecretRule) -> list[str]:
    """The lines of a rule's page."""
    return [
        f"{rule.id}: {rule.title} ({rule.provider})",
        f"  severity {rule.severity.value}, confidence {rule.confidence.value}",
        "",
        "Anybody who can read the repository, now or years from now, can use this secret: in a",
        "clone, a fork, a backup, a log. Deleting the line does not take it out of the history.",
        "",
        f"Instead     {rule.fix}",
        f"If real     revoke it first: {rule.revoke}",
        f"Format      {rule.reference}",
    ]


def pattern_page(rule: PatternRule) -> list[str]:
    """The lines of the page of an insecure pattern."""
    effect = "stops the commit" if rule.blocks else "is told, and stops nothing"
    weakness = ", ".join((*rule.cwe, *(f"OWASP {name}" for name in rule.owasp)))
    told = (
        ("Instead", (rule.fix,)),
        ("Weakness", (weakness,)),
        ("Read", rule.references),
        ("Allow", (f"# changewarden: ignore[{rule.id}] why this one is safe",)),
    )
    return [
        f"{rule.id}: {rule.title} ({', '.join(rule.languages)})",
        f"  severity {rule.severity.value}: {effect}",
        "",
        *textwrap.wrap(rule.message, _WIDTH),
        "",
        *(f"{label:<12}{text}" for label, texts in told for text in texts if text),
    ]


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name[:80], [*secret_rules(), *pattern_rules()], n=1)
    hint = f"did you mean {close[0]!r}?" if close else "`changewarden rules` lists them"
    return f"there is no rule {name[:80]!r}, {hint}"
