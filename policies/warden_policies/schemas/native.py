"""JSON Schema of `.github/changewarden.yml`: every word, for editors to complete and to check."""

import inspect
from collections.abc import Iterator

from warden_policies.actors import Actors
from warden_policies.language.native import Distinct, Observe
from warden_policies.language.packs import PACKS
from warden_policies.language.pattern_settings import KEY as PATTERNS
from warden_policies.language.pattern_settings import PatternSettings
from warden_policies.language.policy_change import OWNERS
from warden_policies.language.requirements import MAX_NAME
from warden_policies.policy import Dialect
from warden_policies.predicate import Predicate
from warden_policies.predicates import PREDICATES
from warden_policies.schemas.hints import Definitions, Schema


def policy(definitions: Definitions) -> Schema:
    """The schema of a policy; what it refers to is added to the definitions."""
    definitions.made["requirement"] = _named()
    definitions.made["required"] = _tree(definitions, "required", conditions_only=False)
    definitions.made["condition"] = _tree(definitions, "condition", conditions_only=True)
    return {
        "title": "Changewarden policy",
        "description": "What every change to a repository needs before it may be merged.",
        "type": "object",
        "properties": {
            "version": {"const": 1, "description": "The version of the language."},
            "extends": {
                "enum": list(PACKS),
                "description": "A ready policy whose requirements come first.",
            },
            "observe": {
                **definitions.of(Observe),
                "description": "Decide and tell, but stop nobody, until then.",
            },
            "distinct": {
                **definitions.of(Distinct),
                "description": "Lists of requirements; nobody's approval serves two of a list.",
            },
            OWNERS: {
                **definitions.of(Actors),
                "description": "Who must approve a change of the rules themselves.",
            },
            PATTERNS: definitions.of(PatternSettings),
            "requirements": {
                "description": "What is required, under names of your own.",
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"minLength": 1, "maxLength": MAX_NAME},
                "additionalProperties": {"$ref": "#/$defs/requirement"},
            },
        },
        "required": ["version"],
        "anyOf": [{"required": ["requirements"]}, {"required": ["extends"]}],
        "additionalProperties": False,
    }


def _named() -> Schema:
    return {
        "description": "What must hold, and when: always, if it is not said.",
        "type": "object",
        "properties": {
            "when": {"$ref": "#/$defs/condition"},
            "require": {"$ref": "#/$defs/required"},
        },
        "required": ["require"],
        "additionalProperties": False,
    }


def _tree(definitions: Definitions, name: str, *, conditions_only: bool) -> Schema:
    """Words, all of which must hold, with lists of alternatives among them."""
    this: Schema = {"$ref": f"#/$defs/{name}"}
    several: Schema = {"type": "array", "minItems": 1, "items": this}
    composed: Schema = {
        "all": {**several, "description": "Each of these must hold."},
        "any": {**several, "description": "One of these must hold."},
    }
    if conditions_only:
        composed["not"] = {**this, "description": "This must not hold."}
    words = {
        each.name: _word(definitions, each)
        for each in _native()
        if each.condition or not conditions_only
    }
    return {
        "description": "Every word must hold.",
        "type": "object",
        "minProperties": 1,
        "properties": {**words, **composed},
        "additionalProperties": False,
    }


def _native() -> Iterator[Predicate]:
    return (each for _, each in sorted(PREDICATES.items()) if each.dialect is Dialect.NATIVE)


def _word(definitions: Definitions, predicate: Predicate) -> Schema:
    text = inspect.cleandoc(predicate.check.__doc__ or "")
    return {**definitions.of(predicate.arguments), "description": text}
