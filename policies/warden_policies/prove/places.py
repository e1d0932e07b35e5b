"""Where in a policy's text a requirement stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from warden_policies.language.yaml_source import read_yaml
from warden_policies.problem import Mark, Path


@dataclass(frozen=True, slots=True)
class Places:
    """The marks of a policy's text, by path."""

    keys: Mapping[Path, Mark]
    values: Mapping[Path, Mark]

    @classmethod
    def of(cls, source: bytes) -> "Places":
        """The places of a text that was read as a policy before."""
        text = read_yaml(source)
        return cls(text.keys, text.values)

    def at(self, *path: str | int) -> Mark:
        """Where this path, or the nearest one around it, is written."""
        around = [path[:length] for length in range(len(path), -1, -1)]
        found = (self.keys.get(each) or self.values.get(each) for each in around)
        return next((mark for mark in found if mark), Mark(1, 1))

    def tells(self, name: str) -> bool:
        """Whether a requirement of this name is written in the text itself."""
        return ("requirements", name) in self.keys

    def requirement(self, name: str) -> Mark:
        """Where a requirement is written; at `extends` when it comes from a pack."""
        path = ("requirements", name)
        inherited = self.keys.get(("extends",), Mark(1, 1))
        return self.keys.get(path, inherited)
