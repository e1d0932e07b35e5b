"""How far a secret reaches: what makes two versions of a text comparable by what differs.

Nothing that is found depends on more than the lines it touches and the one before, and it touches
no more than `REACH` bytes; except for keys in blocks of lines. A text that may hold one is always
read whole. Whatever comes to read more of a text than that has to be named here.
"""

REACH = 1_500
"""Bytes. No match of a rule or a form is wider, but for single lines and for key blocks."""


def may_hold_a_block(data: bytes) -> bool:
    """Whether a part of a text may be a part of a wider secret.

    One of these words is in every key block, all of it on one line.
    """
    return b"PRIVATE KEY" in data or b"Private-Lines: " in data or b"client-key-data" in data
