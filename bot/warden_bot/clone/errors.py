"""Why git could not answer. None of these ever counts as a proof of anything."""


class CloneError(Exception):
    """Something that was asked of git is not known; the message says why, in plain words."""


class GitFailedError(CloneError):
    """git reported an error where none was expected: no network, no such commit, or damage."""


class TimedOutError(CloneError):
    """The time for the question is over."""


class OutOfRoomError(CloneError):
    """The clone would take more room on disk than it may."""


class TooMuchError(CloneError):
    """The question is larger than what is answered."""
