"""A stateful stand-in for GitHub on 127.0.0.1, for `changewarden demo` and for the tests.

It speaks REST, GraphQL, git's smart HTTP and webhooks, and enforces the rules GitHub enforces.
The product reaches it like any GitHub: through its API address. See `Sandbox`.
"""

from warden_bot.sandbox.faults import Gate
from warden_bot.sandbox.people import SandboxRepository
from warden_bot.sandbox.refusal import Refusal
from warden_bot.sandbox.sandbox import GITHUB_ACTIONS, Sandbox
from warden_bot.sandbox.state import Account, RequiredCheck, ReviewState, Role
from warden_bot.sandbox.traffic import Exchange, Observer, ReceivedRequest
from warden_bot.sandbox.webhooks import Delivery

__all__ = [
    "GITHUB_ACTIONS",
    "Account",
    "Delivery",
    "Exchange",
    "Gate",
    "Observer",
    "ReceivedRequest",
    "Refusal",
    "RequiredCheck",
    "ReviewState",
    "Role",
    "Sandbox",
    "SandboxRepository",
]
