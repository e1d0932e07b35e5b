"""Whether a value that no format confirms is a password that somebody made for a use."""

import re

_IN_MANUALS = re.compile(
    r"p[a@4][s5$]{2}|s[e3]cr[e3]t|change.?(?:me|it)|replace|your|dummy|sample|example|default|token"
    r"|admin|guest|mysql|postgres|qwerty|letmein|welcome|hunter2|tiger|placeholder|undefined|12345|abcde"
    r"|(?:^|[^a-z])(?:user|root|test|demo|foo|bar|key|fake|mock|none|null|todo|my)(?:$|[^a-z])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"[<>{}()\[\]\s`]|\$[\w(]|%\(|%s|^%\w+%$|^[./~]|^@[A-Za-z_]|^#(?:[0-9a-f]{3,8}|[A-Za-z_-]+)$|^--|://|->|::"
    r"|^[A-Za-z_][\w-]{0,30}(?:\.[A-Za-z_][\w-]{0,30})+$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$"
    r"|^[A-Za-z]\w*(?:[.-]\w+)+[=:]"
)
_CODE = re.compile(
    r"^[A-Za-z_]\w{0,30}(?:[:,]|\??=|=[a-z]+|=\d{1,4})$"  # the next name: `action=`, `length=15`
    r"|^[*&!]{1,2}[A-Za-z_][\w.]*$|^={2}|&&|\|\|"  # `*params`, `&tc.Input`, `a&&b`
    r"|^[A-Za-z]\w*(?:\|[A-Za-z]\w*)+$|^[A-Za-z]+(?:/[A-Za-z]+)+$"  # `Buffer|Blob`, `core/key`
)
_WORDS = re.compile(
    r"(?:[A-Z]?[a-z]{2,}|[A-Z]{2,})(?:[_\-. ](?:[A-Z]?[a-z]{2,}|[A-Z]{2,})|[A-Z][a-z]{2,})*"
    r"[_\-. ]?v?\d{0,3}"
)


_MOST_VOWELS = 4
"""Sixteen random letters hold three vowels, a phrase of sixteen letters six; in groups of four, as
Google shows them, there may be one more."""


def is_app_password(secret: str) -> bool:
    """Sixteen letters that Google chose: no words, and no word of manuals."""
    letters = secret.replace(" ", "")
    most = _MOST_VOWELS + (letters != secret)
    return sum(map(letters.count, "aeiou")) <= most and not _IN_MANUALS.search(letters)


def is_password(secret: str) -> bool:
    """A password that somebody made for a use: no word of manuals, no reference, not only words.

    For values that no format confirms, where the shipped default is more common than the secret.
    """
    mixed = re.search(r"[A-Za-z]", secret) and re.search(r"[\d\W]", secret)
    if not mixed or _WORDS.fullmatch(secret):
        return False
    return not any(shape.search(secret) for shape in (_IN_MANUALS, _REFERENCE, _CODE))
