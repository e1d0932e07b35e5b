"""Accounts, and names in commits."""

from warden_bot.sandbox.git import Identity
from warden_bot.sandbox.graphql.context import Info, context
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.state import Account, AccountType


class User(Node):
    """A person's account."""

    def url(self, info: Info) -> str:
        """The account's page."""
        return f"{context(info).world.urls.web}/{self.it.login}"


class Bot(User):
    """An App's account. GraphQL leaves the `[bot]` off its login."""

    @property
    def login(self) -> str:
        """The App's slug."""
        return str(self.it.login.removesuffix("[bot]"))


def actor(account: Account) -> User | None:
    """The node for an account; what a deleted one did is nobody's."""
    if account.deleted:
        return None
    return Bot(account) if account.type is AccountType.BOT else User(account)


class GitActor(Node):
    """A name and an address in a commit; `it` is an Identity."""

    it: Identity

    def user(self, info: Info) -> User | None:
        """The account that owns the address."""
        account = context(info).world.account_by_email(self.it.email)
        return User(account) if account and account.type is AccountType.USER else None
