"""Rules taken apart into what `parts` puts together again, when the pack is made."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from warden_hooks.patterns.core import Core, rules_document, temporary_folder
from warden_hooks.patterns.formula import REGEXP, compact, joined, of_words, predicate
from warden_hooks.patterns.parts import LISTS, Lists, Part
from warden_hooks.patterns.prefilter import Filter
from warden_hooks.patterns.rule_files import Compiled
from warden_hooks.patterns.spelled import marked, patterns_in, spelled

_Key = tuple[tuple[str, ...], str]
"""Of a pattern: the languages of its rule, and the pattern."""


def split(core: Core, rules: Sequence[Compiled]) -> list[tuple[Mapping[str, Any], Lists]]:
    """Each rule without its lists, and these.

    Raises:
        EngineError: the engine does not say what a file must hold.
    """
    keys = {
        (_languages(rule), pattern)
        for rule in rules
        for _, item in _items(rule)
        for pattern in patterns_in(item)
    }
    formulas = _formulas(core, keys)
    return [
        (
            {name: value for name, value in rule.rule.items() if name not in LISTS},
            _lists(rule, formulas),
        )
        for rule in rules
    ]


def _lists(rule: Compiled, formulas: Mapping[_Key, Any]) -> Lists:
    def words(pattern: str) -> Any:  # noqa: ANN401 - a formula
        return of_words(formulas[_languages(rule), pattern])

    found: dict[str, list[Part]] = {}
    for name, item in _items(rule):
        held = (predicate(REGEXP, each) for each in rule.holds.get(compact(item), ()))
        formula = joined("And", [*held, spelled(item, words)])
        part = Part(Filter(compact(formula)), compact(marked(item, words)))
        found.setdefault(name, []).append(part)
    return Lists(tuple((name, tuple(parts)) for name, parts in found.items()))


def _languages(rule: Compiled) -> tuple[str, ...]:
    return tuple(sorted(rule.about.languages))


def _items(rule: Compiled) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in LISTS:
        for item in rule.rule.get(name, ()):
            yield name, item


def _formulas(core: Core, keys: Collection[_Key]) -> dict[_Key, Any]:
    """What the engine says of each pattern, asked as if it were a rule."""
    if not keys:
        return {}
    named = {f"pattern-{number}": key for number, key in enumerate(sorted(keys))}
    asked = [
        compact(
            {"id": name, "languages": spoken, "message": name, "severity": "INFO", "pattern": text}
        )
        for name, (spoken, text) in named.items()
    ]
    with temporary_folder() as folder:
        file = Path(folder, "patterns.json")
        file.write_text(rules_document(asked), encoding="utf-8")
        said = core.prefilters(str(file))
    return {key: said[name] for name, key in named.items()}
