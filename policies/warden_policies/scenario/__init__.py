"""Changes described in a few words, and tests of a policy made of them: `policy test` reads these.

`words` is the vocabulary, `build` makes a `Change` of it, `suite` reads a whole test file.
"""

from warden_policies.scenario.suite import Case, Suite, parse_suite

__all__ = ["Case", "Suite", "parse_suite"]
