"""Each rule for those files of one call only in which it may match, with those parts that may.

The engine applies every rule to every file of a language, and of what a rule requires it looks only
at the words. A rule that says which paths it is for is not tried elsewhere, and saying so costs
next to nothing: so each is given the list of its files.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from warden_hooks.patterns.core import Answer, Target
from warden_hooks.patterns.pack import Rule, named
from warden_hooks.patterns.parts import Part
from warden_hooks.patterns.prefilter import Text

PLACE = "changewarden"
"""The folder of what needs no path of its own."""
_SPECIAL = frozenset("\\*?[]{}!#")
"""Characters that mean something else in the engine's list of paths."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file of the call, and the rules that may match in it."""

    target: Target
    text: Text
    rules: Sequence[Rule]


@dataclass(frozen=True, slots=True)
class Told:
    """What the engine is told: rules as JSON, and what each of their names stands for."""

    rules: tuple[str, ...]
    names: Mapping[str, str]
    """Our name for the rule."""
    places: Mapping[str, frozenset[int]]
    """The files, by number, that it was meant for."""

    def in_our_words(self, answer: Answer) -> Answer:
        """What the engine answered, with our rules' names, and only about the files that each was
        meant for: two files may be called alike."""
        hits = (
            replace(hit, rule=self.names[hit.rule])
            for hit in answer.hits
            if hit.target in self.places.get(hit.rule, ())
        )
        troubles = (
            replace(each, rule=self.names.get(each.rule, each.rule)) for each in answer.troubles
        )
        return Answer(tuple(hits), tuple(troubles))


def told(candidates: Sequence[Candidate]) -> Told:
    """The rules as the engine reads them.

    A rule that has parts is told once for each set of them that a file may need: what a part costs
    in a file that has no need of it is more than what it costs to read the rule again.
    """
    variants: dict[tuple[str, str], list[int]] = {}
    rules: dict[str, Rule] = {}
    for number, each in enumerate(candidates):
        spoken = cache(partial(Part.for_text, text=each.text))  # of what rules have in common
        for rule in each.rules:
            text = rule.lists.put_into(rule.engine, spoken)
            if text is not None:
                rules[rule.id] = rule
                variants.setdefault((rule.id, text), []).append(number)
    names: dict[str, str] = {}
    places: dict[str, frozenset[int]] = {}
    texts: list[str] = []
    for (name, text), numbers in variants.items():
        # semgrep's own comments may name the part of an id that is behind a dot.
        variant = f"{len(texts)}.{name}" if rules[name].lists else name
        names[variant] = name
        places[variant] = frozenset(numbers)
        limits = [] if rules[name].asks_for_path else [candidates[at].target for at in numbers]
        texts.append(_limited(named(text, variant), limits))
    return Told(tuple(texts), names, places)


def _limited(rule: str, targets: Sequence[Target]) -> str:
    """The rule for these files only; for all when there are none."""
    paths = dict.fromkeys(target.path for target in targets)
    if not paths or any(_SPECIAL & {*path} for path in paths):
        return rule
    include = json.dumps([f"/{path}" for path in paths])
    return f'{rule[:-1]},"paths":{{"include":{include}}}}}'
