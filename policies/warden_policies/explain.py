"""The only place that words a whole decision: a title, a check run's summary, a terminal's text.

Every text says what is decided, what is missing, who does what next, and what was not counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from warden_policies.markdown import code_block, escape, fit
from warden_policies.outcome import Action, Decision, Outcome, Result, Verdict
from warden_policies.text import listed, plain

MARKDOWN_LIMIT = 60_000
"""Bytes of UTF-8. GitHub refuses a summary above 65,535 characters."""

_TITLE_LIMIT = 200
_MAX_ACTIONS = 20
_CUT = "\n*The rest does not fit here: `changewarden decide` prints the whole decision.*"
_ANYBODY = "somebody with write access who is not a contributor"
_ICONS = {
    Outcome.PASS: "✅",
    Outcome.FAIL: "❌",
    Outcome.PENDING: "⏳",
    Outcome.NOT_APPLICABLE: "➖",
    Outcome.ERROR: "⚠️",
}
_WORDS = {
    Outcome.PASS: "ok",
    Outcome.FAIL: "FAIL",
    Outcome.PENDING: "wait",
    Outcome.NOT_APPLICABLE: "n/a",
    Outcome.ERROR: "ERROR",
}


_OPEN = frozenset({Outcome.FAIL, Outcome.PENDING, Outcome.ERROR})


def title(decision: Decision) -> str:
    """One line for a list of pull requests: the verdict, the first reason, how much is done."""
    if decision.verdict is Verdict.ALLOW:
        return f"Change record complete ({_progress(decision)})"
    ending = _ending(decision)
    line = f"{_verb(decision)}: {_reason(decision)}"
    return plain(line, _TITLE_LIMIT - len(ending)) + ending


def _verb(decision: Decision) -> str:
    if decision.verdict is Verdict.ERROR:
        return "Could not decide"
    blocked = decision.verdict is Verdict.BLOCK
    if decision.observing_until:
        return "Would block" if blocked else "Would wait"
    return "Blocked" if blocked else "Waiting"


def _ending(decision: Decision) -> str:
    if decision.observing_until:
        return f" (observing until {_day(decision.observing_until)})"
    counted = decision.verdict is not Verdict.ERROR and decision.result.children
    return f" ({_progress(decision)} done)" if counted else ""


def _day(instant: datetime) -> str:
    return f"{instant.day} {instant:%b %Y, %H:%M} UTC"


def _progress(decision: Decision) -> str:
    asked = [
        child for child in decision.result.children if child.outcome is not Outcome.NOT_APPLICABLE
    ]
    return f"{sum(child.outcome is Outcome.PASS for child in asked)} of {len(asked)}"


def _reason(decision: Decision) -> str:
    """The first reason for the verdict, and how many more there are."""
    outcome = decision.result.outcome
    deciding = [child for child in decision.result.children if child.outcome is outcome]
    if not deciding or outcome is Outcome.NOT_APPLICABLE:
        return decision.result.reason
    first, more = deciding[0], len(deciding) - 1
    # An error's reason means nothing without the requirement, or the line, that it stands at.
    reason = f"{first.name}: {first.reason}" if outcome is Outcome.ERROR else first.reason
    return plain(reason, _TITLE_LIMIT - 60) + (f" and {more} more" if more else "")


def markdown(decision: Decision) -> str:
    """The summary of a check run, in GitHub's Markdown, at most `MARKDOWN_LIMIT` bytes."""
    return fit(_blocks(decision), MARKDOWN_LIMIT, _CUT)


def _blocks(decision: Decision) -> Iterator[str]:
    yield f"### {_headline(decision)}\n"
    if decision.observing_until and decision.verdict is not Verdict.ALLOW:
        yield f"{_observing(decision.observing_until)}\n"
    for action in _actions(decision.result):
        yield _action_block(action)
    asked, idle = _rows_of(decision)
    if asked:
        yield "| | Requirement | Result | Evidence |\n|---|---|---|---|"
    for child in asked:
        cells = (escape(child.name, 200), escape(child.reason), escape(_evidence(child)))
        yield f"| {_ICONS[child.outcome]} | {' | '.join(cells)} |"
    yield from _block_of("Not counted:", [escape(text) for text in _dropped(decision.result)])
    if idle:
        yield f"\nDoes not apply here: {escape(idle)}"
    yield f"\n{_provenance(decision, '`')}"


def _rows_of(decision: Decision) -> tuple[list[Result], str]:
    """The requirements that say something here, and the names of the others.

    Where none applies, that is the reason, and so they are all told.
    """
    every = decision.result.children
    asked = [child for child in every if child.outcome is not Outcome.NOT_APPLICABLE]
    if not asked:
        return list(every), ""
    idle = (child.name for child in every if child.outcome is Outcome.NOT_APPLICABLE)
    return asked, listed(map(plain, idle))


def _observing(until: datetime) -> str:
    return f"The policy only observes until {_day(until)}: until then this stops nobody."


def _headline(decision: Decision) -> str:
    if decision.verdict is Verdict.ALLOW:
        return "Everything that is required is there"
    if decision.verdict is Verdict.ERROR:
        return "No decision could be made"
    missing = sum(child.outcome in _OPEN for child in decision.result.children)
    if not missing:
        return "No requirement applies"
    if decision.verdict is Verdict.PENDING:
        return f"Waiting for {'one thing' if missing == 1 else f'{missing} things'}"
    return "One thing is missing" if missing == 1 else f"{missing} things are missing"


def _action_block(action: Action) -> str:
    """A paragraph, with its template folded away below; the blank lines are GitHub's syntax."""
    line = f"**{escape(_who(action))}**: {escape(action.what)}\n"
    if not action.template:
        return line
    fold = ["<details><summary>Copy this</summary>", "", *code_block(action.template), ""]
    return "\n".join([line, *fold, "</details>\n"])


def _block_of(heading: str, lines: list[str]) -> list[str]:
    return [f"\n{heading}", *(f"- {line}" for line in lines)] if lines else []


def text(decision: Decision, rows: Iterable[str] | None = None) -> str:
    """The decision for a terminal: no colour, no markup, one fact per line.

    `rows` stand in the place of a line for each requirement, for a language with another tree.
    """
    return "".join(f"{line}\n" for line in _lines(decision, rows))


def _lines(decision: Decision, rows: Iterable[str] | None) -> Iterator[str]:
    yield title(decision)
    if decision.observing_until and decision.verdict is not Verdict.ALLOW:
        yield _observing(decision.observing_until)
    yield ""
    asked, idle = _rows_of(decision)
    yield from _rows(asked) if rows is None else rows
    for action in _actions(decision.result):
        yield ""
        yield f"{plain(_who(action), 300)}: {plain(action.what, 300)}"
        yield from (f"    {plain(line, 500)}" for line in (action.template or "").splitlines())
    if dropped := _dropped(decision.result):
        yield "\nnot counted:"
        yield from (f"  {plain(line, 300)}" for line in dropped)
    if idle and rows is None:
        yield f"\ndoes not apply here: {plain(idle, 300)}"
    yield f"\n{_provenance(decision, '')}"


def _rows(asked: Sequence[Result]) -> Iterator[str]:
    width = max((len(plain(child.name)) for child in asked), default=0)
    for child in asked:
        name = plain(child.name)
        yield f"  {_WORDS[child.outcome]:<5}  {name:<{width}}  {plain(child.reason, 300)}"
        if evidence := _evidence(child):
            yield f"  {'':<5}  {'':<{width}}  {plain(evidence, 300)}"


def _provenance(decision: Decision, quote: str) -> str:
    policy = f"{quote}{plain(decision.policy_digest)}{quote}" if decision.policy_digest else "none"
    return f"Policy {policy} · change {quote}{plain(decision.change_digest)}{quote}"


def _who(action: Action) -> str:
    return listed(action.who) or _ANYBODY


def _nodes(result: Result) -> Iterator[Result]:
    yield result
    for child in result.children:
        yield from _nodes(child)


def _open(result: Result) -> Iterator[Result]:
    """The nodes that did not pass, without what stands under one that passed or does not apply."""
    if result.outcome in _OPEN:
        yield result
        for child in result.children:
            yield from _open(child)


def _evidence(result: Result) -> str:
    texts = [item.text for node in _nodes(result) for item in node.evidence]
    more = [f"{len(texts) - 5} more"] if len(texts) > 5 else []
    return "; ".join([*texts[:5], *more])


def _dropped(result: Result) -> list[str]:
    """Each thing once: two requirements may have looked at the same approval."""
    return list(dict.fromkeys(text for node in _nodes(result) for text in node.dropped))


def _actions(result: Result) -> list[Action]:
    """What is left to do under the nodes that did not pass, each thing once."""
    every = list(dict.fromkeys(action for node in _open(result) for action in node.actions))
    more = len(every) - _MAX_ACTIONS
    rest = (Action(("then",), f"{more} more to do once this is done"),) if more > 0 else ()
    return [*every[:_MAX_ACTIONS], *rest]
