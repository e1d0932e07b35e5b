"""The ways in which a value is given to a name, in code, configuration, markup and prose.

A form begins at a root: a telling piece of a name. Its regex starts there; the first group is the
name from the root on, the last one that took part is the value. As with the rules, a database or
keywords say where to look, and the regex says what is there.
"""

import re
from typing import NamedTuple

from warden_hooks.secrets.context.ways import (
    BARE,
    CALL,
    ELEMENT,
    FLAG,
    PAIR,
    QUOTED,
    SPACED,
    WAYS,
)

_ROOTS = (
    *("pass", "pwd", "psw", "secret", "token", "key", "cred", "auth", "bearer", "salt", "senha"),
    *("contrase", "kennwort", "wachtwoord", "haslo", "heslo", "parola"),
)
_SHORT_ROOTS = ("pw", "mdp", "pat")
"""Words so short that they have to begin one."""
_ROOTS_OF_CALLS = ("cred", "auth", "login", "connect", "directoryentry")

_NAME = r"[\w.$\x80-\xff-]"
_CLOSE = r"(?:\\{0,3}[\"'`]|[\])}]|\[\d{0,6}\]){0,3}"
_GAP = r"[ \t]{0,12}"
_TYPED = (
    r":[ \t]{0,2}[A-Za-z&'<>\[\]_, |?*.]{1,40}=|[ \t](?:[Aa]s[ \t])?[A-Za-z*\[\]]{3,20}[ \t]{0,2}="
)
_OPERATOR = (
    rf"(?:[:=!<>?|+~]{{0,3}}[=:>?|]|<-|,|[({{]|{_TYPED}|[ \t](?:is|or|eq|of|by|IS|OR|EQ|BY)[ \t:])"
)
_WRAP = r"\s{0,12}(?:[\[(]\s{0,12})?(?:[A-Za-z_&][\w.:]{0,30}\(){0,2}[ \t]{0,2}[rRbBuUfFlL@$]{0,2}"
_STRING = r"(?:\"(?:[^\"\\\r\n]|\\[^\r\n]){0,100}\"|'(?:[^'\\\r\n]|\\[^\r\n]){0,100}')"
_SCHEME = r"(?:(?:[Bb]earer|[Bb]asic|[Tt]oken|[Aa]pi[Kk]ey|[Dd]igest)[ \t]{1,2})?"
_QUOTED = (
    rf"(?:\"{_SCHEME}((?:[^\"\\\r\n]|\\[^\r\n]){{4,300}})\""
    rf"|'{_SCHEME}((?:[^'\\\r\n]|\\[^\r\n]){{4,300}})'"
    rf"|`{_SCHEME}([^`\\\r\n]{{4,300}})`"
    rf"|\\{{1,3}}[\"']{_SCHEME}([^\"'\\\r\n]{{4,300}})\\{{1,3}}[\"'])"
)
_BARE = r"([^\s\"'`<>(){}\[\],;|\\][^\s\"'`<>]{4,299})(?:[\s\"'`<>]|$)"
_COMMANDS = r"\b(?:ENV|ARG|set|setx|SET)[ \t]{1,4}"

_AFTER_THE_NAME = {
    QUOTED: rf"{_CLOSE}{_GAP}{_OPERATOR}{_WRAP}{_QUOTED}",
    SPACED: rf"{_CLOSE}[ \t]{{1,4}}{_QUOTED}",
    BARE: rf"{_CLOSE}{_GAP}(?:=>|:=|:-|[=:]){_GAP}{_SCHEME}{_BARE}",
    FLAG: rf"[ \t]{{1,4}}{_BARE}",
    ELEMENT: r"[^<>\n]{0,100}>\s{0,4}([^<>\n]{5,300})</",
    PAIR: (
        r"[\"']{0,2}\s{0,4}(?:/?>\s{0,40}<(?:string|value)>|[,;]?\s{0,60}[\"']?"
        r"(?:[Vv]alue|[Cc]ontent|[Dd]efault|defaultValue)[\"']?\s{0,4}(?:=>|[=:])\s{0,4})"
        rf"(?:{_QUOTED}|{_BARE})"
    ),
    CALL: (
        rf"[ \t]?=?[ \t]?\(\s{{0,20}}(?:(?:{_STRING}|[^\"'(),\n]{{1,60}}),\s{{0,20}}){{1,3}}"
        rf"{_QUOTED}\s{{0,20}}\)"
    ),
}
_WIDTHS = {QUOTED: 850, SPACED: 705, BARE: 420, FLAG: 370, ELEMENT: 470, PAIR: 775, CALL: 1_385}
"""Bytes. No match is wider."""


class Form(NamedTuple):
    """One way. The fields that rules have too are called the same."""

    id: str
    regex: bytes
    roots: bytes
    """A regex for the places, in text in lower case, at which `regex` may match."""
    width: int
    keywords: tuple[bytes, ...]
    parts: tuple[bytes, ...]
    """The whole of it, once for each root, without groups: for a database."""


def _form(name: str) -> Form:
    whole, short = (_ROOTS_OF_CALLS, ()) if name == CALL else (_ROOTS, _SHORT_ROOTS)
    before = rf"(?:-{_NAME}{{0,40}}|{_COMMANDS}{_NAME}{{0,40}})" if name == FLAG else ""
    after = _AFTER_THE_NAME[name]
    starts = [*map(re.escape, whole), *(rf"(?:\b|_){root}" for root in short)]
    longer = rf"|(?<![a-z0-9])(?:{'|'.join(short)})" if short else ""
    return Form(
        id=name,
        regex=rf"({_NAME}{{2,56}}){after}".encode(),
        roots=rf"{'|'.join(whole)}{longer}".encode(),
        width=_WIDTHS[name],
        keywords=tuple(root.encode() for root in (*whole, *short)),
        parts=tuple(rf"{before}(?i:{root}){_NAME}{{0,40}}{after}".encode() for root in starts),
    )


FORMS = tuple(map(_form, WAYS))
