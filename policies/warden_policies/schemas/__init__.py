"""JSON Schemas of the documents that people and programs write for us, made from the code."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from warden_policies.codec import ChangeFile
from warden_policies.decision_file import DecisionFile
from warden_policies.replay import StoredFile
from warden_policies.scenario.words import SuiteWords
from warden_policies.schemas import native
from warden_policies.schemas.hints import Definitions, Schema

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def _document(kind: type, title: str) -> Callable[[Definitions], Schema]:
    return lambda definitions: {"title": title, **definitions.of(kind)}


_MAKERS: Final[Mapping[str, Callable[[Definitions], Schema]]] = {
    "policy": native.policy,
    "policy-test": _document(SuiteWords, "Tests of a Changewarden policy"),
    "snapshot-v1": _document(ChangeFile, "changewarden.snapshot/v1"),
    "decision-v1": _document(DecisionFile, "changewarden.decision/v1"),
    "stored-v1": _document(StoredFile, "changewarden.stored/v1"),
}
NAMES: Final = tuple(_MAKERS)


def file_name(name: str) -> str:
    """How the file of a schema is called: `changewarden-policy.schema.json`."""
    return f"changewarden-{name}.schema.json"


def schema(name: str) -> Schema:
    """The schema with one of `NAMES`, as JSON values."""
    definitions = Definitions()
    root = _MAKERS[name](definitions)
    made = dict(sorted(definitions.made.items()))
    return {"$schema": DRAFT, "$id": f"urn:changewarden:{name}", **root, "$defs": made}


def text(name: str) -> str:
    """The same as the text of a file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
