"""One value, one byte string."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.builders import BOB
from warden_policies.canonical import canonical_bytes, digest


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        ("é\u2028", '"é\u2028"'.encode()),
        (BOB, b'{"id":2,"kind":"user","login":"bob"}'),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), b'"2026-01-02T03:04:05.000000Z"'),
        (
            datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=2))),
            b'"2026-01-02T01:00:00.000000Z"',
        ),
    ],
)
def test_the_canonical_form(value: object, expected: bytes) -> None:
    assert canonical_bytes(value) == expected


@pytest.mark.parametrize("value", [1.5, {1, 2}, b"x", datetime(2026, 1, 2)])  # noqa: DTZ001 - naive
def test_a_value_with_more_than_one_form_has_none(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical_bytes(value)


def test_a_digest_is_what_sha256sum_prints() -> None:
    assert digest(b"") == (
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
