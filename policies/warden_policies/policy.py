"""What a repository asks of every change: named requirements, read from one file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One predicate, asked with these arguments (an instance of the predicate's own dataclass)."""

    predicate: str
    arguments: object


@dataclass(frozen=True, slots=True)
class Requirement:
    """What its owner calls it, and the questions that must all be answered with a pass."""

    name: str
    require: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """The requirements of one policy file, all of which must hold.

    `path` is where the file lies in its repository, `digest` the SHA-256 of its bytes.
    """

    path: str
    digest: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, order=True)
class PolicyError:
    """One thing that is wrong with a policy file. Lines and columns count from 1.

    Both are None when no place in the text is to blame: the file is missing, say.
    """

    path: str
    line: int | None
    column: int | None
    message: str

    @property
    def place(self) -> str:
        """`.github/changewarden.yml:7:5`."""
        return self.path if self.line is None else f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        """`.github/changewarden.yml:7:5: unknown key 'requird', did you mean 'require'?`."""
        return f"{self.place}: {self.message}"


class InvalidPolicy(ValueError):
    """A policy file that cannot be used, with every reason, and the digest of its bytes."""

    def __init__(self, errors: tuple[PolicyError, ...], digest: str | None) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors
        self.digest = digest
