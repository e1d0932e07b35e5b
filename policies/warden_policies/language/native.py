"""The native language: `.github/changewarden.yml`, named requirements and what each requires.

The words under `require:` are the table of predicates; their arguments are read by the type that
each predicate declares. Adding a predicate is adding a word.
"""

import unicodedata
from collections.abc import Mapping
from typing import Annotated

from warden_policies.canonical import digest
from warden_policies.codec import INVALID, check_keys, read, unknown_word
from warden_policies.constraints import OneOf
from warden_policies.language import pattern_settings
from warden_policies.language.yaml_source import YamlSource, read_yaml
from warden_policies.policy import InvalidPolicy, Policy, PolicyError, Question, Requirement
from warden_policies.predicates import PREDICATES
from warden_policies.problem import Path, Problem, Problems
from warden_policies.text import listed

_VERSION = Annotated[int, OneOf((1,))]
_MAX_NAME = 60


def parse_policy(source: bytes, path: str) -> Policy:
    """The policy that a file's bytes spell; `path` is how errors and records name the file.

    Raises:
        InvalidPolicy: every error at once, in the order of the text. No other exception is
            raised, whatever the bytes.
    """
    text = read_yaml(source)
    problems = Problems()
    requirements = _document(text.data, problems)
    errors = _errors(text, problems.all(), path)
    if errors:
        raise InvalidPolicy(errors, digest(source))
    return Policy(path, digest(source), requirements)


def _errors(text: YamlSource, found: tuple[Problem, ...], path: str) -> tuple[PolicyError, ...]:
    """Both readers' problems by place, without those that only follow from a refused value."""
    own = (problem for problem in found if not _follows(problem.path, text.broken))
    errors = {
        PolicyError(path, mark.line, mark.column, problem.message)
        for problem in (*text.problems, *own)
        for mark in (text.place(problem),)
    }
    return tuple(sorted(errors, key=lambda error: (error.line or 0, error.column or 0)))


def _follows(path: Path, broken: frozenset[Path]) -> bool:
    return any(path[:length] in broken for length in range(len(path) + 1))


def _document(data: object, problems: Problems) -> tuple[Requirement, ...]:
    if not isinstance(data, dict):
        what = "the policy is empty" if data is None else "a policy is a mapping"
        problems.add((), f"{what}: expected 'version: 1' and 'requirements:'")
        return ()
    required = ("version", "requirements")
    check_keys(data, (*required, pattern_settings.KEY), required, (), problems)
    pattern_settings.read_settings(data, problems)
    if "version" in data:
        read(_VERSION, data["version"], ("version",), problems)
    if "requirements" not in data:
        return ()
    return _requirements(data["requirements"], ("requirements",), problems)


def _requirements(data: object, path: Path, problems: Problems) -> tuple[Requirement, ...]:
    if not isinstance(data, dict) or not data:
        problems.add(path, "expected at least one requirement, such as 'Peer review:'", at_key=True)
        return ()
    _check_names(data, path, problems)
    return tuple(
        Requirement(name, _require(value, (*path, name), problems)) for name, value in data.items()
    )


def _check_names(data: Mapping[str, object], path: Path, problems: Problems) -> None:
    """Names are free text, but two that look alike would be one to a reader of a decision."""
    seen: set[str] = set()
    for name in data:
        if not 1 <= len(name) <= _MAX_NAME or not name.isprintable() or name != name.strip():
            message = f"a requirement's name is 1 to {_MAX_NAME} printable characters"
            problems.add((*path, name), message, at_key=True)
        alike = unicodedata.normalize("NFKC", name).casefold()
        if alike in seen:
            problems.add((*path, name), "another requirement has the same name", at_key=True)
        seen.add(alike)


def _require(data: object, path: Path, problems: Problems) -> tuple[Question, ...]:
    if not isinstance(data, dict):
        problems.add(path, "expected 'require:' with what must hold", at_key=True)
        return ()
    check_keys(data, ("require",), ("require",), path, problems)
    return _questions(data["require"], (*path, "require"), problems) if "require" in data else ()


def _questions(data: object, path: Path, problems: Problems) -> tuple[Question, ...]:
    if not isinstance(data, dict) or not data:
        message = f"'require' is empty: expected some of {listed(sorted(PREDICATES), 50)}"
        problems.add(path, message, at_key=True)
        return ()
    return tuple(
        Question(word, arguments)
        for word, value in data.items()
        if (arguments := _arguments(word, value, (*path, word), problems)) is not INVALID
    )


def _arguments(word: str, value: object, path: Path, problems: Problems) -> object:
    if word not in PREDICATES:
        if not problems.full:
            problems.add(path, unknown_word("requirement", word, sorted(PREDICATES)), at_key=True)
        return INVALID
    return read(PREDICATES[word].arguments, value, path, problems)
