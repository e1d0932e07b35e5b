"""Random policies in the native language, and random values for the choices of a picture."""

from typing import Any

from hypothesis import strategies as st

from warden_policies.language import parse_policy
from warden_policies.policy import Policy
from warden_policies.prove.formula import Values
from warden_policies.prove.sketch import Sketch

PATH = ".github/changewarden.yml"
logins = st.sampled_from(["bob", "Carl", "carl#7", "dina#8", "robot[bot]"])
teams = st.sampled_from(["acme/payments", "acme/security", "acme/payments#5"])
permissions = st.sampled_from(["read", "triage", "write", "maintain", "admin"])


def some_of(items: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, min_size=1, max_size=most, unique_by=str)


actors = st.fixed_dictionaries(
    {}, optional={"people": some_of(logins), "teams": some_of(teams), "permission": permissions}
)
approvals = st.fixed_dictionaries(
    {"count": st.integers(1, 2)},
    optional={
        "people": some_of(logins),
        "teams": some_of(teams),
        "permission": permissions,
        "bots": some_of(st.just("robot[bot]")),
        "expire_after_days": st.sampled_from([1, 7, 30]),
        "content": st.sampled_from(["same", "head"]),
        "unattributed": st.sampled_from(["block", "one_more"]),
        "allow_opener": st.booleans(),
        "allow_other_contributors": st.booleans(),
        "lifters": actors,
    },
)
change_record = st.fixed_dictionaries(
    {"sections": some_of(st.sampled_from(["reason", "rollback_plan"]))},
    optional={"min_characters": st.sampled_from([1, 5, 20, 60])},
)
checks = some_of(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["test", "lint"]), "app_id": st.sampled_from([2, 15368])}
    ),
    most=1,
)
paths = st.sampled_from(
    ["**", "docs/**", "payments/**", "**/*.md", "src/*.py", "CODEOWNERS", "db/*"]
)
branches = st.sampled_from(["main", "release/*", "fee", "hotfix/**", "**"])
titles = st.sampled_from(["fix: *", "*", "docs*", "Charge*"])
label_names = st.sampled_from(["docs", "Urgent", "fee"])
account = st.fixed_dictionaries(
    {},
    optional={
        "people": some_of(logins),
        "teams": some_of(teams),
        "permission": permissions,
        "kind": st.sampled_from(["user", "bot"]),
    },
).filter(bool)
some_actors = actors.filter(bool)


def listed(globs: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Globs, sometimes with an exception."""
    return st.tuples(some_of(globs), st.none() | globs).map(
        lambda both: both[0] + ([f"!{both[1]}"] if both[1] and both[1] not in both[0] else [])
    )


sizes = st.sampled_from(
    [
        {"more_lines_than": 400},
        {"fewer_lines_than": 5},
        {"more_files_than": 3},
        {"fewer_files_than": 2, "fewer_lines_than": 100},
        {"fewer_files_than": 1},
        {"more_files_than": 0, "fewer_files_than": 4},
    ]
)
freezes = some_of(
    st.sampled_from(
        [
            {"begins": "2026-11-01T00:00:00Z", "ends": "2026-12-01T00:00:00Z", "why": "sale"},
            {"begins": "2026-11-20T00:00:00Z", "ends": "2026-11-21T00:00:00Z", "why": "audit"},
        ]
    )
)
WORDS = {
    "approvals": approvals,
    "change_record": change_record,
    "checks": checks,
    "code_owners": st.fixed_dictionaries({"count": st.integers(1, 2)}),
    "no_findings": st.fixed_dictionaries({"at_least": st.sampled_from(["high", "low"])}),
    "no_freeze": freezes,
    "signed_commits": st.fixed_dictionaries(
        {}, optional={"signer_is_author": st.booleans(), "signers": some_actors}
    ),
}
CONDITIONS: dict[str, st.SearchStrategy[Any]] = {
    "paths": listed(paths),
    "only_paths": listed(paths),
    "branches": listed(branches),
    "head_branches": listed(branches),
    "titles": listed(titles),
    "from_fork": st.booleans(),
    "draft": st.booleans(),
    "labels": st.fixed_dictionaries(
        {"any_of": some_of(label_names)},
        optional={"all_of": some_of(label_names), "applied_by": some_actors},
    ),
    "size": sizes,
    "opener": account,
    "contributors": account,
    "entries": some_of(st.sampled_from(["symlink", "submodule", "executable"])),
}


def few(words: dict[str, st.SearchStrategy[Any]], most: int) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping of some of the words."""
    names = st.lists(st.sampled_from(sorted(words)), min_size=1, max_size=most, unique=True)
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries({name: words[name] for name in chosen})
    )


required_words = few({**WORDS, **CONDITIONS}, 2) | few(WORDS, 2)
condition_words = few(CONDITIONS, 2)
conditions = st.one_of(
    condition_words,
    st.fixed_dictionaries({"not": condition_words}),
    st.fixed_dictionaries({"any": st.lists(condition_words, min_size=1, max_size=2)}),
)
required = st.one_of(
    required_words,
    st.fixed_dictionaries({"any": st.lists(required_words, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"all": st.lists(required_words, min_size=1, max_size=2)}),
)
requirements = st.fixed_dictionaries({"require": required}, optional={"when": conditions})
NAMES = ("Peer review", "Security review", "Record")


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy of one to three requirements, sometimes with distinct people."""
    names = NAMES[: draw(st.integers(1, 3))]
    data: dict[str, Any] = {"version": 1}
    data["requirements"] = {name: draw(requirements) for name in names}
    if len(names) > 1 and draw(st.booleans()):
        data["distinct"] = [list(names[:2])]
    return policy_of(data)


def policy_of(data: Any) -> Policy:
    """The policy that the data spell: JSON is YAML."""
    import json

    return parse_policy(json.dumps(data).encode(), PATH)


def values_for(sketch: Sketch) -> st.SearchStrategy[Values]:
    """Values for some of the choices; the others are plain."""
    settings = [(name, value) for name, size in sketch.sizes.items() for value in range(1, size)]
    return st.lists(st.sampled_from(settings), max_size=15).map(dict) if settings else st.just({})
