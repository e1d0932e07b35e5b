"""Versions of a file: what has changed is seen with all that a secret may reach to."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.hooks.planted import (
    ALPHANUMERIC,
    BASE64,
    characters,
    github_token,
    password,
    private_key,
)
from tests.hooks.secrets.context.ways_to_write import FOUND, VALUES
from tests.hooks.secrets.layers.encoded import ENCODINGS, in_base64, in_lines
from warden_hooks.history.sweep import Kind, Rules, Sweep
from warden_hooks.history.versions import changes
from warden_hooks.scan import scan_source
from warden_hooks.secrets.context.forms import FORMS
from warden_hooks.secrets.detect_secrets import detect_secrets_engine
from warden_hooks.secrets.load import load
from warden_hooks.secrets.reach import REACH, may_hold_a_block
from warden_hooks.source import SourceFile
from warden_policies.rules import secret_rules
from warden_policies.rules.recipe import bake

FILLER = "".join(f"line {number} of a text that says nothing\n" for number in range(400))
_PUTTY = "\n".join(
    [
        *("PuTTY-User-Key-File-3: ssh-rsa", "Encryption: none", "Comment: x", "Public-Lines: 12"),
        *(characters(BASE64, 64, seed) for seed in range(12)),
        "Private-Lines: 14",
        *(characters(BASE64, 64, seed + 20) for seed in range(14)),
    ]
)
_ENCRYPTED = private_key(kind="ENCRYPTED ", lines=60)
_LONG_CALL = (
    'connect("' + "h" * 99 + '",\n' + '  "' + "d" * 99 + '",\n  "app",\n' + f'  "{password(5)}")'
)

_HOLE = re.compile("|".join(map(re.escape, VALUES)))


def _of_many_lines() -> Iterator[tuple[str, str]]:
    """Path and text of secrets that stand on several lines."""
    for rule in secret_rules().values():
        for number, recipe in enumerate(rule.found):
            text = bake(recipe, f"{rule.id}/{number}").rstrip("\n")
            if "\n" in text:
                yield "notes.txt", text
    for path, texts in FOUND.items():
        for text in texts:
            if "\n" in text:
                yield path, _HOLE.sub(lambda hole: VALUES[hole[0]], text)
    yield from (("key", _PUTTY), ("key", _ENCRYPTED), ("id_rsa", private_key(lines=50)))
    yield "a.py", _LONG_CALL
    yield "a.properties", f"password = {password(6)}{' ' * 900}\n"


SECRETS = sorted(set(_of_many_lines()))


def is_found(rules: Rules, path: str, text: str) -> bool:
    return bool(scan_source(SourceFile(path, text, len(text)), rules.engine, b"k").secrets)


def test_a_secret_is_found_whichever_of_its_lines_comes_last(rules: Rules) -> None:
    """Only a version in which it is not found is one to be compared with."""
    tried = 0
    for path, secret in SECRETS:
        lines = secret.split("\n")
        whole = f"{FILLER}\n{secret}\n\n{FILLER}"
        expected = is_found(rules, path, whole)
        for place, line in enumerate(lines):
            for without in ([], [line[: len(line) // 2]], [line[len(line) // 2 :]], ["?" + line]):
                part = "\n".join([*lines[:place], *without, *lines[place + 1 :]])
                sweep = Sweep(rules)
                kind = sweep.look(b"1", f"{FILLER}\n{part}\n\n{FILLER}".encode(), (path.encode(),))
                found = sweep.look(b"2", whole.encode(), (path.encode(),))
                assert (found is Kind.FOUND) is expected, (path, place, without and "part")
                tried += kind is not Kind.FOUND
    assert tried > len(SECRETS)


_PLAIN = f"{FILLER[:6_000]}\nk = '{github_token()}'\n{FILLER[:6_000]}"
_CLAIMS = json.dumps({"iss": "joe", "text": characters(ALPHANUMERIC, 2_400)})
_HEAD, _BODY = (in_base64(part).rstrip("=") for part in ('{"alg":"HS256","typ":"JWT"}', _CLAIMS))
_WIDE_TOKEN = f"{_HEAD}.{_BODY}.{characters(ALPHANUMERIC, 43)}"
"""Wider, and encoded wider still, than what is looked at around a change."""
_ENCODED = [
    *(("a.txt", in_lines(text)) for text in (_PLAIN, _WIDE_TOKEN)),
    *(
        (f"a.{layer}", encode(text))
        for layer, encode in ENCODINGS.values()
        for text in (_PLAIN[5_000:7_500].replace("\n", " "), f"k = '{github_token()}'")
    ),
]


@pytest.mark.parametrize(("path", "text"), _ENCODED)
def test_what_is_encoded_is_found_whichever_of_its_letters_come_last(
    rules: Rules, path: str, text: str
) -> None:
    whole = f"{FILLER}\n{text}\n{FILLER}"
    expected = is_found(rules, path, whole)
    tried = 0
    for place in range(0, len(text), max(1, len(text) // 60)):
        part = f"{FILLER}\n{text[:place]}?{text[place + 3 :]}\n{FILLER}"
        sweep = Sweep(rules)
        kind = sweep.look(b"1", part.encode(), (path.encode(),))
        found = sweep.look(b"2", whole.encode(), (path.encode(),))
        assert (found is Kind.FOUND) is expected, place
        tried += kind is not Kind.FOUND
    assert tried or not expected


_TEXTS = st.lists(st.sampled_from(["a\n", "b", "\n", "x" * 700, "y" * 3000, "é"]), max_size=12)


_PARTS = st.lists(st.tuples(_TEXTS, st.sampled_from([*"kidn"])), max_size=6)
"""Parts of a text that are kept, inserted, dropped or made new."""


def _two_versions(parts: list[tuple[list[str], str]]) -> tuple[bytes, bytes]:
    before: list[str] = []
    after: list[str] = []
    for number, (texts, fate) in enumerate(parts):
        some = [f"{number}.{place}{text}" for place, text in enumerate(texts)]
        if fate != "i":
            before += some
        if fate != "d":
            after += [text.upper() for text in some] if fate == "n" else some
    return "".join(before).encode(), "".join(after).encode()


@given(_PARTS, st.integers(1, REACH))
def test_whatever_is_new_is_seen_with_all_that_is_near(
    parts: list[tuple[list[str], str]], width: int
) -> None:
    before, after = _two_versions(parts)
    assume(before != after)  # one content is read once
    seen: list[tuple[int, int, int, int]] = []
    for change in changes(before, after):
        assert change.lines in change.around
        place = after.index(change.around, seen[-1][1] if seen else 0)
        end = place + len(change.around)
        assert place == 0 or after[place - 1] == 0x0A, "whole lines"
        assert (change.open_start, change.open_end) == (place > 0, end < len(after))
        seen.append((place, end, place + change.start, place + change.stop))
    for place in range(0, max(1, len(after) - width), 7):
        end = min(len(after), place + width)
        if after[place:end] in before:
            continue
        assert any(
            first <= place and end <= last and start < end and place < stop
            for first, last, start, stop in seen
        ), "what is new is in a change, between the places that are told"


def test_a_few_changes_in_a_long_text_are_seen_as_a_few() -> None:
    lines = [f"line {number} of a text that says nothing\n" for number in range(4_000)]
    before = "".join(lines).encode()
    for place in (10, 900, 2_000, 3_990):
        lines[place] = "another one\n"
    found = list(changes(before, "".join(lines).encode()))
    assert len(found) == 4
    assert sum(len(change.around) for change in found) < 10 * REACH * 2


BASE64_ALONE = {"private-key-der", "pkcs12-key-store", "java-key-store", "keepass-database"}
"""On one line of base64, but for the character before."""
_NOT_ON_ONE_LINE = re.compile(rb"\\s|\\n|\\r|\[\^")


def test_no_secret_reaches_further_except_in_blocks_and_on_one_line() -> None:
    wide = [rule for rule in load(patient=True).table if rule.width > REACH]
    assert {"jwt-token", "encrypted-private-key"} <= {rule.id for rule in wide}
    assert "private-key-der" in {rule.id for rule in wide}
    for rule in wide:
        if rule.id in BASE64_ALONE:
            continue
        of_a_block = may_hold_a_block(rule.regex)
        on_one_line = not _NOT_ON_ONE_LINE.search(rule.regex.removesuffix(b"(?:[^0-9A-Za-z_-]|$)"))
        assert of_a_block or on_one_line, rule.id
    assert all(form.width <= REACH for form in FORMS)


def test_every_key_that_a_plugin_knows_by_its_first_line_is_one_of_a_block() -> None:
    with detect_secrets_engine() as engine:
        headers = [regex.pattern for regex in engine._tokens["PrivateKeyDetector"].denylist]
    assert [header for header in headers if not may_hold_a_block(header.encode())] == [
        "PuTTY-User-Key-File-2"
    ], "of which the body begins within reach"
