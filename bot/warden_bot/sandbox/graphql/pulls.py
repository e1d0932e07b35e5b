"""Repositories and their pull requests."""

from warden_bot.sandbox.graphql.actors import User, actor
from warden_bot.sandbox.graphql.commits import Commit, Ref, ref
from warden_bot.sandbox.graphql.connections import Connection, Paging, connection
from warden_bot.sandbox.graphql.context import Info, context, query_error, require
from warden_bot.sandbox.graphql.conversations import IssueComment, Label, event
from warden_bot.sandbox.graphql.node import Node
from warden_bot.sandbox.graphql.organizations import CollaboratorConnection, collaborators
from warden_bot.sandbox.graphql.reviews import PullRequestCommit, PullRequestReview
from warden_bot.sandbox.payloads.common import instant, optional_instant
from warden_bot.sandbox.payloads.pulls import html_url_of
from warden_bot.sandbox.payloads.repositories import html_url
from warden_bot.sandbox.state import PullRequest as PullRequestState
from warden_bot.sandbox.state import Repository as RepositoryState


class PullRequest(Node):
    """A pull request."""

    __slots__ = ("repository",)
    it: PullRequestState

    def __init__(self, repository: RepositoryState, pull: PullRequestState) -> None:
        super().__init__(pull)
        self.repository = repository

    @property
    def state(self) -> str:
        """Open, merged, or closed without merging."""
        if self.merged:
            return "MERGED"
        return "OPEN" if self.it.open else "CLOSED"

    @property
    def merged(self) -> bool:
        """Whether it was merged."""
        return self.it.merged_at is not None

    @property
    def closed(self) -> bool:
        """Whether it was merged or closed."""
        return not self.it.open

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft."""
        return self.it.draft

    @property
    def author(self) -> User | None:
        """Who opened it."""
        return actor(self.it.author)

    def url(self, info: Info) -> str:
        """Its page."""
        return html_url_of(context(info).world.urls, self.repository, self.it)

    @property
    def created_at(self) -> str:
        """When it was opened."""
        return instant(self.it.created_at)

    @property
    def updated_at(self) -> str:
        """When anything last happened to it."""
        return instant(self.it.updated_at)

    @property
    def last_edited_at(self) -> str | None:
        """When its description was changed, if it was."""
        return optional_instant(self.it.body_edited_at)

    @property
    def merged_at(self) -> str | None:
        """When it was merged."""
        return optional_instant(self.it.merged_at)

    @property
    def additions(self) -> int:
        """Lines added."""
        return self.repository.git.diff_size(self.it.base_sha, self.it.head_sha).additions

    @property
    def deletions(self) -> int:
        """Lines deleted."""
        return self.repository.git.diff_size(self.it.base_sha, self.it.head_sha).deletions

    @property
    def changed_files(self) -> int:
        """Files changed."""
        return self.repository.git.diff_size(self.it.base_sha, self.it.head_sha).files

    @property
    def base_ref_name(self) -> str:
        """The branch to merge into."""
        return self.it.base_ref

    @property
    def base_ref_oid(self) -> str:
        """The base as the pull request last saw it."""
        return self.it.base_sha

    @property
    def base_ref(self) -> Ref | None:
        """The base branch as it is now."""
        return ref(self.repository, self.it.base_ref)

    @property
    def head_ref_name(self) -> str:
        """The branch to merge."""
        return self.it.head_ref

    @property
    def head_ref_oid(self) -> str:
        """The head commit."""
        return self.it.head_sha

    @property
    def head_ref(self) -> Ref | None:
        """The head branch as it is now."""
        source = self.it.head_repository
        return ref(source, self.it.head_ref) if source else None

    @property
    def head_repository(self) -> "Repository | None":
        """Where the head branch lies."""
        source = self.it.head_repository
        return Repository(source) if source else None

    @property
    def merge_commit(self) -> Commit | None:
        """What merging made."""
        sha = self.it.merge_commit_sha
        return None if sha is None else Commit(self.repository, sha)

    def commits(self, info: Info, **paging: Paging) -> Connection:
        """The commits between base and head, oldest first."""
        found = self.repository.git.commits_between(self.it.base_sha, self.it.head_sha)
        nodes = [PullRequestCommit(Commit(self.repository, commit.sha)) for commit in found]
        return connection(info, nodes, paging)

    def reviews(self, info: Info, **paging: Paging) -> Connection:
        """The reviews, oldest first."""
        nodes = [PullRequestReview(self.repository, review) for review in self.it.reviews]
        return connection(info, nodes, paging)

    def comments(self, info: Info, **paging: Paging) -> Connection:
        """The conversation, oldest first."""
        return connection(info, [IssueComment(each) for each in self.it.comments], paging)

    def labels(self, info: Info, **paging: Paging) -> Connection:
        """The labels, in the order in which the repository got them."""
        labels = sorted(self.it.labels, key=lambda label: label.id)
        return connection(info, [Label(label) for label in labels], paging)

    def timeline_items(
        self, info: Info, item_types: list[str] | None = None, **paging: Paging
    ) -> Connection:
        """What happened, oldest first, of the kinds asked for."""
        events = [event(self.repository, each) for each in self.it.timeline]
        wanted = [each for each in events if item_types is None or each.kind in item_types]
        return connection(info, wanted, paging)


class Repository(Node):
    """A repository."""

    it: RepositoryState

    @property
    def name_with_owner(self) -> str:
        """Owner and name."""
        return self.it.full_name

    @property
    def is_private(self) -> bool:
        """Whether it is private."""
        return self.it.private

    def url(self, info: Info) -> str:
        """Its page."""
        return html_url(context(info).world.urls, self.it)

    @property
    def default_branch_ref(self) -> Ref | None:
        """The branch that people see first; an empty repository has none."""
        return ref(self.it, self.it.default_branch)

    def object(self, info: Info, oid: str) -> Commit | None:
        """The commit of that name."""
        require(info, "contents")
        found = self.it.git.commit_named(oid)
        return Commit(self.it, found) if found == oid else None

    def collaborators(
        self, info: Info, login: str | None = None, **paging: Paging
    ) -> CollaboratorConnection:
        """Everybody who was given access, or the one of that login."""
        require(info, "metadata")
        return collaborators(info, self.it, login, paging)

    def pull_request(self, info: Info, number: int) -> PullRequest:
        """The pull request of that number.

        Raises:
            GraphQLError: NOT_FOUND or FORBIDDEN.
        """
        require(info, "pull_requests")
        found = self.it.pulls.get(number)
        if found is None:
            message = f"Could not resolve to a PullRequest with the number of {number}."
            raise query_error("NOT_FOUND", message)
        return PullRequest(self.it, found)
