"""The file: equal entries give equal bytes, and what is read back is what was written."""

import tomllib
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hooks.allowances.builders import KEY, TODAY, digits, entry, file_of
from warden_hooks.allowances.entry import Entry, shown_path
from warden_hooks.allowances.file import Allowances, allowances, entry_line, render
from warden_hooks.allowances.parse import BrokenAllowances, parse, read
from warden_hooks.allowances.reason import reason_problem

NAME = ".changewarden/allowances.toml"

_TEXT = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
_OWNERS = _TEXT.filter(str.isprintable)
_REASONS = st.text(min_size=10, max_size=60).filter(lambda text: not reason_problem(text))
_DATES = st.integers(-400, 365).map(lambda days: TODAY + timedelta(days=days))
ENTRIES = st.builds(
    Entry,
    fingerprint=st.integers(0, 30).map(digits),
    rule=st.sampled_from(["url-password", "generic-assigned-secret", "jwt-token"]),
    path=_TEXT,
    reason=_REASONS,
    owner=_OWNERS,
    expires=_DATES,
    history=st.booleans(),
)
FILES = st.builds(allowances, st.binary(min_size=32, max_size=32), st.lists(ENTRIES, max_size=6))

TWO = f"""\
key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="\
  # no secret, it only names findings; pragma: allowlist secret, gitleaks:allow
# Findings that are allowed. Written by `changewarden allow`, read by every scan.
allowances = [
  {{fingerprint = "{digits(1)}", rule = "url-password", path = "app/settings.py", \
reason = "the password of the container in CI", owner = "ana@example.org", expires = 2026-12-23}},
  {{fingerprint = "{digits(2)}", rule = "url-password", path = "né \\\\ \\"b\\".py", \
reason = "the password of the container in CI", owner = "ana@example.org", expires = 2027-01-22}},
]
"""


def test_the_file_is_as_agreed() -> None:
    second = entry(2, days=60, path='né \\ "b".py')
    assert render(file_of(second, entry(1))).decode() == TWO
    assert render(file_of(entry(1), second)).decode() == TWO


@given(FILES)
def test_what_is_written_is_read_back(file: Allowances) -> None:
    data = render(file)
    again = parse(data, NAME, TODAY)
    assert again == file
    assert render(again) == data


@given(FILES)
def test_the_file_is_toml_with_one_entry_per_line(file: Allowances) -> None:
    data = render(file).decode()
    document = tomllib.loads(data)
    assert [item["fingerprint"] for item in document["allowances"]] == sorted(file.entries)
    assert data.count("\n") == 4 + len(file.entries)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(BrokenAllowances):
        assert render(parse(data, NAME, TODAY))


def test_a_path_that_is_no_text_can_be_written() -> None:
    path = shown_path("caf\udce9.py")
    assert path == "caf\\xe9.py"
    file = file_of(entry(path=path))
    assert parse(render(file), NAME, TODAY) == file


def test_line_ends_of_another_system_are_read() -> None:
    file = file_of(entry(1), entry(2))
    assert parse(render(file).replace(b"\n", b"\r\n"), NAME, TODAY) == file


def test_of_two_lines_for_one_finding_the_earlier_end_counts() -> None:
    """What a union merge leaves."""
    early, late = entry(days=10, reason="the sandbox's password"), entry(days=20)
    for pair in ([early, late], [late, early]):
        lines = [entry_line(item) for item in pair]
        data = render(file_of(late)).decode().replace(entry_line(late), "\n".join(lines))
        assert parse(data.encode(), NAME, TODAY) == file_of(early)


def problems(data: str) -> list[tuple[int, str]]:
    _, found = read(data.encode(), NAME, TODAY)
    return [(problem.line, problem.what) for problem in found]


def changed(old: str, new: str) -> str:
    assert old in TWO
    return TWO.replace(old, new, 1)


LINE = f'fingerprint = "{digits(1)}", '


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (changed("reason =", "raeson ="), 4, "unknown key 'raeson', did you mean 'reason'?"),
        (changed("owner =", "x =").replace("x =", "zzz =", 1), 4, "unknown key 'zzz', known are"),
        (changed(', owner = "ana@example.org"', ""), 4, "no 'owner'"),
        (changed('reason = "the password of the container in CI", ', ""), 4, "no 'reason'"),
        (changed(", expires = 2026-12-23", ""), 4, "no 'expires'"),
        (changed("2026-12-23}", "2026-12-23, history = false}"), 4, "'history' is not true"),
        (changed("2026-12-23}", "2026-12-23, history = 1}"), 4, "'history' is not true"),
        (changed(LINE, ""), 4, "no 'fingerprint': a path or a rule alone would allow"),
        (changed("the password of the container in CI", "TODO"), 4, "'reason' needs at least 10"),
        (changed("the password of the container in CI", "false positive"), 4, "does not say why"),
        (changed("the password of the container in CI", "aaaaaaaaaaaaa"), 4, "does not say why"),
        (changed("the password of the container in CI", "two\\nlines of it"), 4, "line break"),
        (changed("ana@example.org", " "), 4, "'owner' is empty"),
        (changed("2026-12-23", "2026-12-32"), 4, "not an entry in TOML"),
        (changed("2026-12-23", '"2026-12-23"'), 4, "'expires' is not a date"),
        (changed("2026-12-23", "2026-12-23T00:00:00Z"), 4, "'expires' is not a date"),
        (changed("2026-12-23", "2027-11-24"), 4, "'expires' is 366 days away, and 365 is the most"),
        (changed('"url-password"', "7"), 4, "'rule' is not a text"),
        (changed('"url-password"', '""'), 4, "'rule' or 'path' is empty"),
        (changed(digits(1), digits(1)[:6]), 4, "'fingerprint' is not 64 hexadecimal digits"),
        (changed(digits(1), digits(1).replace("1", "A")), 4, "not 64 hexadecimal digits"),
        (changed(digits(1), digits(3)), 5, "not sorted by fingerprint"),
        (changed("2026-12-23},", "2026-12-23}"), 4, "no comma at the end"),
        (changed("},", "}, # because"), 4, "not an entry in TOML"),
        (changed("allowances = [", "allowances = [\n<<<<<<< HEAD"), 4, "unresolved merge conflict"),
        (changed("allowances = [", 'key = "AA=="\nallowances = ['), 3, "a second key"),
        (changed("allowances = [", "[[allowances]]"), 3, "neither an entry nor a comment"),
        (changed("]\n", ""), 6, "no line  ]"),
        (changed("]\n", "]\nmore\n"), 7, "neither an entry nor a comment"),
        (changed("key =", "# key ="), 1, "the first line has to be  key ="),
        (changed("AAEC", "AA"), 1, "the first line has to be  key ="),
        ("", 1, "the first line has to be  key ="),
    ],
)
def test_everything_else_is_refused_with_its_line(data: str, line: int, what: str) -> None:
    found = problems(data)
    assert any(number == line and what in text for number, text in found), found


def test_every_problem_is_told_at_once_with_what_to_do() -> None:
    data = changed("reason =", "raeson =").replace("2027-01-22", "2999-01-01").encode()
    with pytest.raises(BrokenAllowances) as raised:
        parse(data, NAME, TODAY)
    assert raised.value.what == (
        "the allowances cannot be read, so nothing is allowed\n"
        f"  {NAME}:4: unknown key 'raeson', did you mean 'reason'?\n"
        f"  {NAME}:4: no 'reason'\n"
        f"  {NAME}:5: 'expires' is 355055 days away, and 365 is the most"
    )
    assert raised.value.fix == (
        "correct or remove it\n"
        "       add it, or write the entry with changewarden allow ID --reason TEXT\n"
        "       changewarden allow ID --reason TEXT --days N"
    )


def test_only_a_wrong_order_is_put_right_by_sorting() -> None:
    _, found = read(changed(digits(1), digits(3)).encode(), NAME, TODAY)
    assert [problem.only_order for problem in found] == [True]
    _, found = read(changed("reason =", "raeson =").encode(), NAME, TODAY)
    assert not any(problem.only_order for problem in found)


@pytest.mark.parametrize("data", [b"\xff", b"key = \n\xe9", b"x" * 10_000_001])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenAllowances):
        parse(data, NAME, TODAY)


def test_a_key_is_not_shown_by_accident() -> None:
    assert repr(KEY) not in repr(file_of(entry()))
