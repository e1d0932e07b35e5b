"""The words of a triage: what a finding is, what was decided before, and what can be done."""

from collections.abc import Iterator

from warden_hooks.allowances.entry import Entry
from warden_hooks.allowances.lookup import FEWEST_DIGITS, Seen
from warden_hooks.allowances.plan import Moved, Plan, Question
from warden_hooks.report.terminal import printable, window
from warden_policies.rules import secret_rules

_WIDTH = 76


def plan_text(plan: Plan, key: bytes) -> Iterator[str]:
    """The whole plan, when nobody is there to answer; `key` is what ids are made with."""
    if not (plan.questions or plan.stale):
        yield "nothing to decide"
        return
    yield f"to decide: {headline(plan)}"
    for question in plan.questions:
        yield ""
        yield from about(question, key)
        yield from fix(question.seen)
        if question.moved:
            yield "  carry over: changewarden triage, in a terminal"
        else:
            verb = "renew" if question.before else "allow"
            yield f"  {verb}: changewarden allow {name_of(question.seen, key)} --reason TEXT"
    for entry in plan.stale:
        yield ""
        yield from about_stale(entry)
        yield "  remove: changewarden triage, in a terminal"
    yield ""
    yield "nothing was written; in a terminal, 'changewarden triage' asks about each"


def headline(plan: Plan) -> str:
    """How much there is to decide."""
    counts = (
        (len(plan.blocking), "finding", "findings"),
        (len(plan.warning), "expired allowance", "expired allowances"),
        (len(plan.stale), "stale allowance", "stale allowances"),
    )
    told = [f"{number} {one if number == 1 else many}" for number, one, many in counts if number]
    return ", ".join(told)


def name_of(seen: Seen, key: bytes) -> str:
    """What a finding is called under a key."""
    return f"{seen.finding.rule}-{seen.fingerprint(key)[:FEWEST_DIGITS]}"


def about(question: Question, key: bytes) -> Iterator[str]:
    """A finding, where it is, and what was decided about it before."""
    finding = question.seen.finding
    place = finding.location
    yield f"{name_of(question.seen, key)}  {finding.title} ({finding.severity.value})"
    yield printable(f"  {place.path}:{place.line}:{place.column}")
    line = window(finding.redacted_line, place.column - 1, len(finding.redacted), _WIDTH)
    yield f"    {line.text.strip()}"
    if question.before:
        yield printable(f"  {question.before.owner} allowed it until {question.before.expires}:")
        yield printable(f"    {question.before.reason}")
    if question.moved:
        yield from _moved(question.moved)


def about_stale(entry: Entry) -> Iterator[str]:
    """An entry that matches nothing."""
    yield printable(f"{entry.id}  stale: this secret is not in {entry.path} any more")
    yield printable(f"  {entry.owner} allowed it until {entry.expires}:")
    yield printable(f"    {entry.reason}")


def fix(seen: Seen) -> Iterator[str]:
    """What to type instead, and where a real one is made worthless."""
    if seen.pattern:
        yield f"  why: {seen.finding.message}"
        yield f"  fix: {seen.pattern.fix or 'changewarden explain ' + seen.pattern.id}"
        return
    rule = secret_rules()[seen.finding.rule]
    yield f"  fix: {rule.fix}"
    yield f"  if it is real: revoke it first, {rule.revoke}"


def wrong_answer(answers: str) -> str:
    """What to say to an answer that is none."""
    return f"  please answer with one of: {', '.join(answers)}"


def outcome(written: int, left: int) -> str:
    """The last line of a triage."""
    changes = "1 change" if written == 1 else f"{written} changes"
    return f"{changes} written, {left} left to decide"


def _moved(moved: Moved) -> Iterator[str]:
    how = "git saw the file renamed from" if moved.renamed else "the same secret was in"
    entry = moved.entry
    yield printable(f"  {how} {entry.path}, where {entry.owner} allowed it until {entry.expires}:")
    yield printable(f"    {entry.reason}")
