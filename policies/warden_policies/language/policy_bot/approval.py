"""`policy: approval:` becomes a tree: names of rules, `and` and `or`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from warden_policies.policy import Combine, Group
from warden_policies.problem import Path, Problems
from warden_policies.words import unknown_word

MAX_DEPTH = 10
"""How deep lists may lie in each other, the one under `approval` being the first."""
MAX_NAMES = 2000
"""How many names of rules a policy may list: each one is evaluated."""

_COMBINES = {"and": Combine.POLICY_BOT_AND, "or": Combine.POLICY_BOT_OR}


def read_approval(
    data: object, rules: Mapping[str, Group], path: Path, problems: Problems
) -> Group:
    """All entries of the list must hold; without any, nothing is asked."""
    reader = _Reader(rules, problems)
    members = () if data is None else reader.entries(data, path, 1)
    return Group(Combine.POLICY_BOT_AND, "approval", members)


@dataclass(slots=True)
class _Reader:
    rules: Mapping[str, Group]
    problems: Problems
    names: int = field(default=0)

    def entries(self, data: object, path: Path, depth: int) -> tuple[Group, ...]:
        """The members of a list that lies in `depth - 1` others."""
        if not isinstance(data, list):
            self.problems.add(
                path, "expected a list of rules' names, '- or: [...]', '- and: [...]'"
            )
            return ()
        if depth > MAX_DEPTH:
            self.problems.add(path, f"nested deeper than the {MAX_DEPTH} levels of policy-bot")
            return ()
        found = (self._entry(item, (*path, index), depth) for index, item in enumerate(data))
        return tuple(member for member in found if member is not None)

    def _entry(self, data: object, path: Path, depth: int) -> Group | None:
        if isinstance(data, str):
            return self._rule(data, path)
        if not isinstance(data, dict) or len(data) != 1:
            message = "expected the name of a rule, or a mapping with the one key 'and' or 'or'"
            self.problems.add(path, message)
            return None
        ((word, value),) = data.items()
        if word not in _COMBINES:
            self.problems.add((*path, word), unknown_word("key", word, _COMBINES), at_key=True)
            return None
        if not isinstance(value, list) or not value:
            self.problems.add(
                (*path, word), f"'{word}' takes a list that is not empty", at_key=True
            )
            return None
        return Group(_COMBINES[word], word, self.entries(value, (*path, word), depth + 1))

    def _rule(self, name: str, path: Path) -> Group | None:
        self.names += 1
        if self.names == MAX_NAMES + 1:
            self.problems.add(path, f"more than {MAX_NAMES} names of rules")
        if name in self.rules:
            return self.rules[name]
        self.problems.add(path, unknown_word("rule", name, tuple(self.rules) or ("none",)))
        return None
