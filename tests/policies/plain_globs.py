"""Globs read as they are defined, slowly, and random ones: what the fast ways are compared with."""

from functools import cache

from hypothesis import strategies as st

from warden_policies.glob_syntax import InvalidGlob, Kind, parse_glob


def matches(glob: str, text: str, kind: Kind) -> bool:
    """Whether the glob matches the whole text, by trying every possibility."""
    if kind is Kind.TITLE:
        return _run_matches(glob, text)
    return _segments_match(tuple(glob.split("/")), tuple(text.split("/")))


def _segments_match(globs: tuple[str, ...], segments: tuple[str, ...]) -> bool:
    if not globs:
        return not segments
    if globs[0] == "**":
        return any(
            _segments_match(globs[1:], segments[skipped:]) for skipped in range(len(segments) + 1)
        )
    return bool(
        segments
        and _run_matches(globs[0], segments[0])
        and _segments_match(globs[1:], segments[1:])
    )


@cache
def _run_matches(glob: str, text: str) -> bool:
    if not glob:
        return not text
    if glob[0] == "*":
        return any(_run_matches(glob[1:], text[skipped:]) for skipped in range(len(text) + 1))
    token, rest = glob[0], glob[1:]
    if token == "[":
        token, _, rest = glob[1:].partition("]")
        token = f"[{token}"
    return bool(text) and _is_one(token, text[0]) and _run_matches(rest, text[1:])


def _is_one(token: str, character: str) -> bool:
    if not token.startswith("["):
        return token in ("?", character)
    negated = token[1] == "!"
    members = token[2:] if negated else token[1:]
    inside = False
    while members:
        if members[1:2] == "-" and len(members) > 2:
            inside |= members[0] <= character <= members[2]
            members = members[3:]
        else:
            inside |= members[0] == character
            members = members[1:]
    return inside != negated


def is_path(text: str) -> bool:
    """Whether there can be a file of this name."""
    return not {"", ".", ".."} & {*text.split("/")}


def _is_glob(text: str, kind: Kind) -> bool:
    try:
        parse_glob(text, kind)
    except InvalidGlob:
        return False
    return True


_TOKENS = ("a", "b", "é", ".", "-", "*", "?", "[ab]", "[!a]", "[+-9]", "[!b-]")
_LETTERS = "aab.-/0\né"
_SEGMENT = st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=5).map("".join)
_GLOB = st.lists(_SEGMENT | st.just("**"), min_size=1, max_size=4).map("/".join)

path_globs = _GLOB.filter(lambda text: _is_glob(text, Kind.PATH))
title_globs = st.lists(st.sampled_from((*_TOKENS, "/", " ")), min_size=1, max_size=7).map("".join)
title_globs = title_globs.filter(lambda text: _is_glob(text, Kind.TITLE))
texts = st.text(st.sampled_from(_LETTERS), max_size=12)
paths = st.lists(
    st.text(st.sampled_from(_LETTERS.replace("/", "")), min_size=1, max_size=4),
    min_size=1,
    max_size=4,
).map("/".join)
paths = paths.filter(is_path)
