"""What a value looks like: drawn by lot, made up by a person, or no secret at all.

Everything here is asked of every value that a telling name is given in a commit, so it imports
nothing heavy and uses no regex.
"""

from itertools import pairwise

from warden_hooks.secrets.context.letters import surprise
from warden_hooks.secrets.context.wordlist import word_set, word_tuple
from warden_hooks.secrets.encrypted import is_encrypted

RANDOM, HEX, UUID = "random", "hex", "uuid"
MADE_UP, MIXED, WEAK, WORDS = "made-up", "mixed", "weak", "words"
"""Kinds of values: drawn by lot; made up by a person to satisfy a rule for passwords, or simply
with letters and digits; a password that everybody guesses; words, which may be a password too."""

SHORTEST, LONGEST = 5, 300
SHORTEST_WORD_BY_LOT = 12
"""Letters. Of fewer nobody can tell whether they were drawn."""
_FEWEST_DISTINCT = 4
_FEWEST_PAIRS, _MANY_PAIRS = 5, 12
_SURPRISING = 4.75
"""Bits for a pair of letters; see `letters`."""
_LONG = 16
_ENOUGH_POINTS = 3
_STRONG_SYMBOLS = frozenset("!@#$%^&*+?=~|")
_HEX = frozenset("0123456789abcdefABCDEF")
_TOKEN = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/=_-.~:")

_PLACEHOLDERS = word_tuple(
    """example changeme change_me change-me changeit change_it replace your insert dummy sample
    placeholder xxx *** ... ### todo fixme redacted hidden masked notreal not-real not_real fake
    undefined foobar foo_bar foo-bar lorem ipsum unknown invalid whatever enter_ enter- _here
    -here nothing testing sometest anything something mysecret my_secret my-secret mypass
    my-pass my_pass mytoken my_token my-token myapi my-api my_api"""
)
_CUT_OFF = ("...", "…", "***")
_DUMMY_PARTS = word_set(
    """test tests foo bar baz qux todo none null nil key fake mock abc abcd xyz demo temp tmp my
        some any old new bad wrong good valid first second other another expired hash hashed
        encrypted name value string token random default dev development production"""
)
_GUESSED = word_tuple(
    """secret pass pwd admin root guest user token qwerty asdf abcdef 12345 23456 98765 hunter2
    correcthorse letmein iloveyou welcome monkey dragon postgres mysql oracle mongo redis rabbit
    tiger default"""
)
_LEET = str.maketrans("@4310$57!", "aaeiossti")
_REFERENCES = (
    *("env:", "env.", "vault:", "op://", "ssm:", "arn:", "file:", "ref+", "ref:", "secretref"),
    *("projects/", "aws-sm", "azurekv", "gcp:", "sops:", "keyring:", "akv:", "bao:", "doppler:"),
    *("process.", "os.environ", "config.", "settings.", "secrets.", "self.", "this.", "params."),
    *("var.", "local.", "data.", "module.", "request.", "req.", "options.", "args.", "props."),
    *("env(", "vault.", "lookup(", "crypt(", "!vault", "!ref", "!secret", "<<", "data:", "urn:"),
    "mailto:",
)
_TEMPLATE_MARKS = ("${", "{{", "$(", "%(", "<%", "#{", "{%", "%s", "%v", "%d")
_DIGESTS = (
    *("sha1-", "sha256-", "sha384-", "sha512-", "sha1:", "sha256:", "sha384:", "sha512:", "md5:"),
    *(
        "$1$",
        "$2a$",
        "$2b$",
        "$2y$",
        "$5$",
        "$6$",
        "$argon2",
        "$pbkdf2",
        "pbkdf2_",
        "hmacsha",
        "{ssha",
        "{sha",
    ),
    *("bcrypt", "argon2", "scrypt:", "h1:", "ssh-rsa", "ssh-ed25519", "ecdsa-", "sha512crypt"),
)


def look(value: str) -> "tuple[str, str]":
    """The kind of the value, and what speaks against it: one of the two is empty."""
    doubt = _form_doubt(value) or _content_doubt(value)
    return ("", doubt) if doubt else (_kind(value), "")


def is_reference(start: bytes) -> bool:
    """Whether a text that begins so says where a secret is kept."""
    return start.decode("utf-8", "replace").lower().startswith(_REFERENCES)


def _form_doubt(value: str) -> str:
    if not SHORTEST <= len(value) <= LONGEST:
        return "length"
    if len(set(value)) < _FEWEST_DISTINCT:
        return "repetition"
    if any(map(str.isspace, value)) or not value.isprintable():
        return "prose"
    if doubt := _beginning_doubt(value):
        return doubt
    return "place" if _is_place(value) else "code" if _is_code(value) else ""


def _beginning_doubt(value: str) -> str:
    if is_encrypted(value):
        return "encrypted"
    lowered = value.lower()
    if lowered.startswith(_REFERENCES) or _is_template(value):
        return "reference"
    return "digest" if lowered.startswith(_DIGESTS) else ""


def _is_template(value: str) -> bool:
    """`${NAME}`, `{{ name }}`, `%(name)s`, `%NAME%`, `<name>`, `$name`, `@name@`, `__NAME__`."""
    if any(mark in value for mark in _TEMPLATE_MARKS):
        return True
    if 0 <= value.find("{") < value.rfind("}") or 0 <= value.find("<") < value.rfind(">"):
        return True
    first, last = value[0], value[-1]
    if (first == "[" and last == "]") or (value.startswith("__") and value.endswith("__")):
        return True
    name = value.strip("%@").removeprefix("$").replace("_", "").replace(".", "")
    closed = first in "%@" and last == first
    if first == "&":
        return value[1:].replace("-", "").replace("_", "").isalpha()
    return name.isalnum() and (closed or (first == "$" and not value[1].isdigit()))


def _is_place(value: str) -> bool:
    """A path, an address, a URL, a name of a host or a file."""
    if "://" in value or value.startswith(("/", "./", "../", "~/", "\\\\", "//", "www.")):
        # Base64 may begin with a slash; a path goes on with words.
        return not _is_token_like(value.strip("/"))
    if len(value) > 3 and value[1:3] in {":\\", ":/"}:
        return True
    name, at, host = value.partition("@")
    if at and "." in host and host.replace(".", "").replace("-", "").isalnum() and name:
        return (
            host.rpartition(".")[2].isalpha() and name.replace(".", "").replace("+", "").isalnum()
        )
    if value.count("/") >= 2 and not _is_token_like(value):
        return True
    return value.rpartition(".")[2].lower() in _ENDINGS and "." in value[:-1]


_ENDINGS = word_set(
    """py js ts jsx tsx json yml yaml toml ini cfg conf xml html htm txt md rst pem crt cer key p12
        pfx jks der csr pub gpg asc log sh bat exe dll so jar war zip gz tar png jpg svg gif css go
        rs java rb php c h cpp cs sql db sqlite env com org net io local localhost"""
)


def _is_token_like(value: str) -> bool:
    """Letters and digits in one long run without words."""
    longest = max(value.replace("+", "/").split("/"), key=len)
    return len(longest) >= 12 and _random(longest)


def _is_code(value: str) -> bool:
    """A call, a qualified name, an operator: an expression and not a literal."""
    if "::" in value or "->" in value or "=>" in value or "==" in value or "&&" in value:
        return not value.endswith("==")
    if "(" in value and (value.endswith((")", ");", "(")) or "()" in value):
        return True
    function, bracket, argument = value.partition("(")
    if bracket and function.replace(".", "").isidentifier():
        return not argument or argument.isdigit() or argument[0] in "$'\""
    parts = value.replace("!.", ".").replace("?.", ".").split(".")
    return len(parts) > 1 and all(part.isidentifier() and not _random(part) for part in parts)


def _content_doubt(value: str) -> str:
    if _is_number_or_date(value):
        return "number"
    if _is_counted(value):
        return "sequence"
    lowered = value.lower()
    if value.endswith(_CUT_OFF):
        return "placeholder"
    if any(part in lowered for part in _PLACEHOLDERS) and not _outweighs(value):
        return "placeholder"
    parts = _parts(lowered)
    if any(part in _DUMMY_PARTS for part in parts) and not _outweighs(value):
        return "placeholder"
    return ""


def _outweighs(value: str) -> bool:
    """Whether so much of it is random that a word in it is chance, or only a prefix."""
    longest = max(_runs(value), key=len, default="")
    return len(longest) >= 20 and _random(longest)


def _runs(value: str) -> "list[str]":
    for mark in "_-.:":
        value = value.replace(mark, " ")
    return value.split()


def _parts(lowered: str) -> "list[str]":
    spaced = "".join(letter if letter.isalpha() else " " for letter in lowered)
    return spaced.split()


def _is_number_or_date(value: str) -> bool:
    bare = value.strip("+-").replace(".", "").replace(",", "").replace("_", "").replace("-", "")
    bare = bare.replace(":", "").replace("/", "").replace("%", "")
    if bare.isdigit():
        return True
    return bare[:8].isdigit() and bare[8:9] in {"T", "t"} and bare[9:15].isdigit()


def _is_counted(value: str) -> bool:
    """Neighbours in the alphabet or on the keyboard, again and again: `abcdef123456`."""
    steps = [ord(after) - ord(before) for before, after in pairwise(value.lower())]
    return sum(step in {0, 1} for step in steps) * 2 > len(steps) + 2


def _kind(value: str) -> str:
    bare = value.replace("-", "")
    if len(value) == 36 and len(bare) == 32 and set(bare) <= _HEX:
        return UUID
    if len(value) >= 24 and set(value) <= _HEX:
        return HEX
    if _random(value):
        return RANDOM
    points = _points(value)
    lowered = value.lower()
    plain = lowered.translate(_LEET)
    if points <= _ENOUGH_POINTS and any(word in lowered or word in plain for word in _GUESSED):
        return WEAK
    if points >= _ENOUGH_POINTS:
        return MADE_UP
    return MIXED if points and len(value) >= 8 and sum(map(str.isdigit, value)) >= 2 else WORDS


def _random(value: str) -> bool:
    """Whether letters and digits follow each other as if by lot."""
    if len(value) < 10:
        return False
    pairs, bits = surprise(value)
    if value.isalpha():
        return (
            len(value) >= SHORTEST_WORD_BY_LOT
            and bits >= _SURPRISING * pairs
            and not _is_camel(value)
        )
    if not any(map(str.isdigit, value)):
        return pairs >= _MANY_PAIRS and bits >= (_SURPRISING + 0.25) * pairs
    if value.isalnum() and len(value) < _LONG:
        return len(value) >= SHORTEST_WORD_BY_LOT and sum(
            _class(one) != _class(other) for one, other in pairwise(value)
        ) * 2 >= len(value)
    enough = len(value) >= _LONG or pairs >= 9
    if pairs >= _FEWEST_PAIRS and bits >= _SURPRISING * pairs and enough:
        return True
    return _turns_often(value) and bits >= (_SURPRISING - 0.75) * pairs


def _class(letter: str) -> tuple[bool, bool]:
    return letter.isdigit(), letter.isupper()


def _turns_often(value: str) -> bool:
    """Whether letters and digits take turns in it, in a form that tokens have."""
    turns = sum(
        before.isdigit() != after.isdigit()
        for before, after in pairwise(value)
        if before.isalnum() and after.isalnum()
    )
    return len(value) >= _LONG and set(value) <= _TOKEN and turns * 5 >= len(value)


def _is_camel(letters: str) -> bool:
    """Whether capitals part it into words rather than letters: `weeksInWeekYear`."""
    humps = sum(after.isupper() and not before.isupper() for before, after in pairwise(letters))
    return bool(humps) and len(letters) >= 3.5 * (humps + 1)


def _points(value: str) -> int:
    """How much it looks like what a person makes up to satisfy a rule for passwords."""
    symbols = sum(letter in _STRONG_SYMBOLS for letter in value.rstrip("=").lstrip("@$%"))
    digits = sum(map(str.isdigit, value))
    letters = sum(map(str.isalpha, value))
    lower, upper = any(map(str.islower, value)), any(map(str.isupper, value))
    if not letters or "_" in value or value.count("-") > 1 or value.count(".") > 1:
        return 0
    return (
        2 * bool(symbols)
        + bool(digits)
        + (lower and upper)
        + (len(value) >= 10 and bool(digits or symbols))
    )
