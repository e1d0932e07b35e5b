"""`change_record: {sections: [reason, rollback_plan]}`: the description says what it must say."""

from dataclasses import dataclass, replace
from typing import Annotated

from warden_policies.constraints import AtLeast, NotEmpty, Unique
from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.outcome import Action, Evidence, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.record import Section, is_placeholder, read_record, template, visible_length
from warden_policies.text import listed, plain


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """`sections`: which must be there; `min_characters`: visible ones that each must have."""

    sections: Annotated[tuple[Section, ...], NotEmpty(), Unique()]
    min_characters: Annotated[int, AtLeast(1)] = 20


_ROLLBACK = ChangeRecord((Section.ROLLBACK_PLAN,))
_EXAMPLES = (
    Example("an empty description", _ROLLBACK, SAMPLE, Outcome.FAIL, "rollback plan missing"),
    Example(
        "a filled section under another spelling",
        _ROLLBACK,
        replace(SAMPLE, body="# Back-out plan:\nRevert the commit and redeploy the shop."),
        Outcome.PASS,
        "rollback plan given",
    ),
    Example(
        "a placeholder is not an answer",
        _ROLLBACK,
        replace(SAMPLE, body="## Rollback\nTBD"),
        Outcome.FAIL,
        "rollback plan is only a placeholder",
    ),
    Example(
        "a few letters are not an answer",
        _ROLLBACK,
        replace(SAMPLE, body="## Rollback\nJust revert it"),
        Outcome.FAIL,
        "rollback plan too short (12 of 20 characters)",
    ),
    Example(
        "a heading inside a code fence is no heading",
        _ROLLBACK,
        replace(SAMPLE, body="```\n## Rollback\nRevert the commit and redeploy.\n```"),
        Outcome.FAIL,
        "rollback plan missing",
    ),
)


def _describe(arguments: ChangeRecord) -> str:
    names = _all_of([f'"{section.heading}"' for section in arguments.sections])
    noun = "section" if len(arguments.sections) == 1 else "sections"
    each = "" if len(arguments.sections) == 1 else " each"
    return f"the {noun} {names} in the description, {arguments.min_characters}+ characters{each}"


def _never(_: ChangeRecord) -> tuple[str, ...]:
    return ("A placeholder, a comment or the title once more fills no section",)


@predicate(
    "change_record",
    arguments=ChangeRecord,
    examples=_EXAMPLES,
    describe=_describe,
    never=_never,
)
def change_record(arguments: ChangeRecord, change: Change) -> Result:
    """The pull request's description has every required section, filled in by a person.

    Sections are found by their headings, in any level and several spellings. Comments do not
    count, nor do placeholders, nor the pull request's title once more.
    """
    record = read_record(change.body)
    texts = {section: record.sections.get(section, "") for section in arguments.sections}
    faults = {
        section: fault
        for section, text in texts.items()
        if (fault := _fault(section in record.sections, text, change.title, arguments))
    }
    if not faults:
        return Result(
            "change_record",
            Outcome.PASS,
            f"{_all_of([_name(section) for section in texts])} given",
            evidence=tuple(
                Evidence(f"{_name(section)}: {visible_length(text)} characters")
                for section, text in texts.items()
            ),
        )
    return Result(
        "change_record",
        Outcome.FAIL,
        "; ".join(f"{_name(section)} {fault}" for section, fault in faults.items()),
        evidence=(Evidence(_headings(record.headings)),),
        actions=tuple(_action(section, arguments, change) for section in faults),
    )


def _fault(present: bool, text: str, title: str, arguments: ChangeRecord) -> str | None:  # noqa: FBT001 - private
    if not present:
        return "missing"
    length = visible_length(text)
    if not length:
        return "is empty"
    if is_placeholder(text, title):
        return "is only a placeholder"
    if length < arguments.min_characters:
        return f"too short ({length} of {arguments.min_characters} characters)"
    return None


def _headings(headings: tuple[str, ...]) -> str:
    seen = listed((plain(heading, 40) or "(blank)" for heading in headings), 10)
    return f"headings seen: {seen or 'none'}"


def _action(section: Section, arguments: ChangeRecord, change: Change) -> Action:
    who = (plain(change.opener.login),) if change.opener else ()
    length = f"{arguments.min_characters}+ characters"
    what = f'add a "{section.heading}" section ({length}) to the description'
    return Action(who, what, template(section))


def _name(section: Section) -> str:
    return section.heading.lower()


def _all_of(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
