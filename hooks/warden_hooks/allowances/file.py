"""`.changewarden/allowances.toml`: bytes to entries and back, one entry per line.

The first line holds the key that this repository's fingerprints are made with. **It is not a
secret.** Every clone has to recognise its findings offline, so the key travels with them. It
makes fingerprints useless in tables computed once for everybody, and keeps equal secrets of two
repositories from being linked. It does not protect a password that can be guessed: whoever can
read the file can try guesses against its fingerprints. A real secret is therefore revoked, not
allowed.

Nothing in the file changes by itself: no time of writing, no line number, no counter. Equal
entries give an equal file, byte for byte; entries are sorted, so that two branches rarely touch
the same place.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from warden_hooks.allowances.entry import Entry, stricter

PATH = ".changewarden/allowances.toml"
KEY_BYTES = 32
KEY_COMMENT = "  # no secret, it only names findings; pragma: allowlist secret, gitleaks:allow"
OPENING = "allowances = ["
CLOSING = "]"
ABOUT = "# Findings that are allowed. Written by `changewarden allow`, read by every scan."


@dataclass(frozen=True, slots=True)
class Allowances:
    """What a file says: the key, and the entries by fingerprint."""

    key: bytes = field(repr=False)
    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))

    def with_entry(self, entry: Entry) -> "Allowances":
        """The same with `entry` in place of what was said about its finding."""
        return Allowances(self.key, MappingProxyType({**self.entries, entry.fingerprint: entry}))

    def without(self, fingerprint: str) -> "Allowances":
        """The same, silent about one finding."""
        kept = {name: entry for name, entry in self.entries.items() if name != fingerprint}
        return Allowances(self.key, MappingProxyType(kept))


def allowances(key: bytes, entries: Iterable[Entry]) -> Allowances:
    """Of several entries for one finding the stricter counts."""
    table: dict[str, Entry] = {}
    for entry in entries:
        known = table.get(entry.fingerprint)
        table[entry.fingerprint] = stricter(known, entry) if known else entry
    return Allowances(key, MappingProxyType(table))


def render(file: Allowances) -> bytes:
    """The file's bytes."""
    key = base64.b64encode(file.key).decode()
    lines = [f'key = "{key}"{KEY_COMMENT}', ABOUT, OPENING]
    lines += [entry_line(file.entries[name]) for name in sorted(file.entries)]
    return "".join(f"{line}\n" for line in [*lines, CLOSING]).encode()


def entry_line(entry: Entry) -> str:
    """An entry as its line in the file."""
    texts = ("fingerprint", "rule", "path", "reason", "owner")
    fields = [f"{name} = {_quoted(getattr(entry, name))}" for name in texts]
    fields.append(f"expires = {entry.expires.isoformat()}")
    fields += ["history = true"] if entry.history else []
    return f"  {{{', '.join(fields)}}},"


def decoded_key(text: str) -> bytes | None:
    """The key that `text` encodes, or None when it encodes none."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08X}"
