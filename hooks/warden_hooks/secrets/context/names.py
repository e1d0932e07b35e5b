"""What a name says about the value that it is given: a password, a token, or nothing of the kind.

The last word of a name is what the thing is: a `password_field` is a field. What follows it and
only tells which one (`_prod`, `2`, `_value`) is passed over.
"""

from warden_hooks.secrets.context.wordlist import word_set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD, SECRET, TOKEN, KEY, CREDENTIAL = "password", "secret", "token", "key", "credential"
KINDS = (PASSWORD, SECRET, TOKEN, KEY, CREDENTIAL)

_HEADS = {
    **dict.fromkeys(
        (
            *("password", "passwd", "passphrase", "passcode", "passwords", "pwd", "passwrd"),
            *("userpwd", "passw", "psw", "pswd", "passwort", "kennwort", "senha", "contrasena"),
            *(
                "contraseña",
                "motdepasse",
                "mdp",
                "wachtwoord",
                "haslo",
                "heslo",
                "parola",
                "passord",
            ),
        ),
        PASSWORD,
    ),
    **dict.fromkeys(("secret", "secrets", "secretkey", "clientsecret", "appsecret"), SECRET),
    **dict.fromkeys(
        (
            *("token", "tokens", "accesstoken", "authtoken", "apitoken", "bearer", "bearertoken"),
            *("refreshtoken", "usertoken", "bottoken", "pat"),
        ),
        TOKEN,
    ),
    **dict.fromkeys(
        ("apikey", "apikeys", "accesskey", "authkey", "privatekey", "masterkey", "signingkey"),
        KEY,
    ),
}
"""Words that name a secret whatever stands before them."""
_WEAK_HEADS = {
    **dict.fromkeys(("pass", "pw"), PASSWORD),
    **dict.fromkeys(("key", "keys", "salt", "authkeys"), KEY),
    **dict.fromkeys(("auth", "authorization"), TOKEN),
    **dict.fromkeys(("credential", "credentials", "creds", "cred"), CREDENTIAL),
}
"""Words that name a secret now and then."""
_MAKE_A_KEY_SECRET = word_set(
    """access account admin aes api app application auth authentication authorization client
        consumer crypt crypto decrypt decryption deploy deployment enc encrypt encryption hmac
        integration jwt license licence login master merchant payment priv private project rsa
        secret secure security server service session shared sign signature signing ssh storage
        subscription user webhook write xor"""
)
"""With one of these before it, a key is a secret."""
_OF_OTHER_THINGS = {
    "key": word_set(
        """public pub trusted primary foreign sort partition cache map row index registry object s3
        dict json group lookup idempotency translation i18n config setting settings column field
        storage lock hot short shortcut arrow enter escape delete tab shift ctrl meta alt page
        home end composite unique natural surrogate candidate parent child node hash range
        bucket redis memcache memcached session local query param parameter sitemap message
        label text event state action route routing data react component prop test issue project
        ticket search filter context feature flag metric tag site recaptcha publishable anon
        dedup deduplication correlation permission lang language locale menu order item entity
        resource answer host known template schema property attribute attr name type"""
    ),
    "token": word_set(
        """next authenticity public page pagination continuation continue start end eos bos
        pad padding sep cls mask
        unk unknown special stop cancel cancellation css syntax lexer parser current previous
        last first design color theme csrf xsrf antiforgery invalid bad wrong expired word sub
        image input output prompt completion total max min sync cursor resume change operator
        comment string number keyword identifier symbol eof newline text skip"""
    ),
    "secret": word_set("""docker tls kubernetes k8s invalid bad wrong image pull no top"""),
    "pass": word_set(
        """render first second third last all shader by boarding season tests test one two three
        single multi multiple code compiler opt optimization depth light base low high no can
        did does will must should to if or and not next previous backward forward ir llvm mlir"""
    ),
    "auth": word_set("""no basic require required type use has is with need"""),
    "password": word_set(
        """forgot forgotten reset change invalid bad wrong incorrect no missing show hide toggle
        weak strong enter your confirm_your"""
    ),
}
"""With one of these right before it, the word means something else, or no value of the thing."""
_OTHER_WAYS = word_set(
    """encrypted hashed hash crypted cipher masked redacted obfuscated error err msg message
        label hint placeholder has is show hide enable disable allow require requires max min
        num"""
)
"""Anywhere before it, these say that the value is not the secret itself."""
_PASSED_OVER = word_set(
    """value val string str text txt plain plaintext raw cleartext default defaults dev develop
        development prod production staging stage stg qa uat live local new old current previous
        backup bak temp tmp base64 b64 encoded env var const literal confirmation confirm repeat
        again base primary secondary master replica db database admin root user username owner
        guest me here global internal external main a b c x y v1 v2 v3 eu us test tests sandbox
        demo"""
)
_NO_SECRETS = word_set(
    """url uri urls path paths file files filename filepath dir directory folder name names id
        ids identifier type types kind length len size count hash hashes digest digests checksum
        field fields label labels placeholder hint help error errors message messages msg
        exception regex pattern patterns policy policies rule rules expiry expires expiration
        expire expired ttl timeout lifetime age maxage duration header headers prefix suffix
        format formats algorithm algo alg version endpoint endpoints host hostname port provider
        providers manager managers service services store stores ref refs reference arn index
        column columns table attr attribute attributes param params parameter input form widget
        title icon class style css dom element selector info metadata meta data status state
        action actions event events handler callback func function method methods mode option
        options opts config configuration setting settings schema model view page screen dialog
        modal button link route router module plugin strategy validator validation validators
        generator factory builder parser reader writer loader resolver getter setter helper
        utils util test tests spec mock required enabled disabled visible valid invalid changed
        updated created at date time timestamp iterations rounds cost strength score bits usage
        scope scopes issuer audience claim claims subject owner role roles group groups list set
        map dict array json xml yaml template templates command cmd script prompt question
        description desc comment note notes doc docs example examples sample request response
        result source target origin domain realm zone region location position offset begin end
        start stop range limit max min ring rings pair pairs exchange agreement management vault
        binding bindings env scanner detection detector scanning rotation rotator reset change
        recovery retry storage backend backends engine cache session num number code codes
        letter word words char chars character characters alphabet charset encoding language
        locale tag tags flag flags bit permission permissions alias aliases handle press pressed
        down up listener board frame frames framework stroke space point points stone storefile
        signature sig fingerprint thumbprint grant flow review revoke revocation introspection
        holder provided match matches mismatch equal equals"""
)
"""As the last word these make it a thing that has to do with a secret and is none."""
_ASKING = word_set(
    """get fetch read load find lookup retrieve resolve delete remove validate check verify is
        has generate create make parse decode decrypt hash encrypt test assert expect require
        need want forget reset show hide list describe mask ask prompt input random forgot
        update rotate revoke destroy exists contains compare match t translate gettext it"""
)
"""Verbs whose argument is not the secret: `getPassword("db")`."""


class Telling:
    """What a name says: the kind of secret, and whether it says so beyond doubt."""

    __slots__ = ("kind", "strong")

    def __init__(self, kind: str, *, strong: bool) -> None:
        self.kind = kind
        self.strong = strong


def telling(name: str) -> "Telling | None":
    """What the name says about a value; None when it names no secret."""
    parts = words(name)
    if any(part in _OTHER_WAYS for part in parts[:-1]):
        return None
    sure = True
    while parts:
        last = parts.pop()
        kind = _HEADS.get(last) or _compound(last)
        if kind:
            other = _OF_OTHER_THINGS.get(kind, ())
            return None if parts and parts[-1] in other else Telling(kind, strong=sure)
        if last in _WEAK_HEADS:
            return _weak(last, parts, sure=sure)
        if last in _NO_SECRETS:
            return None
        if not (last in _PASSED_OVER or last.isdigit()):
            sure = False
    return None


def _weak(head: str, before: "list[str]", *, sure: bool) -> "Telling | None":
    kind = _WEAK_HEADS[head]
    if before and before[-1] in _MAKE_A_KEY_SECRET and kind == KEY:
        return Telling(KEY, strong=sure)
    other = _OF_OTHER_THINGS.get(head.removesuffix("s") if kind == KEY else head, ())
    if before and before[-1] in other:
        return None
    return Telling(kind, strong=sure and head == "pass" and bool(before))


def _compound(word: str) -> str:
    """The kind of a word that was written in one: `dbpassword`, `openaiapikey`."""
    for head in ("password", "passwd", "passphrase", "secret", "apikey", "token", "accesskey"):
        if word.endswith(head) and len(word) > len(head):
            return _HEADS[head]
    return ""


def is_question(name: str) -> bool:
    """Whether a function of this name asks for a secret rather than takes one."""
    parts = words(name.rpartition(".")[2])
    return not parts or parts[0] in _ASKING


def words(name: str) -> "list[str]":
    """`dbPassword`, `DB_PASSWORD` and `db-password` are `db` and `password`."""
    return list(_words(name))


def _words(name: str) -> "Iterator[str]":
    start = 0
    for place in range(1, len(name) + 1):
        if place == len(name) or _parts(name, place):
            word = "".join(filter(str.isalnum, name[start:place]))
            start = place
            if word:
                yield word.lower()


def _parts(name: str, place: int) -> bool:
    """Whether a word begins at this place in the name."""
    before, here = name[place - 1], name[place]
    if not here.isalnum() or not before.isalnum():
        return True
    if here.isupper():
        after = name[place + 1] if place + 1 < len(name) else ""
        return not before.isupper() or after.islower()
    return here.isdigit() != before.isdigit() and not before.isupper()
