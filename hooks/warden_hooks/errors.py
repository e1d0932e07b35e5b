"""What can go wrong around a scan, as opposed to in it."""


class UsageError(Exception):
    """The command cannot be carried out as asked: exit code 2.

    `what` says what is wrong, in the user's terms; `fix` says what to type next.
    """

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what, fix)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        return self.what


class EngineError(Exception):
    """Insecure patterns could not be looked for: exit code 3, never a pass."""
