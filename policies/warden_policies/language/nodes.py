"""What stands under `when:` and `require:` becomes a tree: words, `all`, `any` and `not`.

Every word in a mapping must hold. `any` and `all` take lists of such mappings, `not` takes one; a
requirement cannot be negated, since "not approved yet" is nobody's permission.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warden_policies.codec import INVALID, read
from warden_policies.policy import Combine, Dialect, Group, Node, Question
from warden_policies.predicates import PREDICATES
from warden_policies.problem import Path, Problems
from warden_policies.text import listed
from warden_policies.words import unknown_word

_COMPOSED = ("all", "any")
_NOT = "not"


def read_condition(data: object, path: Path, problems: Problems) -> Group:
    """The tree under `when:`, made of predicates that are conditions."""
    words = sorted(name for name in _native() if PREDICATES[name].condition)
    return _Reader("condition", "when", (*_COMPOSED, _NOT), words, problems).mapping(data, path)


def read_requirement(data: object, path: Path, problems: Problems) -> Group:
    """The tree under `require:`, made of any predicates."""
    words = sorted(_native())
    return _Reader("requirement", "require", _COMPOSED, words, problems).mapping(data, path)


def _native() -> Iterator[str]:
    return (name for name, known in PREDICATES.items() if known.dialect is Dialect.NATIVE)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one tree. `noun` and `key` are how messages call what it reads and where it stands."""

    noun: str
    key: str
    composing: tuple[str, ...]
    words: Sequence[str]
    problems: Problems

    def mapping(self, data: object, path: Path) -> Group:
        """All that stands in a mapping must hold."""
        if not isinstance(data, dict) or not data:
            message = f"'{self.key}' is empty: expected some of {listed(self.words, 50)}"
            self.problems.add(path, message, at_key=True)
            return Group(Combine.ALL, "all", ())
        members = [self._member(word, value, (*path, word)) for word, value in data.items()]
        return Group(Combine.ALL, "all", tuple(node for node in members if node is not None))

    def _member(self, word: str, value: object, path: Path) -> Node | None:
        if word in self.composing:
            return self._composed(word, value, path)
        if word in self.words:
            arguments = read(PREDICATES[word].arguments, value, path, self.problems)
            return Question(word, arguments) if arguments is not INVALID else None
        if not self.problems.full:
            self.problems.add(path, self._unknown(word), at_key=True)
        return None

    def _composed(self, word: str, value: object, path: Path) -> Group | None:
        if word == _NOT:
            return Group(Combine.NOT, _NOT, (self.mapping(value, path),))
        if not isinstance(value, list) or not value:
            message = f"'{word}' takes a list of mappings, such as [{{...}}, {{...}}]"
            self.problems.add(path, message, at_key=True)
            return None
        members = tuple(self.mapping(item, (*path, index)) for index, item in enumerate(value))
        return Group(Combine(word), word, members)

    def _unknown(self, word: str) -> str:
        if word == _NOT:
            return "a requirement cannot be negated: use 'not' under 'when'"
        if word in _native():
            return f"'{word}' is no condition: it can only be required"
        return unknown_word(self.noun, word, (*self.words, *self.composing))
