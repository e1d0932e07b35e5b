"""A checkpoint: the log's size and root, signed, in the text form of C2SP tlog-checkpoint.

    origin
    size
    base64(root)

    — origin base64(key id ‖ signature)

It is a C2SP signed note with an Ed25519 signature over the first three lines, each with its
newline. Our logs sign under their own origin and write no extension lines, so none are accepted.
Sources: https://c2sp.org/tlog-checkpoint and https://c2sp.org/signed-note.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from warden_bot.ledger.keys import Signer
from warden_bot.ledger.tree import HASH_SIZE, require_hash

MAX_TEXT = 64 * 1024
"""Characters; room for far more than the 16 signatures that a verifier has to accept."""

ORIGIN = re.compile(r"[^\s+\x00-\x1f\x7f\ud800-\udfff]+")
"""What can name a log and, as the notes' format demands, its key."""

_ED25519 = b"\x01"
_KEY_ID_SIZE = 4
_SIGNATURE_SIZE = 64
_SIZE = re.compile(r"0|[1-9][0-9]{0,19}", re.ASCII)
_SIGNATURE_LINE = re.compile(r"\u2014 (\S+) (\S+)")


class CheckpointError(ValueError):
    """A text that is not a checkpoint of the log, or not one that its key signed."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log looked like at one size.

    `origin` names the log and its key: a URL without a scheme, such as `example.org/log/42`.

    Raises:
        ValueError: the origin, the size or the root cannot be written as a checkpoint.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not ORIGIN.fullmatch(self.origin):
            raise ValueError(
                f"{self.origin!r} cannot name a log: use a URL without a scheme, spaces or plus"
                " signs, such as example.org/log"
            )
        if self.size < 0:
            raise ValueError(f"a log cannot have {self.size} entries")
        require_hash(self.root)

    def body(self) -> bytes:
        """The bytes that are signed: three lines, the last newline included."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n".encode()


def key_id(name: str, public_key: Ed25519PublicKey) -> bytes:
    """The four bytes that say which key signed: a hint for finding it, not a protection."""
    material = name.encode() + b"\n" + _ED25519 + public_key.public_bytes_raw()
    return hashlib.sha256(material).digest()[:_KEY_ID_SIZE]


def sign(checkpoint: Checkpoint, key: Signer) -> str:
    """The checkpoint as a signed note."""
    body = checkpoint.body()
    signature = key_id(checkpoint.origin, key.public_key()) + key.sign(body)
    return f"{body.decode()}\n\u2014 {checkpoint.origin} {_base64(signature)}\n"


def verify(text: str, public_key: Ed25519PublicKey, origin: str) -> Checkpoint:
    """The checkpoint in `text`, when the log's key signed it.

    Signatures of other keys (witnesses, a key to come) are passed over, as the note format asks;
    any wrong signature under the log's own name and key id refuses the whole note.

    Raises:
        CheckpointError: malformed, of another log, not signed by the key, or altered.
    """
    body, signature_lines = _split(text)
    checkpoint = _parse_body(body, origin)
    ours = _signatures_of(signature_lines, origin, key_id(origin, public_key))
    if not ours:
        raise CheckpointError(
            f"no signature by the key {key_id(origin, public_key).hex()} of {origin}:"
            " the checkpoint was signed by another key, or not at all"
        )
    for signature in ours:
        try:
            public_key.verify(signature, body.encode())
        except InvalidSignature:
            raise CheckpointError(
                f"the signature of the checkpoint at size {checkpoint.size} is not valid:"
                " its text was altered or another key signed it"
            ) from None
    return checkpoint


def _split(text: str) -> tuple[str, list[str]]:
    """The signed text and the signature lines, parted by the last empty line."""
    if len(text) > MAX_TEXT:
        raise CheckpointError(f"a checkpoint of {len(text)} characters is over the {MAX_TEXT} cap")
    if re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", text):
        raise CheckpointError("a checkpoint has no control characters and no lone surrogates")
    body, separator, signatures = text.rpartition("\n\n")
    if not separator or not signatures.endswith("\n"):
        raise CheckpointError("a checkpoint is a text, an empty line and signature lines")
    return body + "\n", signatures.removesuffix("\n").split("\n")


def _parse_body(body: str, origin: str) -> Checkpoint:
    lines = body.removesuffix("\n").split("\n")
    if len(lines) != 3:
        raise CheckpointError(f"a checkpoint has the lines origin, size, root; got {len(lines)}")
    if lines[0] != origin:
        raise CheckpointError(f"a checkpoint of {lines[0]!r}, not of {origin!r}")
    if not _SIZE.fullmatch(lines[1]):
        raise CheckpointError(f"line 2: {lines[1]!r} is not a size")
    root = _decode(lines[2], "line 3")
    if len(root) != HASH_SIZE:
        raise CheckpointError(f"line 3: a root has {HASH_SIZE} bytes, got {len(root)}")
    return Checkpoint(origin, int(lines[1]), root)


def _signatures_of(lines: list[str], name: str, wanted_id: bytes) -> list[bytes]:
    found = []
    for line in lines:
        match = _SIGNATURE_LINE.fullmatch(line)
        if not match:
            raise CheckpointError("a signature line is an em dash, a key name and a signature")
        signature = _decode(match[2], "a signature line")
        if match[1] == name and signature[:_KEY_ID_SIZE] == wanted_id:
            found.append(_without_key_id(signature))
    return found


def _without_key_id(signature: bytes) -> bytes:
    if len(signature) != _KEY_ID_SIZE + _SIGNATURE_SIZE:
        raise CheckpointError(
            f"a signature has {_KEY_ID_SIZE} + {_SIGNATURE_SIZE} bytes, got {len(signature)}"
        )
    return signature[_KEY_ID_SIZE:]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decode(text: str, where: str) -> bytes:
    """Strict base64: one text for one value, so that nothing can be altered without being seen."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise CheckpointError(f"{where}: not base64") from error
    if _base64(data) != text:
        raise CheckpointError(f"{where}: not base64 in its one canonical form")
    return data
