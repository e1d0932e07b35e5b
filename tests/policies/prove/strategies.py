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
WORDS = {"approvals": approvals, "change_record": change_record, "checks": checks}
CONDITIONS: dict[str, st.SearchStrategy[Any]] = {}

required_words = st.fixed_dictionaries({}, optional=WORDS).filter(bool)
required = st.one_of(
    required_words,
    st.fixed_dictionaries({"any": st.lists(required_words, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"all": st.lists(required_words, min_size=1, max_size=2)}),
)
requirements = st.fixed_dictionaries({"require": required})
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
