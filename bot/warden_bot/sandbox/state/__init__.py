"""What the stand-in knows: accounts, Apps, repositories, pull requests, reviews and checks."""

from warden_bot.sandbox.state.accounts import Account, AccountType, App, Installation, Role, Team
from warden_bot.sandbox.state.checks import CheckRun, CheckSuite, CommitStatus, RequiredCheck
from warden_bot.sandbox.state.pulls import (
    Comment,
    Happened,
    HeadForcePushed,
    Label,
    Labeled,
    PullRequest,
    Review,
    ReviewDismissed,
    ReviewState,
    Unlabeled,
)
from warden_bot.sandbox.state.repositories import CommitSignature, Repository

__all__ = [
    "Account",
    "AccountType",
    "App",
    "CheckRun",
    "CheckSuite",
    "Comment",
    "CommitSignature",
    "CommitStatus",
    "Happened",
    "HeadForcePushed",
    "Installation",
    "Label",
    "Labeled",
    "PullRequest",
    "Repository",
    "RequiredCheck",
    "Review",
    "ReviewDismissed",
    "ReviewState",
    "Role",
    "Team",
    "Unlabeled",
]
