"""Whether a policy said to a case what it should have said."""

from collections.abc import Iterator

from warden_policies.explain import text
from warden_policies.outcome import Decision, Result
from warden_policies.scenario.suite import Case
from warden_policies.text import quoted


def faults(case: Case, decision: Decision) -> tuple[str, ...]:
    """How the decision differs from what the case expects; nothing when it does not.

    A text that it must contain may stand anywhere in the explained decision or in a reason below
    it; upper and lower case are the same.
    """
    if decision.verdict is not case.expect:
        return (f"expected {case.expect.value}, got {decision.verdict.value}",)
    said = " ".join(_said(decision).casefold().split())
    return tuple(
        f"expected it because of {quoted(because, 200)}, which the decision does not say"
        for because in case.because
        if " ".join(because.casefold().split()) not in said
    )


def _said(decision: Decision) -> str:
    return "\n".join((text(decision), *_reasons(decision.result)))


def _reasons(result: Result) -> Iterator[str]:
    yield f"{result.name}: {result.reason}"
    for child in result.children:
        yield from _reasons(child)
