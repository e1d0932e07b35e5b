"""Whether a value that no format confirms is a password that somebody made for a use."""

import re

_IN_MANUALS = re.compile(
    r"p[a@4][s5$]{2}|s[e3]cr[e3]t|change.?(?:me|it)|replace|your|dummy|sample|example|default|token"
    r"|admin|guest|mysql|postgres|qwerty|letmein|welcome|hunter2|tiger|placeholder|undefined|12345|abcde"
    r"|(?:^|[^a-z])(?:user|root|test|demo|foo|bar|key|fake|mock|none|null|todo|my)(?:$|[^a-z])",
    re.IGNORECASE,
)
_IN_LOGINS = re.compile(
    r"p[a@4][s5$]{2}(?:w[o0]?r?d?)?|pwd|s[e3]cr[e3]t|change.?(?:me|it)|your|some|strong|dummy|sample"
    r"|example|default|token|admin|guest|mysql|mongo|postgres|redis|rabbit|docker|qwerty|letmein"
    r"|welcome|hunter|tiger|placeholder|user|root|test|demo|foo|ba[rz]|key|fake|mock|none|null|todo"
    r"|my|the|local|host|dev|prod|db|12345?6?7?8?9?0?|%[0-9a-f]{2}|[\W_]",
    re.IGNORECASE,
)
_SHORTEST_REST = 5
"""Letters and digits of a password in a URL that are no word of manuals."""
_VARIABLE = re.compile(r"[{}\[\]\s`]|\$[\w(]|%\(|%s|^%\w+%$")
_REFERENCE = re.compile(
    r"[<>{}()\[\]\s`]|\$[\w(]|%\(|%s|^%\w+%$|^[./~]|^@[A-Za-z_]|^#(?:[0-9a-f]{3,8}|[A-Za-z_-]+)$"
    r"|^--|://|->|::|^[A-Za-z_][\w-]{0,30}(?:\.[A-Za-z_][\w-]{0,60})+$"
    r"|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[A-Za-z]\w*(?:[.-]\w+)+[=:]"
)
_CODE = re.compile(
    r"^[A-Za-z_]\w{0,30}(?:[:,]|\??=|=[A-Za-z]+|=\d{1,4})$"  # the next: `action=`, `length=15`
    r"|^[*&!]{1,2}[A-Za-z_][\w.]*$|^={2}|&&|\|\|"  # `*params`, `&tc.Input`, `a&&b`
    r"|^[A-Za-z]\w*(?:\|[A-Za-z]\w*)+$|^[A-Za-z]+(?:/[A-Za-z]+)+$"  # `Buffer|Blob`, `core/key`
    r"|^(?:sha\d+|md5)[=:-]"  # a list of files with their digests
)
_WORD = r"(?:[A-Z]?[a-z]{2,}|[A-Z]{2,}|[A-Z](?=[_\-.]))\d{0,2}"
_WORDS = re.compile(
    rf"{_WORD}(?:[_\-. ]{_WORD}|[_\-. ]\d{{1,2}}(?=[_\-. ])|[A-Z][a-z]{{2,}}\d{{0,2}})*"
    r"[_\-. ]?v?\d{0,3}"
)
_OF_GOOGLE = 16
_MOST_VOWELS = 4
"""Sixteen random letters hold three vowels, a phrase of sixteen letters six; in groups of four, as
Google shows them, there may be one more."""


def is_password(secret: str) -> bool:
    """A password that somebody made for a use: no word of manuals, no reference, not only words.

    For values that no format confirms, where the shipped default is more common than the secret.
    """
    mixed = re.search(r"[A-Za-z]", secret) and re.search(r"[\d\W]", secret)
    if not mixed or _WORDS.fullmatch(secret):
        return False
    return not any(shape.search(secret) for shape in (_IN_MANUALS, _REFERENCE, _CODE))


def is_url_password(secret: str) -> bool:
    """A password between a user and a host, a place where simple ones are real as well.

    It is none when little is left of it without the words of manuals.
    """
    rest = _IN_LOGINS.sub("", secret)
    return len(rest) >= _SHORTEST_REST and not _VARIABLE.search(secret)


def is_app_password(secret: str) -> bool:
    """Sixteen letters that Google chose: no words, and no word of manuals."""
    letters = secret.replace(" ", "")
    most = _MOST_VOWELS + (letters != secret)
    return sum(map(letters.count, "aeiou")) <= most and not _IN_MANUALS.search(letters)


def is_mail_password(secret: str) -> bool:
    """A password, or one that Google chose for an application."""
    if len(secret) == _OF_GOOGLE and secret.isalpha() and secret.islower():
        return is_app_password(secret)
    return is_password(secret)
