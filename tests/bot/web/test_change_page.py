"""The page of one change over a real store."""

import html
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.bot.web.reading import ONE, block, page, twin, words
from tests.bot.web.story import ALLOWED, BLOCKED, BROKEN_POLICY, OPENED, PENDING, Book, numbered
from warden_bot.ledger.keys import Signer, public_pem
from warden_bot.store.database import FILE_NAME, writing_engine
from warden_bot.store.tables import evidence


def stale(book: Book) -> None:
    book.decided(ALLOWED)
    book.failed(ALLOWED, "GitHub answered 502")


def bypassed(book: Book) -> None:
    book.decided(BLOCKED)
    book.merged(BLOCKED)


PAGES: list[tuple[str, Callable[[Book], None], list[str]]] = [
    (
        "blocked",
        lambda book: book.decided(BLOCKED),
        [
            "Blocked: rollback plan missing (2 of 3 done)",
            '→ ana : add a "Rollback plan" section (20+ characters) to the description',
            "Nothing else is needed.",
            "bob, 14:02 UTC on 7be01d4",
            "Not counted: bob's approval of 1c22e90: new commits were pushed after it",
            "headings seen: Reason",
            "## Rollback plan <!-- How is this undone",
            "Open · by ana · fee → main · head 7be01d4 · 2 files, +12 −3",
        ],
    ),
    (
        "waiting",
        lambda book: book.decided(PENDING),
        [
            "Waiting: 0 of 2 approvals (2 of 3 done)",
            "→ bob : review the new commits and approve 7be01d4",
            "→ somebody with write access who is not a contributor : review and approve 7be01d4",
        ],
    ),
    (
        "allowed",
        lambda book: book.decided(ALLOWED),
        ["Change record complete (3 of 3)", "it can ship", "reason and rollback plan given"],
    ),
    (
        "policy broken",
        lambda book: book.decided(ALLOWED, BROKEN_POLICY),
        [
            "Could not decide: .github/changewarden.yml:3:3: missing key 'require' and 1 more",
            "What is wrong with the policy file",
            ".github/changewarden.yml:4:5 unknown key 'requird', did you mean 'require'?",
        ],
    ),
    (
        "policy missing",
        lambda book: book.decided(ALLOWED, None),
        ["there is no such file (main at ba5e000)", "Policy file there was none"],
    ),
    (
        "out of date",
        stale,
        [
            "Could not be decided again: GitHub answered 502",
            "may be out of date: Change record complete (3 of 3)",
        ],
    ),
    (
        "merged",
        Book.story,
        [
            "Merged as 3f9c2e7 Change record complete (3 of 3).",
            "bob's approval of 1c22e90 dropped: new commits were pushed after it",
            "Allowed, was blocked",
            "First decision: blocked",
            "Entry #5 is under this signed checkpoint",
        ],
    ),
    (
        "merged anyway",
        bypassed,
        ["Merged as 3f9c2e7 although it was not allowed"],
    ),
]


@pytest.mark.parametrize(
    ("tell", "said"), [pytest.param(tell, said, id=name) for name, tell, said in PAGES]
)
def test_a_change_page_says(
    client: FlaskClient, book: Book, tell: Callable[[Book], None], said: list[str]
) -> None:
    tell(book)
    text = words(page(client, ONE))
    assert [sentence for sentence in said if sentence not in text] == []


def test_a_stale_green_is_never_shown_as_good(client: FlaskClient, book: Book) -> None:
    stale(book)
    assert "it can ship" not in page(client, ONE)
    assert 'class="chip pass"' not in page(client, "/changes")


def test_the_twins_agree_with_the_pages(client: FlaskClient, book: Book) -> None:
    book.story(numbered(OPENED, 7, "Charge the fee once"))
    book.decided(numbered(PENDING, 8, "Split the worker"), state="open")
    listed, shown = twin(client, "/changes.json"), page(client, "/changes")
    assert listed["schema"] == "changewarden.changes/v1"
    for change in listed["changes"]:
        name = f"{change['repository']}#{change['number']}"
        assert f"{name} · by {change['opener']}" in words(shown)
        one = twin(client, f"/changes/{change['repository']}/{change['number']}.json")
        assert one["schema"] == "changewarden.change-page/v1"
        assert {key: one[key] for key in ("title", "verdict", "state", "head_sha")} == {
            key: change[key] for key in ("title", "verdict", "state", "head_sha")
        }
        text = words(page(client, f"/changes/{change['repository']}/{change['number']}"))
        assert one["decision"]["verdict"] == one["verdict"]
        for requirement in change["requirements"]:
            assert f"{requirement['name']} " in text
        for entry in one["entries"]:
            assert f"{entry['headline']} {' '.join(entry['notes'])}".strip() in text
            assert f"#{entry['entry']['sequence']} {entry['leaf_hash'][:8]}" in text
        assert " ".join(one["entries"][0]["checkpoint"].split()) in text


def test_a_name_is_found_whatever_its_case(client: FlaskClient, book: Book) -> None:
    book.decided(OPENED)
    assert "acme/shop" in page(client, "/changes/Acme/SHOP/7")


def test_a_long_history_is_cut_and_says_so(
    client: FlaskClient, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warden_bot.web.pages.routes.MAX_ENTRIES", 2)
    book.story()
    text = words(page(client, ONE))
    assert "The latest 2 entries." in text
    assert "Allowed, was blocked" in text
    assert "Still blocked" not in text
    assert "First decision" not in text
    assert twin(client, f"{ONE}.json")["more"]


def test_a_record_that_was_altered_says_so(client: FlaskClient, book: Book, tmp_path: Path) -> None:
    book.decided(BLOCKED)
    _exchange(tmp_path, b"rollback plan missing", b"rollback plan perfect")
    text = words(page(client, ONE))
    assert "This record was altered" in text
    assert not twin(client, f"{ONE}.json")["entries"][0]["intact"]


def _exchange(folder: Path, old: bytes, new: bytes) -> None:
    """What somebody with the database file could do."""
    engine = writing_engine(folder / FILE_NAME)
    with engine.begin() as connection:
        for row in connection.execute(evidence.select()).all():
            if old in row.content:
                forged = row.content.replace(old, new)
                connection.execute(
                    update(evidence).where(evidence.c.digest == row.digest).values(content=forged)
                )
    engine.dispose()


def test_an_erased_change_leaves_its_decision(
    client: FlaskClient, book: Book, tmp_path: Path
) -> None:
    book.decided(BLOCKED)
    digest = twin(client, f"{ONE}.json")["decision"]["change_digest"]
    engine = writing_engine(tmp_path / FILE_NAME)
    with engine.begin() as connection:
        connection.execute(evidence.delete().where(evidence.c.digest == digest))
    engine.dispose()
    text = words(page(client, ONE))
    assert "Blocked: rollback plan missing" in text
    assert "Open on GitHub" not in text


def test_the_commands_on_the_page_verify_what_is_on_the_page(
    client: FlaskClient, book: Book, signer: Signer, tmp_path: Path
) -> None:
    """An auditor copies text and commands; where openssl 3 is missing this fails, on purpose."""
    book.story()
    text = page(client, ONE)
    (tmp_path / "ledger.pub").write_bytes(public_pem(signer.public_key()))
    (tmp_path / "checkpoint").write_text(html.unescape(block(text, "copy checkpoint")))
    commands = html.unescape(block(text, "copy commands"))
    answer = subprocess.run(
        ["sh", "-e", "-c", commands], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "Signature Verified Successfully" in answer.stdout
