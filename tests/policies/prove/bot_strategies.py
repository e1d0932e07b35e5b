"""Random policies in policy-bot's language."""

from typing import Any

from hypothesis import strategies as st

from tests.policies.prove.strategies import few, some_of
from warden_policies.language.policy_bot import policy_from_data
from warden_policies.policy import Policy

actors = few(
    {
        "users": some_of(st.sampled_from(["bob", "Carl", "carl", "robot[bot]", "web-flow"])),
        "teams": some_of(st.sampled_from(["acme/payments", "acme/security"])),
        "organizations": st.just(["acme"]),
        "permissions": some_of(st.sampled_from(["read", "write", "admin"])),
        "write_collaborators": st.booleans(),
    },
    2,
)
file_patterns = some_of(st.sampled_from([r"^src/", r"\.md$", "docs", "^CODEOWNERS$", r"\.py$"]))
titles = some_of(st.sampled_from(["^fix", "docs", "(?i)charge"]))
statuses = some_of(st.sampled_from(["test", "lint"]))
conclusions = some_of(st.sampled_from(["success", "skipped", "failure"]))
PREDICATES: dict[str, st.SearchStrategy[Any]] = {
    "changed_files": few({"paths": file_patterns, "ignore": file_patterns}, 2),
    "no_changed_files": few({"paths": file_patterns, "ignore": file_patterns}, 2),
    "only_changed_files": st.fixed_dictionaries({"paths": file_patterns}),
    "has_author_in": actors,
    "has_contributor_in": actors,
    "only_has_contributors_in": actors,
    "author_is_only_contributor": st.booleans(),
    "targets_branch": st.fixed_dictionaries({"pattern": st.sampled_from(["^main$", "release"])}),
    "from_branch": st.fixed_dictionaries({"pattern": st.sampled_from(["^fee$", "eve:", "hotfix"])}),
    "modified_lines": few(
        {
            "additions": st.sampled_from(["< 5", "> 10"]),
            "deletions": st.sampled_from(["= 0", "> 3"]),
            "total": st.sampled_from(["< 15", "> 100"]),
        },
        2,
    ),
    "has_status": st.fixed_dictionaries(
        {"statuses": statuses}, optional={"conclusions": conclusions}
    ),
    "has_workflow_result": st.just({"workflows": [".github/workflows/ci.yml"]}),
    "has_labels": some_of(st.sampled_from(["docs", "Urgent"])),
    "repository": st.just({"matches": ["^acme/"]}),
    "title": few({"matches": titles, "not_matches": titles}, 2),
    "has_valid_signatures": st.booleans(),
    "has_valid_signatures_by": actors,
    "has_valid_signatures_by_keys": st.just({"key_ids": ["3AA5C34371567BD2"]}),
}
words = st.sampled_from([":+1:", "LGTM", "force"])
patterns = st.sampled_from(["^approve$", r"(?i)\blgtm\b", "^override: .+"])
methods = few(
    {
        "comments": st.lists(words, max_size=2, unique=True),
        "comment_patterns": some_of(patterns),
        "github_review": st.booleans(),
        "github_review_comment_patterns": some_of(patterns),
        "body_patterns": some_of(patterns),
    },
    2,
)
options = few(
    {
        "allow_author": st.booleans(),
        "allow_contributor": st.booleans(),
        "allow_non_author_contributor": st.booleans(),
        "invalidate_on_push": st.booleans(),
        "ignore_edited_comments": st.booleans(),
        "ignore_update_merges": st.booleans(),
        "ignore_commits_by": actors,
        "methods": methods,
    },
    3,
)
requires = st.tuples(actors, st.integers(0, 2), st.none() | few(PREDICATES, 1)).map(
    lambda parts: {**parts[0], "count": parts[1], **({"conditions": parts[2]} if parts[2] else {})}
)
disapprovals = st.fixed_dictionaries(
    {"requires": actors},
    optional={
        "if": few(PREDICATES, 1),
        "options": st.just({"methods": {"disapprove": {"comments": ["no"]}}}),
    },
)


@st.composite
def bot_policies(draw: st.DrawFn) -> Policy:
    """One to three rules, combined in some way."""
    names = ["one", "two", "three"][: draw(st.integers(1, 3))]
    rules = [
        {
            "name": name,
            "requires": draw(requires),
            **({"if": draw(few(PREDICATES, 2))} if draw(st.booleans()) else {}),
            **({"options": draw(options)} if draw(st.booleans()) else {}),
        }
        for name in names
    ]
    shapes: list[list[Any]] = [names, [{"or": names}], [{"or": names[:2]}, *names[2:]]]
    policy: dict[str, Any] = {"approval": draw(st.sampled_from(shapes))}
    if draw(st.booleans()):
        policy["disapproval"] = draw(disapprovals)
    return policy_of({"policy": policy, "approval_rules": rules})


def policy_of(data: Any) -> Policy:
    """The policy that the data spell."""
    return policy_from_data(data, ".policy.yml")
