"""GitHub in, a `Change` out: every page is read, everything is pinned to one base and head."""

from warden_bot.github.snapshot.files import Files
from warden_bot.github.snapshot.policy_files import POLICY_PATH, PolicyFile
from warden_bot.github.snapshot.take import Snapshot, take_snapshot

__all__ = ["POLICY_PATH", "Files", "PolicyFile", "Snapshot", "take_snapshot"]
