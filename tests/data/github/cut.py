"""Cut GitHub's published schemas down to what the tests compare the sandbox with.

Run by hand when the sandbox grows, after unpacking the two npm packages named in README.md:
    python tests/data/github/cut.py graphql PACKAGE/schema.graphql
    python tests/data/github/cut.py check-run-get PACKAGE/generated/api.github.com.json
"""

import gzip
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphql import (
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

HERE = Path(__file__).parent

_NAMES = """
    Actor AddedToMergeQueueEvent App AutoMergeRequest BaseRefChangedEvent Blob Bot
    BranchProtectionRule CheckRun CheckSuite Commit CommitConnection GitActor GitActorConnection
    GitObject GitSignature GpgSignature HeadRefForcePushedEvent Issue IssueComment
    IssueCommentConnection IssueConnection Label LabelConnection LabeledEvent MergeQueueEntry
    MergedEvent Node Organization PageInfo PullRequest PullRequestChangedFile
    PullRequestChangedFileConnection PullRequestCommit PullRequestCommitConnection
    PullRequestParameters PullRequestReview PullRequestReviewConnection PullRequestReviewThread
    PullRequestReviewThreadConnection PullRequestTimelineItems PullRequestTimelineItemsConnection
    Query RateLimit Ref RemovedFromMergeQueueEvent Repository RepositoryCollaboratorConnection
    RepositoryCollaboratorEdge RepositoryRule RepositoryRuleConnection RepositoryRuleset
    RequestedReviewer RequiredStatusChecksParameters ReviewDismissedEvent ReviewRequest
    ReviewRequestConnection RuleParameters RuleSource SmimeSignature SshSignature
    StatusCheckConfiguration StatusCheckRollup StatusCheckRollupContext
    StatusCheckRollupContextConnection StatusContext Team TeamConnection TeamMemberConnection
    TeamMemberEdge TreeEntry UnknownSignature UnlabeledEvent User UserConnection
"""
KEPT = frozenset(_NAMES.split())
"""The composite types a decision can ever ask for. Scalars, enums and inputs follow from use."""


def _named(node: TypeNode) -> str:
    while not isinstance(node, NamedTypeNode):
        node = node.type  # type: ignore[attr-defined]  # lists and non-nulls wrap one type
    return node.name.value


class _Cut:
    """The definitions to keep, found by following fields from the types in `KEPT`."""

    def __init__(self, definitions: dict[str, TypeDefinitionNode]) -> None:
        self.definitions = definitions
        self.kept: dict[str, TypeDefinitionNode | None] = {}

    def keep(self, name: str) -> None:
        """Keep the type called `name`, without prose, and every type its fields still need."""
        definition = self.definitions.get(name)
        if definition is None or name in self.kept:
            return
        self.kept[name] = None
        self.kept[name] = replace(definition, description=None, **self._parts(definition))

    def _parts(self, definition: TypeDefinitionNode) -> dict[str, Any]:
        if isinstance(definition, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
            interfaces = tuple(i for i in definition.interfaces or () if i.name.value in KEPT)
            fields = tuple(self._field(f) for f in definition.fields or () if self._wanted(f.type))
            return {"interfaces": interfaces, "fields": fields}
        if isinstance(definition, UnionTypeDefinitionNode):
            return {"types": tuple(t for t in definition.types or () if t.name.value in KEPT)}
        if isinstance(definition, InputObjectTypeDefinitionNode):
            return {"fields": tuple(self._input(field) for field in definition.fields or ())}
        if isinstance(definition, EnumTypeDefinitionNode):
            return {"values": tuple(replace(v, description=None) for v in definition.values or ())}
        return {}

    def _wanted(self, type_node: TypeNode) -> bool:
        name = _named(type_node)
        kinds = (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, UnionTypeDefinitionNode)
        return name in KEPT or not isinstance(self.definitions.get(name), kinds)

    def _field(self, field: FieldDefinitionNode) -> FieldDefinitionNode:
        self.keep(_named(field.type))
        arguments = tuple(self._input(argument) for argument in field.arguments or ())
        return replace(field, description=None, arguments=arguments)

    def _input(self, value: InputValueDefinitionNode) -> InputValueDefinitionNode:
        self.keep(_named(value.type))
        return replace(value, description=None)


def cut_graphql(source: Path) -> None:
    """Write `schema.graphql` from the package's full schema."""
    document = parse(source.read_text("utf-8"), no_location=True)
    definitions = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, TypeDefinitionNode)
    }
    cut = _Cut(definitions)
    for name in sorted(KEPT):
        cut.keep(name)
    text = "\n\n".join(
        re.sub(r" @(docsCategory|preview|possibleTypes)\([^)]*\)", "", print_ast(node))
        for _, node in sorted(cut.kept.items())
        if node is not None
    )
    notice = "# From npm package @octokit/graphql-schema, MIT: see README.md. Made by cut.py.\n\n"
    (HERE / "schema.graphql").write_text(notice + text + "\n", "utf-8")


def add_check_run_get(source: Path) -> None:
    """Add `GET check-runs/{check_run_id}` of the same package to the OpenAPI subset."""
    subset_path = HERE / "openapi-subset.json.gz"
    subset: dict[str, Any] = json.loads(gzip.decompress(subset_path.read_bytes()))
    full = json.loads(source.read_text("utf-8"))
    path = "/repos/{owner}/{repo}/check-runs/{check_run_id}"
    operation = full["paths"][path]["get"]
    response = operation["responses"]["200"]["content"]["application/json"]
    response.pop("examples", None)
    for prose in ("description", "externalDocs", "tags", "x-octokit"):
        operation.pop(prose, None)
    subset["paths"][path]["get"] = operation
    packed = json.dumps(subset, separators=(",", ":")).encode()
    subset_path.write_bytes(gzip.compress(packed, mtime=0))


if __name__ == "__main__":
    command, argument = sys.argv[1:]
    {"graphql": cut_graphql, "check-run-get": add_check_run_get}[command](Path(argument))
