"""Each rule for those files of one call only in which it may match.

The engine applies every rule to every file of a language, and of what a rule requires it looks only
at the words. A rule that says which paths it is for is not tried elsewhere, and saying so costs
next to nothing: so each is given the list of its files.
"""

import json
from collections.abc import Iterator, Sequence

from warden_hooks.patterns.core import Target
from warden_hooks.patterns.pack import Rule

PLACE = "changewarden"
"""The folder of what needs no path of its own."""
_SPECIAL = frozenset("\\*?[]{}!#")
"""Characters that mean something else in the engine's list of paths."""


def to_targets(candidates: Sequence[Sequence[Rule]], targets: Sequence[Target]) -> Iterator[str]:
    """The rules as the engine reads them; `candidates` are those for each of the targets."""
    rules: dict[str, Rule] = {}
    places: dict[str, list[str]] = {}
    for target, wanted in zip(targets, candidates, strict=True):
        for rule in wanted:
            rules[rule.id] = rule
            places.setdefault(rule.id, []).append(target.path)
    for name, rule in rules.items():
        yield rule.engine if rule.asks_for_path else _limited(rule.engine, places[name])


def _limited(rule: str, paths: Sequence[str]) -> str:
    if any(_SPECIAL & {*path} for path in paths):
        return rule
    include = json.dumps([f"/{path}" for path in dict.fromkeys(paths)])
    return f'{rule[:-1]},"paths":{{"include":{include}}}}}'
