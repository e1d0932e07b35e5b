"""Where in a policy's text a requirement stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from warden_policies.language.policy_bot.yaml_sharing import SharingReader
from warden_policies.language.yaml_source import YamlSource, read_yaml
from warden_policies.policy import Dialect
from warden_policies.problem import Mark, Path

_TOP = Mark(1, 1)


@dataclass(frozen=True, slots=True)
class Places:
    """The marks of a policy's text, by path, and of its requirements or rules, by name."""

    keys: Mapping[Path, Mark]
    values: Mapping[Path, Mark]
    rules: Mapping[str, Mark]
    everything: Mark
    """Where all of them begin."""

    @classmethod
    def of(cls, source: bytes, dialect: Dialect) -> "Places":
        """The places of a text that was read as a policy before."""
        if dialect is Dialect.POLICY_BOT:
            text = read_yaml(source, SharingReader())
            path: Path = ("approval_rules",)
            rules = _named_in_list(text, path)
        else:
            text = read_yaml(source)
            path = ("requirements",)
            rules = {str(at[-1]): mark for at, mark in text.keys.items() if at[:-1] == path}
        return cls(text.keys, text.values, rules, text.keys.get(path, _TOP))

    def at(self, *path: str | int) -> Mark:
        """Where this path, or the nearest one around it, is written."""
        around = [path[:length] for length in range(len(path), -1, -1)]
        found = (self.keys.get(each) or self.values.get(each) for each in around)
        return next((mark for mark in found if mark), _TOP)

    def tells(self, name: str) -> bool:
        """Whether a requirement of this name is written in the text itself."""
        return name in self.rules

    def requirement(self, name: str) -> Mark:
        """Where a requirement is written; at `extends` when it comes from a pack."""
        return self.rules.get(name) or self.keys.get(("extends",), _TOP)


def _named_in_list(text: YamlSource, path: Path) -> dict[str, Mark]:
    """The last entry of each name: that is the one which counts."""
    data = text.data if isinstance(text.data, dict) else {}
    entries = data.get(path[0])
    return {
        str(entry.get("name", "")): text.values[(*path, at)]
        for at, entry in enumerate(entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and (*path, at) in text.values
    }
