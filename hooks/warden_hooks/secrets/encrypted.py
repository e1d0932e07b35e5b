"""Values that are encrypted: without their key they are no secret. Every commit may ask."""

_BEGINNINGS = (
    *("enc[", "enc(", "pkcs7,", "{cipher}", "{aes}", "{aes256}"),  # SOPS, Jasypt, eyaml, Spring
    *("$ansible_vault;", "-----begin pgp message-----", "-----begin age encrypted file-----"),
    *("age-encryption.org/", "u2fsdgvkx1", "salted__"),  # age; OpenSSL, also in base64
    *("gaaaaab", "aqica", "ciqa", "ciua", "kms:"),  # Fernet; the key services of Amazon and Google
)
"""In small letters."""
_LONGEST = 40
_SEALED_KIND = b"SealedSecret"
_SHORTEST_SEALED = 100


def is_encrypted(value: str) -> bool:
    """Whether the value begins as the output of a tool that encrypts does."""
    return value[:_LONGEST].lower().startswith(_BEGINNINGS)


def is_sealed(value: str, data: bytes) -> bool:
    """Whether the value is one of a Bitnami SealedSecret, which the data then name."""
    return value.startswith("Ag") and len(value) >= _SHORTEST_SEALED and _SEALED_KIND in data
