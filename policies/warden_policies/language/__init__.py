"""Text -> Policy: each language its own module, every error at once with its place."""

from warden_policies.language.native import parse_policy

__all__ = ["parse_policy"]
