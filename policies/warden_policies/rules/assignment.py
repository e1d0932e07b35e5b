"""A value that is assigned to a telling name, in any of the ways that code and configuration do.

Many providers' keys have no format of their own: thirty-two hexadecimal digits are a key only
because the name beside them says whose. This is the one place that knows how such a pair is
written: `NAME = "v"`, `name: v`, `"name": "v"`, `name => 'v'`, `env["NAME"] = "v"`, `--name=v`,
`-DNAME=v`, `<name>v</name>`, `set name v`.
"""

import re
from collections.abc import Sequence

# Two are enough for `Data__Dog`. How the hook's database is made relies on this very text.
_SEPARATOR = r"[\s_.-]{0,2}"
_REST_OF_THE_NAME = r"[\w.-]{0,40}"
_OPERATOR = r"""["'`\]\)]{0,3}\s{0,4}(?:=>|:=|[=:>,]|\()\s{0,4}(?:[\w.]{1,20}\()?["'`]{0,3}"""
_WORD = re.compile(r"\^?[a-z0-9]+(?: [a-z0-9]+)*")
_START = r"(?:\b|_)"


def assignment(names: Sequence[str], value: str) -> str:
    """The regex for `value` assigned to a name that holds one of `names`.

    A name is lower-case words parted by single blanks; the blanks stand for nothing, a blank, a
    dot, a dash or an underscore, so that `data dog` is `datadog`, `DATA_DOG` and `data-dog`. With
    `^` in front it begins a word: `^box key` is in `MY_BOX_KEY` and not in `sandbox_key`.

    Raises:
        ValueError: a name is not written so.
    """
    wrong = [name for name in names if not _WORD.fullmatch(name)]
    if wrong or not names:
        raise ValueError(f"names are lower-case words: {wrong or names}")
    either = "|".join(
        name.replace("^", _START).replace(" ", _SEPARATOR) for name in sorted(names, key=len)[::-1]
    )
    return rf"(?i:{either})(?i:{_REST_OF_THE_NAME}){_OPERATOR}({value})(?:[^\w+/=-]|$)"


def keywords_of(names: Sequence[str]) -> tuple[str, ...]:
    """The literal part of each name: its longest word, which every way to write it contains."""
    return tuple(sorted({max(name.strip("^").split(" "), key=len) for name in names}))
