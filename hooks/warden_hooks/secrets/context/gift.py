"""How a value came to stand beside a name: given to it, or only near it."""

from warden_hooks.secrets.context import names
from warden_hooks.secrets.context.wordlist import word_set

GIVEN, NEAR, NOT_GIVEN = "given", "near", "not given"

_MAKES_A_SECRET = word_set(
    """secret secretstr string str bytes text literal b64decode base64 decode encode from some new
    quote safequote quote_plus getbytes frombase64string tobase64string to_string tostring
    converttosecurestring securestring optional of just value wrap charset nsstring l t default
    buffer uint8array atob btoa utf8 ascii password token credential strip trim lower upper"""
)
"""Functions that give back what they are given, in another shape."""
_QUOTES = "\"'`\\"


def how_given(name: str, between: str, bracket: str) -> str:
    """Whether a value was given to the name, by what stands between the two.

    `bracket` is the one in which they stand alone, as in `put("password", "value")`, or empty.
    """
    if " is" in between.lower():
        return NEAR
    closed = between.lstrip(_QUOTES + "])}")
    if closed.lstrip().startswith(","):
        return _beside(bracket, closed=closed != between)
    return _called(name, between) if "(" in between else GIVEN


def _beside(bracket: str, *, closed: bool) -> str:
    """`check(password, "text")` is a variable beside a text, `("password", "text")` a pair, and
    `["password", "text", "more"]` a list."""
    if not closed:
        return GIVEN if bracket == "{" else NOT_GIVEN
    return GIVEN if bracket else NOT_GIVEN


def _called(name: str, between: str) -> str:
    """By the function whose argument the value is."""
    function = between[: between.rindex("(")].rpartition("(")[2]
    words = names.words(function)
    asked = words[-1] if words else name
    if names.is_question(asked) or "env" in words[-1:]:
        return NOT_GIVEN
    if not words or words[-1] in _MAKES_A_SECRET or function.lower() in _MAKES_A_SECRET:
        return GIVEN
    return NEAR
