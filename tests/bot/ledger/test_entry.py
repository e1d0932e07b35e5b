"""An entry has one byte string, and no other bytes are an entry."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bot.ledger.logs import entry
from warden_bot.ledger.entry import MAX_ENTRY, Entry, EntryError, EntryKind
from warden_policies.canonical import canonical_bytes
from warden_policies.model import Repository
from warden_policies.outcome import Verdict

DIGEST = "sha256:" + "0" * 64


def test_the_bytes_are_canonical_json_with_every_field() -> None:
    written = entry(3, policy_digest=None, decision_digest=DIGEST, change_digest=DIGEST).to_bytes()
    assert written.decode() == (
        f'{{"base_sha":"{"a" * 40}","change_digest":"{DIGEST}",'
        f'"decided_at":"2026-03-01T12:03:00.000000Z","decision_digest":"{DIGEST}",'
        f'"engine":"0.1.0","head_sha":"{3:040x}","kind":"decision",'
        '"log":"warden.example/log/42","merge_sha":null,"number":12,"policy_digest":null,'
        '"repository":{"full_name":"octo/shop","id":7},"schema":"changewarden.entry/v1",'
        '"sequence":3,"verdict":"block","work":"7#12@4"}'
    )


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("policy", [None, DIGEST])
def test_an_entry_comes_back(verdict: Verdict, policy: str | None) -> None:
    written = entry(0, verdict=verdict, policy_digest=policy, head_sha="b" * 64)
    assert Entry.from_bytes(written.to_bytes()) == written


def test_the_entry_of_a_merge_names_the_commit_it_made() -> None:
    written = entry(1, kind=EntryKind.MERGE, merge_sha="c" * 40)
    assert Entry.from_bytes(written.to_bytes()) == written


@pytest.mark.parametrize(
    ("kind", "merge_sha"), [(EntryKind.DECISION, "c" * 40), (EntryKind.MERGE, None)]
)
def test_only_a_merge_names_a_merge_commit(kind: EntryKind, merge_sha: str | None) -> None:
    with pytest.raises(EntryError, match="merge_sha"):
        entry(1, kind=kind, merge_sha=merge_sha)


def test_one_instant_has_one_form() -> None:
    utc = datetime(2026, 1, 1, tzinfo=UTC)
    elsewhere = utc.astimezone(timezone(timedelta(hours=5)))
    assert entry(0, decided_at=utc).to_bytes() == entry(0, decided_at=elsewhere).to_bytes()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("log", "two words"),
        ("log", ""),
        ("sequence", -1),
        ("sequence", True),
        ("number", 0),
        ("repository", Repository(id=0, full_name="octo/shop")),
        ("repository", Repository(id=1, full_name="octo")),
        ("repository", Repository(id=1, full_name="octo/shop/x")),
        ("decided_at", datetime(2026, 1, 1)),  # noqa: DTZ001 - naive on purpose
        ("base_sha", "A" * 40),
        ("head_sha", "a" * 39),
        ("policy_digest", "a" * 64),
        ("change_digest", None),
        ("decision_digest", DIGEST.upper()),
        ("engine", ""),
        ("work", "7#12"),
        ("work", "7#12@0"),
    ],
)
def test_a_malformed_value_is_never_an_entry(field: str, value: object) -> None:
    with pytest.raises(EntryError, match=field):
        entry(0, **{field: value})


def changed(**changes: Any) -> bytes:
    """A correct entry's JSON with some members changed, still in canonical form."""
    return canonical_bytes(json.loads(entry(5).to_bytes()) | changes)


GOOD = entry(5).to_bytes()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "not JSON", id="nothing"),
        pytest.param(b"\xff", "not JSON", id="not UTF-8"),
        pytest.param(b"[" * 5000, "not JSON", id="deep"),
        pytest.param(b"1" * 5000, "not JSON", id="long number"),
        pytest.param(b" " * (MAX_ENTRY + 1), "cap", id="too large"),
        pytest.param(b"[]", "schema", id="a list"),
        pytest.param(changed(schema="changewarden.entry/v2"), "schema", id="another schema"),
        pytest.param(GOOD.replace(b'"work"', b'"walk"'), "unknown|missing", id="another field"),
        pytest.param(changed(extra=1), "extra: unknown", id="a field more"),
        pytest.param(changed(repository=1), "repository: not an object", id="flat repository"),
        pytest.param(changed(repository={"id": 1}), "full_name: missing", id="half a repository"),
        pytest.param(changed(repository={"id": [], "full_name": "a/b"}), "id", id="a list as id"),
        pytest.param(changed(log=5), "log", id="a number for text"),
        pytest.param(changed(sequence="5"), "sequence", id="text for a number"),
        pytest.param(changed(kind="rumour"), "rumour", id="another kind"),
        pytest.param(changed(verdict=None), "Verdict", id="no verdict"),
        pytest.param(changed(verdict=[]), "Verdict", id="a list as verdict"),
        pytest.param(changed(decided_at=None), "decided_at", id="no time"),
        pytest.param(changed(decided_at="soonZ"), "isoformat", id="no date"),
        pytest.param(changed(decided_at="0001-01-01T00:00:00+23:00"), "UTC", id="no UTC"),
        pytest.param(changed(decided_at="2026-01-01T00:00:00Z"), "canonical", id="short time"),
        pytest.param(GOOD.replace(b'"sequence":5', b'"sequence":5.0'), "sequence", id="float"),
        pytest.param(GOOD.replace(b'"log"', b' "log"'), "canonical", id="white space"),
        pytest.param(GOOD[:-1] + b',"sequence":5}', "canonical", id="a field twice"),
        pytest.param(b"\xef\xbb\xbf" + GOOD, "not JSON|canonical", id="byte order mark"),
    ],
)
def test_other_bytes_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(EntryError, match=reason):
        Entry.from_bytes(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.sampled_from(sorted(json.loads(GOOD))), _JSON)
def test_any_value_in_any_field_is_an_entry_or_a_clear_refusal(field: str, value: object) -> None:
    data = json.dumps(
        json.loads(GOOD) | {field: value}, sort_keys=True, separators=(",", ":")
    ).encode()
    with suppress(EntryError):
        assert Entry.from_bytes(data).to_bytes() == data


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_with_our_own_error(data: bytes) -> None:
    with pytest.raises(EntryError):
        Entry.from_bytes(data)
