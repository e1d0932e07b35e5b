"""What can go wrong around a decision. A rule that fails is not an error: it is a result."""

from datetime import timedelta


class RetryLaterError(Exception):
    """The surroundings failed for now; the same work may succeed later.

    `after` is how long to wait at least (GitHub's `Retry-After`, or until a limit resets); None
    leaves it to the back-off.
    """

    def __init__(self, message: str, after: timedelta | None = None) -> None:
        super().__init__(message)
        self.after = after


class RefusedError(RetryLaterError):
    """GitHub is well and says no: suspended, not permitted, not valid. Waiting rarely helps."""


class ForbiddenError(RefusedError):
    """The App was not given a permission that the question needs. The message names it."""


class GoneError(Exception):
    """What the work was about does not exist any more (or never did): there is nothing to do."""
