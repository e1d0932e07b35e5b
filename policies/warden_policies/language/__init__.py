"""Text -> Policy. One module per language; all of them refuse with every error at once."""

from warden_policies.policy import Dialect, Policy

__all__ = ["parse_policy"]


def parse_policy(source: bytes, path: str, dialect: Dialect = Dialect.NATIVE) -> Policy:
    """The policy that a file's bytes spell; `path` is how errors and records name the file.

    A language is loaded when it is used: who only reads a file's settings pays for neither.

    Raises:
        InvalidPolicy: every error at once, in the order of the text. No other exception is
            raised, whatever the bytes.
    """
    if dialect is Dialect.POLICY_BOT:
        from warden_policies.language.policy_bot import parse_policy_bot  # noqa: PLC0415

        return parse_policy_bot(source, path)
    from warden_policies.language import native  # noqa: PLC0415

    return native.parse_policy(source, path)
