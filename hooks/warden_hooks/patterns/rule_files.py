"""Rule files, as people write them, made into what the engine reads and what reports say.

A rule file is a semgrep rule file. Ours may say `shared: NAME` as an item of a list, which stands
for the items of `shared/NAME.yml`: what a request is in Python's frameworks is written once. An
item may say `file-holds: [PATTERN..]`, for the engine to be told of it only where all are found.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warden_hooks.patterns.core import Core, rules_document, temporary_folder
from warden_hooks.patterns.formula import TEXT, compact, joined, predicate
from warden_hooks.patterns.parts import LISTS
from warden_policies.language.yaml_source import YamlSource, read_yaml
from warden_policies.rules.pattern_rule import PatternRule, read_pattern_rule
from warden_policies.rules.secret_rule import RuleError

Shared = Callable[[str], bytes]
"""The content of a shared list, by its name. Raises KeyError when there is none."""
_FOR_PEOPLE = ("metadata", "message")
_LIST = "shared"
_HOLDS = "file-holds"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule for the engine, and the same rule for people."""

    about: PatternRule
    rule: Mapping[str, Any]
    examples: Mapping[str, Any]
    needs: tuple[str, ...] = ()
    """Texts of which a file has to hold one for the rule to be about it at all."""
    holds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For some items of its lists, as JSON, the patterns that have to be found in a file."""


def no_shared(name: str) -> bytes:
    """Where there are no shared lists.

    Raises:
        KeyError: always.
    """
    raise KeyError(name)


def compiled(name: str, source: bytes, shared: Shared = no_shared) -> list[Compiled]:
    """The rules in a rule file; `name` is what errors call it.

    Raises:
        RuleError: it cannot be used; the message names the place.
    """
    text = read_yaml(source)
    _require_readable(name, text)
    rules = text.data.get("rules") if isinstance(text.data, dict) else None
    if not isinstance(rules, list) or not rules:
        raise RuleError(f"{name}: expected 'rules:' and a list of rules")
    return [_compiled(name, text, place, shared) for place in range(len(rules))]


def _require_readable(name: str, text: YamlSource) -> None:
    if text.problems:
        problem = text.problems[0]
        mark = text.place(problem)
        raise RuleError(f"{name}:{mark.line}:{mark.column}: {problem.message}")


def _compiled(name: str, text: YamlSource, place: int, shared: Shared) -> Compiled:
    assert isinstance(text.data, dict)  # noqa: S101 - `compiled` made sure
    rule = text.data["rules"][place]
    mark = text.values[("rules", place)]
    where = f"{name}:{mark.line}:{mark.column}"
    if not isinstance(rule, dict):
        raise RuleError(f"{where}: a rule is a mapping")
    try:
        about = read_pattern_rule(rule)
        for_engine = {key: value for key, value in rule.items() if key not in _FOR_PEOPLE}
        engine = dict(_expanded(for_engine, shared)) | {"message": about.id}
        holds = dict(_holds(engine))
    except RuleError as error:
        raise RuleError(f"{where}: {error}") from None
    metadata = rule.get("metadata")
    told = metadata if isinstance(metadata, dict) else {}
    needs = tuple(map(str, told.get("needs", ())))
    return Compiled(about, engine, told.get("examples", {}), needs, holds)


def _holds(engine: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What only concerns us, which is taken out of the items.

    Raises:
        RuleError: it is no list of patterns. Whatever else is wrong the engine will say.
    """
    for name in LISTS:
        listed = engine.get(name)
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, dict) and _HOLDS in item:
                patterns = _patterns(item.pop(_HOLDS))
                yield compact(item), patterns


def _patterns(held: Any) -> tuple[str, ...]:  # noqa: ANN401 - as YAML gives it
    if not isinstance(held, list):
        raise RuleError(f"{_HOLDS} is a list of patterns")
    try:
        return tuple(re.compile(str(pattern)).pattern for pattern in held)
    except re.error as error:
        raise RuleError(f"{_HOLDS}: a pattern cannot be read: {error}") from None


def _expanded(value: Any, shared: Shared) -> Any:  # noqa: ANN401 - as YAML gives it
    if isinstance(value, dict):
        return {key: _expanded(inner, shared) for key, inner in value.items()}
    if isinstance(value, list):
        return [found for item in value for found in _items(item, shared)]
    return value


def _items(item: Any, shared: Shared) -> Iterator[Any]:  # noqa: ANN401 - as YAML gives it
    if not isinstance(item, dict) or item.keys() != {_LIST}:
        yield _expanded(item, shared)
        return
    name = str(item[_LIST])
    try:
        text = read_yaml(shared(name))
    except KeyError:
        raise RuleError(f"there is no shared list {name!r}") from None
    _require_readable(f"shared/{name}.yml", text)
    if not isinstance(text.data, list):
        raise RuleError(f"shared/{name}.yml is not a list")
    yield from _expanded(text.data, shared)


def filters(core: Core, rules: Sequence[Compiled]) -> Mapping[str, Any]:
    """What the engine says that a file must hold for each rule to match: see `prefilter`.

    Raises:
        RuleError: the engine does not understand one of them.
        EngineError: it does not answer.
    """
    engine = [json.dumps(rule.rule) for rule in rules]
    with temporary_folder() as folder:
        # It ends with success whatever the rules are, and tells in passing which it left out.
        for trouble in core.look([], engine, folder).troubles:
            raise RuleError(f"rule {trouble.rule or '?'}: {trouble.what}")
        file = Path(folder, "all.json")
        file.write_text(rules_document(engine), encoding="utf-8")
        formulas = core.prefilters(str(file))
    return {rule.about.id: with_needs(formulas[rule.about.id], rule.needs) for rule in rules}


def with_needs(formula: Any, needs: Sequence[str]) -> Any:  # noqa: ANN401 - as JSON gives it
    """A formula that holds only where one of the texts is, too."""
    if not needs:
        return formula
    one_of = joined("Or", (predicate(TEXT, text) for text in needs))
    return joined("And", [one_of, formula])
