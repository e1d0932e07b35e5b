"""A stateful stand-in for GitHub on 127.0.0.1, for `changewarden demo` and for the tests.

It speaks REST, GraphQL, git's smart HTTP and webhooks, and enforces the rules GitHub enforces.
The product reaches it like any GitHub: through its API address. See `Sandbox`.
"""

from warden_bot.sandbox.faults import Gate
from warden_bot.sandbox.git import Content, Executable, Identity, Submodule, Symlink
from warden_bot.sandbox.people import SandboxRepository, Written
from warden_bot.sandbox.refusal import Refusal
from warden_bot.sandbox.sandbox import GITHUB_ACTIONS, Sandbox
from warden_bot.sandbox.state import (
    Account,
    CommitSignature,
    RequiredCheck,
    ReviewState,
    Role,
    Team,
)
from warden_bot.sandbox.traffic import Exchange, Observer, ReceivedRequest
from warden_bot.sandbox.webhooks import Delivery

__all__ = [
    "GITHUB_ACTIONS",
    "Account",
    "CommitSignature",
    "Content",
    "Delivery",
    "Exchange",
    "Executable",
    "Gate",
    "Identity",
    "Observer",
    "ReceivedRequest",
    "Refusal",
    "RequiredCheck",
    "ReviewState",
    "Role",
    "Sandbox",
    "SandboxRepository",
    "Submodule",
    "Symlink",
    "Team",
    "Written",
]
