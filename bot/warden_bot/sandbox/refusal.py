"""How the stand-in says no: one exception for people, REST and git alike."""


class Refusal(Exception):
    """GitHub refused an action.

    `status` is the HTTP status of the refusal, `message` GitHub's words for it, `accepted` the
    permission that would have sufficed (`checks=write`), for `X-Accepted-GitHub-Permissions`.
    """

    def __init__(self, status: int, message: str, *, accepted: str | None = None) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message
        self.accepted = accepted


def not_found() -> Refusal:
    """What GitHub answers both for what does not exist and for what the caller may not see."""
    return Refusal(404, "Not Found")


def unprocessable(message: str) -> Refusal:
    """The request was understood and breaks a rule."""
    return Refusal(422, message)
