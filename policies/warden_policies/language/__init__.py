"""Text -> Policy. One module per language; all of them refuse with every error at once."""

from warden_policies.language.native import parse_policy

__all__ = ["parse_policy"]
