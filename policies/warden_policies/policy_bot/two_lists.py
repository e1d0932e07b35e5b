"""`matches` and `not_matches`: two lists of patterns, of which one has to fit."""

from warden_policies.policy_bot.answers import every_of
from warden_policies.policy_bot.methods import Patterns
from warden_policies.regex import first_found
from warden_policies.text import quoted


def why_fitting(matches: Patterns, not_matches: Patterns, text: str) -> str | None:
    """Which list fits `text`, in words; None when neither does, or neither is given."""
    found = first_found(matches, text)
    if found is not None:
        return f"matches {quoted(found)}"
    if not_matches and first_found(not_matches, text) is None:
        return "matches nothing in 'not_matches'"
    return None


def two_lists_in_words(what: str, matches: Patterns, not_matches: Patterns) -> str:
    """`the title either matches 'a' or does not match 'b' or 'c'`."""
    ways = [f"matches {every_of(matches)}"] if matches or not not_matches else []
    ways += [f"does not match {every_of(not_matches)}"] if not_matches else []
    return f"{what} {'either ' if len(ways) > 1 else ''}{' or '.join(ways)}"
