"""GitHub's own description of its API, as the judge of what the sandbox says and hears.

It knows OpenAPI 3.0's `nullable`, path templates, query and body keys, and the bodies of replies
and webhooks. GitHub documents too few error codes, so the usual ones are allowed everywhere;
successes are held to the letter. Messages name places and rules but never values: a value may be
a token.
"""

import functools
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from warden_bot.sandbox import Exchange

SUBSET: Final = Path(__file__).parents[1] / "data" / "github" / "openapi-subset.json.gz"
_URN: Final = "urn:github"
_ALLOWED_ERRORS: Final = frozenset({401, 403, 404, 409, 422, 429, *range(500, 600)})
_COMBINATORS: Final = ("$ref", "allOf", "anyOf", "oneOf")
_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@_formats.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


def _json_schema(node: Any) -> Any:
    """OpenAPI 3.0 in, JSON Schema out; references are made absolute."""
    if isinstance(node, list):
        return [_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _json_schema(value) for key, value in node.items()}
    if isinstance(made.get("$ref"), str):
        made["$ref"] = _URN + made["$ref"]
    return _or_null(made) if made.pop("nullable", None) is True else made


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if any(key in schema for key in _COMBINATORS) or "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    made = schema | {"type": [schema["type"], "null"]}
    if "enum" in schema:
        made["enum"] = [*schema["enum"], None]
    return made


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    template: str
    details: Mapping[str, Any]


class Description:
    """GitHub's description, ready to be asked."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document: dict[str, Any] = _json_schema(document)
        resource = DRAFT202012.create_resource(self._document)
        self._registry: Registry[Any] = Registry().with_resource(_URN, resource)
        self._validators: dict[int, Draft202012Validator] = {}
        self._paths = sorted(
            ((template, _pattern(template)) for template in self._document["paths"]),
            key=lambda pair: pair[0].count("{"),
        )

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a reference stands for."""
        while "$ref" in node:
            found: Any = self._document
            for part in node["$ref"].removeprefix(f"{_URN}#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            node = found
        return node

    def operation(self, method: str, path: str) -> Operation | None:
        """The operation for a request; the path with the fewest variables wins."""
        for template, pattern in self._paths:
            methods = self._document["paths"][template]
            if pattern.fullmatch(path) and method.lower() in methods:
                return Operation(template, methods[method.lower()])
        return None

    def webhook_schema(self, event: str, action: str | None) -> Mapping[str, Any] | None:
        """The schema of an event's body."""
        name = "-".join(filter(None, (event, action))).replace("_", "-")
        found = self._document["x-webhooks"].get(name)
        if found is None:
            return None
        schema: Mapping[str, Any] = found["post"]["requestBody"]["content"]["application/json"][
            "schema"
        ]
        return schema

    def violations(self, schema: Mapping[str, Any], value: object) -> Iterator[str]:
        """Where and which rule a value breaks."""
        validator = self._validators.get(id(schema))
        if validator is None:
            validator = Draft202012Validator(
                dict(schema), registry=self._registry, format_checker=_formats
            )
            self._validators[id(schema)] = validator
        for error in validator.iter_errors(value):
            yield _worded(error)

    def unknown_keys(
        self, schema: Mapping[str, Any], value: object, where: str = "$"
    ) -> Iterator[str]:
        """Keys that the schema has no name for, at any depth."""
        schema = self.resolve(schema)
        if isinstance(value, list) and "items" in schema:
            for item in value:
                yield from self.unknown_keys(schema["items"], item, f"{where}[]")
        if not isinstance(value, dict):
            return
        properties = self._properties(schema)
        for key, item in value.items():
            if properties and key not in properties:
                yield f"{where}: unknown key {key!r}"
            elif key in properties:
                yield from self.unknown_keys(properties[key], item, f"{where}.{key}")

    def _properties(self, schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        schema = self.resolve(schema)
        found: dict[str, Mapping[str, Any]] = {}
        for key in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(key, ()):
                found |= self._properties(part)
        return found | dict(schema.get("properties", {}))


def _worded(error: ValidationError) -> str:
    deepest = best_match(error.context) if error.context else None
    worst = deepest or error
    rule = f"{worst.validator} {worst.validator_value!r}"
    if worst.validator == "required" and isinstance(worst.instance, dict):
        wanted: Any = worst.validator_value
        missing = set(wanted) - set(worst.instance)
        rule = f"missing {sorted(missing)}"
    return f"{worst.json_path}: {rule[:200]}"


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+\})", template)
    made = [
        (".+" if part in {"{ref}", "{path}"} else "[^/]+")
        if part.startswith("{")
        else re.escape(part)
        for part in parts
    ]
    return re.compile("".join(made))


def _corrected(document: dict[str, Any]) -> dict[str, Any]:
    """The description without its two mistakes that matter here.

    The list of installations says that an account is a user *and* an enterprise; the single
    installation, rightly, says *or*. And where some events know that the head of a pull request may
    have lost its repository, others take for granted that it is there.
    """
    listed = document["paths"]["/app/installations"]["get"]["responses"]["200"]
    listed["content"]["application/json"]["schema"] = {
        "type": "array",
        "items": {"$ref": "#/components/schemas/installation"},
    }
    head = document["components"]["schemas"]["pull-request"]["properties"]["head"]["properties"]
    for part in ("repo", "user"):
        head[part] = {"nullable": True, "allOf": [head[part]]}
    return document


@functools.cache
def description() -> Description:
    """The description, read once per process."""
    return Description(_corrected(json.loads(gzip.decompress(SUBSET.read_bytes()))))


class SchemaObserver:
    """Checks all traffic of a sandbox and collects what GitHub would not have said or accepted."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self._description = description()

    def exchange(self, exchange: Exchange) -> None:
        """Check a request and its reply."""
        operation = self._description.operation(exchange.method, exchange.path)
        if operation is None:
            self.violations.append(f"{exchange.method} {exchange.path}: unknown path")
            return
        found = [*self._request(operation, exchange), *self._reply(operation, exchange)]
        name = f"{exchange.method} {operation.template}"
        self.violations.extend(f"{name}: {violation}" for violation in found)

    def webhook(self, event: str, action: str | None, body: bytes) -> None:
        """Check an event's body."""
        schema = self._description.webhook_schema(event, action)
        if schema is None:
            self.violations.append(f"webhook {event}.{action}: unknown event")
            return
        found = self._description.violations(schema, json.loads(body))
        self.violations.extend(f"webhook {event}.{action}: {violation}" for violation in found)

    def _request(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        parameters = map(self._description.resolve, operation.details.get("parameters", ()))
        known = {each["name"]: each["schema"] for each in parameters if each["in"] == "query"}
        for key, value in exchange.query.items():
            if key not in known:
                yield f"unknown query key {key!r}"
            elif not _fits(self._description.resolve(known[key]), value):
                yield f"query key {key!r} has a value that does not fit"
        if exchange.reply.status < 400 or exchange.reply.status >= 500:
            yield from self._body(operation, exchange.request_body)

    def _body(self, operation: Operation, raw: bytes) -> Iterator[str]:
        described = operation.details.get("requestBody")
        if described is None:
            if raw not in {b"", b"{}", b"null"}:
                yield "a body where none is described"
            return
        if not raw and not described.get("required"):
            return
        schema = described["content"]["application/json"]["schema"]
        value = json.loads(raw)
        yield from (f"request {each}" for each in self._description.violations(schema, value))
        yield from (f"request {each}" for each in self._description.unknown_keys(schema, value))

    def _reply(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        status, responses = exchange.reply.status, operation.details["responses"]
        if status >= 400:
            if status not in _ALLOWED_ERRORS and str(status) not in responses:
                yield f"status {status} is not described"
            return
        if str(status) not in responses:
            yield f"status {status} is not described"
            return
        content = self._description.resolve(responses[str(status)]).get("content", {})
        if "application/json" in content:
            schema = content["application/json"]["schema"]
            value = json.loads(exchange.reply.body)
            yield from (f"reply {each}" for each in self._description.violations(schema, value))


def _fits(schema: Mapping[str, Any], value: str) -> bool:
    if schema.get("type") == "integer":
        return value.isdecimal()
    return "enum" not in schema or value in schema["enum"]
