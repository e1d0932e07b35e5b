"""What every language shares: the problems of a text become the errors of a policy file."""

from warden_policies.language.yaml_source import YamlSource
from warden_policies.policy import PolicyError
from warden_policies.problem import Path, Problem


def errors_in(text: YamlSource, found: tuple[Problem, ...], path: str) -> tuple[PolicyError, ...]:
    """The problems of the text and those `found` in what it says, by place, for the file `path`.

    What only follows from a value that was refused already is left out.
    """
    own = (problem for problem in found if not _follows(problem.path, text.broken))
    marked = [(text.place(problem), problem.message) for problem in (*text.problems, *own)]
    errors = [PolicyError(path, mark.line, mark.column, message) for mark, message in marked]
    return tuple(
        sorted(dict.fromkeys(errors), key=lambda error: (error.line or 0, error.column or 0))
    )


def _follows(path: Path, broken: frozenset[Path]) -> bool:
    return any(path[:length] in broken for length in range(len(path) + 1))
