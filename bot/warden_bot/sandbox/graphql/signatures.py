"""Signatures of commits, one type for each kind of key."""

from warden_bot.sandbox.graphql.actors import User
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.state import CommitSignature


class GitSignature(Node):
    """What GitHub found out about a signature."""

    it: CommitSignature

    @property
    def is_valid(self) -> bool:
        """Whether GitHub vouches for it."""
        return self.it.state == "VALID"

    @property
    def was_signed_by_git_hub(self) -> bool:
        """Whether it is GitHub's own."""
        return self.it.by_github

    @property
    def signer(self) -> User | None:
        """Whose key it is."""
        return User(self.it.signer) if self.it.signer else None


class GpgSignature(GitSignature):
    """Made with a GPG key."""

    @property
    def key_id(self) -> str:
        """Which one."""
        return self.it.key


class SshSignature(GitSignature):
    """Made with an SSH key."""

    @property
    def key_fingerprint(self) -> str:
        """Which one."""
        return self.it.key


class SmimeSignature(GitSignature):
    """Made with a certificate."""


class UnknownSignature(GitSignature):
    """Made with something that GitHub does not know."""


_KINDS = {kind.__name__: kind for kind in (GpgSignature, SshSignature, SmimeSignature)}


def signature(it: CommitSignature) -> GitSignature:
    """The node for a signature."""
    return _KINDS.get(it.kind, UnknownSignature)(it)
