"""What people do in the browser: open, review, discuss and merge pull requests."""

from warden_bot.sandbox.people.base import InRepository
from warden_bot.sandbox.rules import conversations, merges, pulls, reviews
from warden_bot.sandbox.state import Account, Comment, Review, ReviewState


class InBrowser(InRepository):
    """Pull requests, named by number."""

    def open_pull_request(  # noqa: PLR0913 - one argument per field of GitHub's form
        self,
        person: Account,
        head: str,
        title: str,
        body: str = "",
        *,
        base: str = "main",
        draft: bool = False,
    ) -> int:
        """Open a pull request and return its number. A fork's branch is written `eve:branch`."""
        proposal = pulls.Proposal(head, base, title, body, draft)
        return self._do(pulls.open_pull_request, person, proposal).number

    def review(
        self, person: Account, number: int, state: ReviewState | str, body: str = ""
    ) -> Review:
        """Submit a review of the current head."""
        pull = self.pull_request(number)
        opinion = ReviewState(state)
        return self._do(reviews.submit, pull, person, opinion, body or _words(opinion))

    def edit_review(self, person: Account, number: int, review: Review, body: str) -> None:
        """Change the words of a review."""
        self._do(reviews.edit, self.pull_request(number), review, person, body)

    def dismiss_review(
        self, person: Account, number: int, review: Review, message: str = "Out of date."
    ) -> None:
        """Dismiss somebody's review; GitHub wants a reason."""
        self._do(reviews.dismiss, self.pull_request(number), review.id, person, message)

    def comment(self, person: Account, number: int, body: str) -> Comment:
        """Say something in the conversation."""
        return self._do(conversations.comment, self.pull_request(number), person, body)

    def edit_comment(self, person: Account, number: int, comment: Comment, body: str) -> None:
        """Change a comment."""
        self._do(conversations.edit_comment, self.pull_request(number), comment, person, body)

    def delete_comment(self, person: Account, number: int, comment: Comment) -> None:
        """Take a comment away."""
        self._do(conversations.delete_comment, self.pull_request(number), comment, person)

    def add_label(self, person: Account, number: int, name: str) -> None:
        """Put a label on."""
        self._do(conversations.add_label, self.pull_request(number), person, name)

    def remove_label(self, person: Account, number: int, name: str) -> None:
        """Take a label off."""
        self._do(conversations.remove_label, self.pull_request(number), person, name)

    def edit_title(self, person: Account, number: int, title: str) -> None:
        """Change a pull request's title."""
        self._do(pulls.edit, self.pull_request(number), person, pulls.Edit(title=title))

    def edit_body(self, person: Account, number: int, body: str) -> None:
        """Change a pull request's description."""
        self._do(pulls.edit, self.pull_request(number), person, pulls.Edit(body=body))

    def edit_base(self, person: Account, number: int, base: str) -> None:
        """Let a pull request be merged into another branch."""
        self._do(pulls.edit, self.pull_request(number), person, pulls.Edit(base=base))

    def set_draft(self, person: Account, number: int, *, draft: bool) -> None:
        """Convert to a draft, or mark as ready for review."""
        self._do(pulls.set_draft, self.pull_request(number), person, draft=draft)

    def close(self, person: Account, number: int) -> None:
        """Close without merging."""
        self._do(pulls.close, self.pull_request(number), person)

    def reopen(self, person: Account, number: int) -> None:
        """Open again."""
        self._do(pulls.reopen, self.pull_request(number), person)

    def merge(self, person: Account, number: int) -> str:
        """Press "Merge pull request" and return the merge commit's sha."""
        return self._do(merges.merge, self.pull_request(number), person)


def _words(state: ReviewState) -> str:
    """GitHub wants words with everything but an approval."""
    return "" if state is ReviewState.APPROVED else "See above."
