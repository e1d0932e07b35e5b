"""The change record in a description: how people really write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import GOOD_BODY, SAMPLE, decide
from tests.fakes.growth import QUADRATIC, growth
from warden_policies.markdown_outline import Heading, outline
from warden_policies.outcome import Action, Verdict
from warden_policies.record import (
    Section,
    is_placeholder,
    read_record,
    template,
    visible_length,
)

PLAN = "Revert the merge commit and redeploy."


def plan_in(body: str) -> str | None:
    return read_record(body).sections.get(Section.ROLLBACK_PLAN)


@pytest.mark.parametrize(
    "heading",
    ["# Rollback", "## Rollback plan", "###### ROLLBACK PLAN ######", "## Roll-back plan:",
     "## **Rollback plan**", "## 3. Back-out plan", "## 🔙 Rollback", "   ## Rollback\t",
     "Rollback plan\n---", "Rollback plan\n=====", "##\tBackout", "## `Rollback`"],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_section_is_found_by_its_heading(heading: str, line_end: str) -> None:
    body = f"Text\n\n{heading}\n{PLAN}\n".replace("\n", line_end)

    assert plan_in(body) == PLAN


@pytest.mark.parametrize(
    "body",
    [
        "", "Rollback: revert", "**Rollback**\nrevert", "##Rollback\nrevert",
        "    ## Rollback\nrevert", "####### Rollback\nrevert",
        "```\n## Rollback\nrevert\n```", "~~~~md\n```\n## Rollback\n~~~\nrevert",
        "<!-- ## Rollback\nrevert -->", "<!--\n## Rollback\nrevert", "\\## Rollback\nrevert",
        "| Rollback\n---\nrevert", "- Rollback\n---\nrevert",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_section_is_none(body: str) -> None:
    assert plan_in(body) is None


@pytest.mark.parametrize(
    ("body", "plan"),
    [
        (f"## Rollback\n{PLAN}\n## Testing\nall", PLAN),
        (f"## Rollback\n### Step 1\n{PLAN}\n## Testing\nall", PLAN),
        ("## Rollback\n# Top\nnot this", ""),
        (f"# Context\nwhy\n## Rollback\n{PLAN}", PLAN),
        (f"## Rollback\nfirst\n## Testing\nall\n## Back-out plan\n{PLAN}", f"first\n{PLAN}"),
        (f"## Rollback\n<!-- how? -->{PLAN}<!-- -->", PLAN),
        (f"## Rollback\n<!-- how?\n## Testing\n-->\n{PLAN}", PLAN),
        (f"## Rollback\n<!-->{PLAN}", PLAN),
        (f"## Rollback\n{PLAN} <!-- left open", f"{PLAN} <!-- left open"),
        (f"## Rollback\n```sh\n# comment <!--\n{PLAN}\n```\n", f"# comment <!--\n{PLAN}"),
        ("## Rollback\n<br><details><summary>x</summary>", "x"),
        ("## Rollback\n[//]: # (How would you roll this back?)", ""),
        ("## Rollback\n [how]: <> 'How?'\n[1]: https://run.example \"Book\"\n[x]:y", ""),
        (
            "## Rollback\n[^1]: footnote\n[1]: see the runbook",
            "[^1]: footnote\n[1]: see the runbook",
        ),
        ("## Rollback\n```\n[x]: y\n<kbd>\n```", "[x]: y\n<kbd>"),
        ("## Rollback\n<?how ?><!HOW to><kbd title='How'>x</kbd><how/>", "x"),
        (
            "## Rollback\n<https://run.example/1> if 1 < 2 > 0",
            "<https://run.example/1> if 1 < 2 > 0",
        ),
        ("## Rollback\n&nbsp;a &amp; b", "a & b"),
    ],
)
def test_a_section_runs_to_the_next_heading_of_its_level(body: str, plan: str) -> None:
    assert plan_in(body) == plan


def test_every_heading_is_seen_in_order() -> None:
    body = "# A\nB\n===\n```\n# no\n```\n### C #\n"

    assert read_record(body).headings == ("A", "B", "C")
    assert list(outline(body))[1] == Heading(1, "B")


@pytest.mark.parametrize(
    "text",
    ["n/a", "N/A.", "None", "TBD", "TODO: TODO", "- [ ] tbd\n- [ ] todo", "...", "---", "🤷",
     "Not applicable", "_see title_", "same as the title", "lorem ipsum", "x", "aaaaaaaaaaaaaaa",
     "Charge the fee once", "**charge the FEE once!**", "n/a n/a n/a n/a n/a n/a n/a",
     "How is this undone, how long does it take, and who can do it?"],
)  # fmt: skip
def test_what_says_nothing_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text, SAMPLE.title)
    assert (
        decide(
            "change_record: {sections: [rollback_plan], min_characters: 1}",
            body=f"## Rollback\n{text}",
        ).verdict
        is Verdict.BLOCK
    )


@pytest.mark.parametrize(
    "text",
    [PLAN, "No rollback is needed: docs only", "恢复上一个版本并重新部署", "See X1"],
)
def test_what_says_something_is_none(text: str) -> None:
    assert not is_placeholder(text, SAMPLE.title)


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), (" \n\t", 0), ("\u200b\u2800\u3164\u00a0\u034f", 0), ("a b", 2), ("é", 1),
     ("e\u0301", 1), ("\x00a\x00", 1)],
)  # fmt: skip
def test_only_visible_characters_count(text: str, length: int) -> None:
    assert visible_length(text) == length


@pytest.mark.parametrize("section", Section)
def test_our_own_template_left_alone_is_an_empty_section(section: Section) -> None:
    record = read_record(template(section))

    assert record.sections == {section: ""}


def test_a_missing_section_says_which_headings_were_seen_and_what_to_paste() -> None:
    decision = decide(
        "change_record: {sections: [reason, rollback_plan]}", body="## Summary\nx\n## Testing\ny"
    )

    result = decision.result.children[0].children[0]
    assert result.reason == "reason missing; rollback plan missing"
    assert [evidence.text for evidence in result.evidence] == ["headings seen: Summary, Testing"]
    assert result.actions[1] == Action(
        ("ana",),
        'add a "Rollback plan" section (20+ characters) to the description',
        "## Rollback plan\n"
        "<!-- How is this undone, how long does it take, and who can do it? -->\n",
    )


def test_a_complete_record_is_found_in_an_ordinary_description() -> None:
    assert set(read_record(GOOD_BODY).sections) == {Section.REASON, Section.ROLLBACK_PLAN}


@given(st.text())
def test_any_description_can_be_read(body: str) -> None:
    record = read_record(body)

    assert all(is_placeholder(text, "") in (True, False) for text in record.sections.values())


@pytest.mark.parametrize(
    "unit",
    [
        "<!--",
        "<!---->",
        "<a",
        "<a ",
        "[a",
        "[a]: ",
        "&#1;",
        "# ",
        "```\n",
        "- \n",
        "<br",
        "`",
        "a\n---\n",
        " ",
        "## Why\n",
    ],
)
def test_a_hostile_description_costs_time_in_proportion(unit: str) -> None:
    def run(size: int) -> None:
        body = (unit * size)[:size]
        read_record(body)
        decide("change_record: {sections: [reason]}", body=f"## Why\n{body}")

    assert growth(run, 200_000) < QUADRATIC
