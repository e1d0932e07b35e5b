"""`changewarden rules`: everything the hook looks for."""

import argparse
import json
from collections.abc import Sequence

from warden_policies.rules import SecretRule, secret_rules


def main(argv: Sequence[str]) -> int:
    """Print the list of rules; always 0."""
    parser = argparse.ArgumentParser(
        prog="changewarden rules",
        description="List what the hook looks for. `changewarden explain RULE` says more of one.",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    rules = sorted(secret_rules().values(), key=lambda rule: rule.id)
    render = _json if parser.parse_args(argv).format == "json" else _text
    print(render(rules))
    return 0


def _text(rules: Sequence[SecretRule]) -> str:
    width = max(len(rule.id) for rule in rules)
    lines = [f"{rule.id:<{width}}  {rule.severity.value:<8}  {rule.title}" for rule in rules]
    providers = len({rule.provider for rule in rules})
    return "\n".join([*lines, "", f"{len(rules)} rules for {providers} providers"])


def _json(rules: Sequence[SecretRule]) -> str:
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
    return json.dumps({"schema": "changewarden.rules/v1", "rules": described}, indent=2)
