"""`changewarden rules`: everything the hook looks for."""

import argparse
import json
from collections.abc import Sequence

from warden_hooks.commands.terminal import say
from warden_hooks.patterns import head
from warden_hooks.patterns.pack import pattern_rules
from warden_hooks.secrets.rule_set import rule_set
from warden_policies.rules import PatternRule, SecretRule, secret_rules


def main(argv: Sequence[str]) -> int:
    """Print the list of rules; always 0."""
    parser = argparse.ArgumentParser(
        prog="changewarden rules",
        description="List what the hook looks for. `changewarden explain RULE` says more of one.",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument(
        "--digest",
        action="store_true",
        help="print only what names the rules and what decides with them, the same on any machine",
    )
    arguments = parser.parse_args(argv)
    if arguments.digest:
        say(rule_set().digest)
        return 0
    secrets = sorted(secret_rules().values(), key=lambda rule: rule.id)
    patterns = sorted(pattern_rules().values(), key=lambda rule: rule.id)
    say(_json(secrets, patterns) if arguments.format == "json" else _text(secrets, patterns))
    return 0


def _text(secrets: Sequence[SecretRule], patterns: Sequence[PatternRule]) -> str:
    every: list[SecretRule | PatternRule] = [*secrets, *patterns]
    width = max(len(rule.id) for rule in every)
    lines = [f"{rule.id:<{width}}  {rule.severity.value:<8}  {rule.title}" for rule in every]
    providers = len({rule.provider for rule in secrets})
    languages = len({name for rule in patterns for name in rule.languages})
    total = (
        f"{len(secrets)} rules for secrets of {providers} providers, "
        f"{len(patterns)} for insecure patterns in {languages} languages"
    )
    return "\n".join([*lines, "", total])


def _json(rules: Sequence[SecretRule], patterns: Sequence[PatternRule]) -> str:
    described = [
        {
            "id": rule.id,
            "provider": rule.provider,
            "title": rule.title,
            "severity": rule.severity.value,
            "confidence": rule.confidence.value,
            "fix": rule.fix,
            "revoke": rule.revoke,
            "reference": rule.reference,
        }
        for rule in rules
    ]
    document = {
        "schema": "changewarden.rules/v1",
        "rules": described,
        "digest": rule_set().digest,
        "patterns": [rule.as_data() | {"blocking": rule.blocks} for rule in patterns],
        "patterns_digest": head.of_ours().digest,
    }
    return json.dumps(document, indent=2)
