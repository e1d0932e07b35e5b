"""How checks and commit statuses of a name ended, whoever reported them."""

from collections.abc import Mapping

from warden_policies.memo import per_change
from warden_policies.model import Change
from warden_policies.outcome import Result
from warden_policies.policy_bot.answers import false, true
from warden_policies.policy_bot.parts import part_of
from warden_policies.text import listed, plain, quoted

SUCCESS = ("success",)


def conclusions_in_words(conclusions: tuple[str, ...]) -> str:
    """`success or skipped`."""
    return " or ".join(map(plain, conclusions[:5]))


@per_change
def _conclusions(change: Change) -> Mapping[str, str]:
    """By name: the commit statuses, then over them the checks, each name's latest run last."""
    states = part_of(change, "statuses", change.statuses, "failed to list commit statuses")
    checks = part_of(change, "checks", change.checks, "failed to list checks")
    return {status.name: status.state for status in states} | {
        check.name: check.conclusion or "" for check in sorted(checks, key=lambda check: check.id)
    }


def ended(
    name: str, wanted: tuple[str, ...], conclusions: tuple[str, ...], change: Change
) -> Result:
    """The answer of the predicate `name`: whether all `wanted` ended with one of `conclusions`.

    Raises:
        NotRecorded: statuses or checks were not read.
    """
    found, good = _conclusions(change), conclusions_in_words(conclusions)
    for each in wanted:
        if each not in found:
            return false(name, f"no status {quoted(each)}", f"make {quoted(each)} end with {good}")
        if found[each] not in conclusions:
            ending = plain(found[each])
            reason = f"{quoted(each)} ended with {ending}" if ending else f"{quoted(each)} runs"
            return false(name, reason, f"make {quoted(each)} end with {good}")
    return true(name, f"{listed(map(quoted, wanted))} ended with {good}")
