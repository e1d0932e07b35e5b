"""What name, value and place come to: the confidence of a secret known by its context."""

import binascii

from warden_hooks.secrets.context import names, values

_SHORTEST_BASE64 = 8
HIGH, MEDIUM, LOW, NONE = 3, 2, 1, 0
"""Numbers, because the enumeration that they stand for costs an import."""

_OF_STRONG_NAMES = {
    values.RANDOM: dict.fromkeys(names.KINDS, HIGH),
    values.HEX: {**dict.fromkeys(names.KINDS, HIGH), names.PASSWORD: MEDIUM},
    values.UUID: {**dict.fromkeys(names.KINDS, MEDIUM)},
    values.MADE_UP: {
        names.PASSWORD: MEDIUM,
        names.SECRET: MEDIUM,
        names.CREDENTIAL: MEDIUM,
        names.TOKEN: LOW,
        names.KEY: LOW,
    },
    values.MIXED: {names.PASSWORD: MEDIUM, names.SECRET: LOW, names.CREDENTIAL: LOW},
    values.WEAK: {names.PASSWORD: LOW, names.SECRET: LOW},
    values.WORDS: {names.PASSWORD: LOW, names.SECRET: LOW},
}
_OF_WEAK_NAMES = {
    values.RANDOM: dict.fromkeys(names.KINDS, MEDIUM),
    values.HEX: dict.fromkeys(names.KINDS, LOW),
    values.MADE_UP: {names.PASSWORD: MEDIUM, names.CREDENTIAL: LOW, names.TOKEN: LOW},
    values.MIXED: {names.PASSWORD: LOW},
}


def verdict(telling: names.Telling, value: str, *, sample: bool, loose: bool) -> tuple[int, str]:
    """How sure it is that a secret is meant, and what speaks against it where nothing is sure.

    `sample` says that the file is one of tests or documentation, `loose` that name and value may
    have come together by chance.
    """
    kind, doubt = values.look(value)
    if not doubt and (text := _in_base64(value)):
        kind, doubt = values.look(text)
    if doubt:
        return NONE, doubt
    if not telling.strong and value.isalpha():
        return NONE, values.WORDS  # letters alone are drawn by lot too seldom for a name like `key`
    by_value = _OF_STRONG_NAMES if telling.strong else _OF_WEAK_NAMES
    level = by_value.get(kind, {}).get(telling.kind, NONE) - sample - loose
    return (level, "") if level > NONE else (NONE, kind)


def _in_base64(value: str) -> str:
    """The text that the value is the base64 of, as in a Kubernetes Secret; empty for none."""
    if len(value) % 4 or len(value) < _SHORTEST_BASE64:
        return ""
    try:
        text = binascii.a2b_base64(value.encode(), strict_mode=True).decode("ascii")
    except ValueError:
        return ""
    return text if text.strip().isprintable() else ""
