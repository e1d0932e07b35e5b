"""Git, as the stand-in uses it: through the program itself, on bare repositories."""

from warden_bot.sandbox.git.commits import CommitInfo, Identity
from warden_bot.sandbox.git.repository import BareRepository, DiffSize, git_environment
from warden_bot.sandbox.git.trees import (
    Content,
    Executable,
    FileDiff,
    Submodule,
    Symlink,
    TreeEntry,
)
from warden_bot.sandbox.git.writing import MergeCommit, NewCommit

__all__ = [
    "BareRepository",
    "CommitInfo",
    "Content",
    "DiffSize",
    "Executable",
    "FileDiff",
    "Identity",
    "MergeCommit",
    "NewCommit",
    "Submodule",
    "Symlink",
    "TreeEntry",
    "git_environment",
]
