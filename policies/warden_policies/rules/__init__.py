"""The rules as data: what each kind of secret is called, how bad it is and what to do about it.

One TOML file per provider under `secrets/`, one table per kind of secret; the table's name is the
rule's id. The files are part of this package: reading them is reading our own source, and nothing
else is read here. Loaded only when there is something to report.
"""

from warden_policies.rules.pattern_rule import PatternRule
from warden_policies.rules.secret_rule import RuleError, SecretRule
from warden_policies.rules.shelf import Shelf, parse_secret_rules, secret_rules

__all__ = ["PatternRule", "RuleError", "SecretRule", "Shelf", "parse_secret_rules", "secret_rules"]
