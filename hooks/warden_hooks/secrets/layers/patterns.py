"""Where encoded text may stand: regexes for the database, and for `re` where there is none.

They are what makes looking for encoded text cheap. Each asks for more than an alphabet, so that
ordinary text, digests and pictures have next to no hits: in base64 of ASCII the first three of four
characters can be less than half of the alphabet, in hexadecimal of ASCII every other digit is 0 or
one from 2 to 7. Where a match begins says where it ends, so that every rung names the same ends.
"""

BASE64, HEX, PERCENT = "base64", "hex", "percent"
ESCAPES, CONCATENATION = "escapes", "concatenation"
NOTEBOOK = "notebook"
"""Known by its path and not by a pattern."""

QUARTETS = 6
# Four characters that stand for three of ASCII, or of UTF-16 with its zeros.
_QUARTET = rb"[ACDI-Za-f][AC-HQS-Xgi-nwyz0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]"
_TOKEN = rb"[\w+/=.~-]"
_CODE = rb"u00[0-9A-Fa-f]{2}|x[0-9A-Fa-f]{2}"
_PRINTABLE = rb"u00[2-7][0-9A-Fa-f]|x[2-7][0-9A-Fa-f]"
# What joins strings in one language or another.
_JOIN = rb" \+ |\+| \. |\.| & |&| \.\. |\.\.| \|\| |\|\|| <> | \+\+ | ~ | \^ "
_QUOTE = rb"[\"'`]"

PATTERNS: dict[str, tuple[bytes, ...]] = {
    # A byte order mark may stand before the text.
    BASE64: (rb"(?:^|[^A-Za-z0-9+/_-])(?:77u/)?(?:%b){%d}" % (_QUARTET, QUARTETS),),
    HEX: (rb"(?:[02-7][0-9A-Fa-f]){32}(?:[^0-9A-Fa-f]|$)",),
    PERCENT: (rb"%[2-7][0-9A-Fa-f]",),
    ESCAPES: (
        rb"\\(?:[nrtbfv]|%b)%b{8}" % (_CODE, _TOKEN),
        rb"[=:>,(] ?\\{1,3}[\"']%b{8}" % _TOKEN,
        rb"%b{12}\\(?:/|%b)" % (_TOKEN, _PRINTABLE),
        rb":\\/\\/[^\s\"'<>/@\\]{3,100}@",
        rb"(?:\\x[2-7][0-9A-Fa-f]){8}",
        rb"(?:\\u00[2-7][0-9A-Fa-f]){8}",
    ),
    CONCATENATION: (
        rb"%b(?:%b)[bfruBFRUL@]?%b" % (_QUOTE, _JOIN, _QUOTE),
        rb"\w[\"'] [bfru]?[\"']\w",
    ),
}
"""By layer. A match of the second way to concatenate ends one character behind a quote."""
LAYERS = tuple(PATTERNS)
"""In the order of their numbers."""
