"""What every policy asks without saying so: nobody changes the rules alone.

Without it, whoever may push could first weaken the policy and then use the weaker one. It cannot be
left out, only given to certain people with `policy_owners`.
"""

from typing import Final

from warden_policies.actors import UNNAMED, Actors
from warden_policies.codec import read
from warden_policies.policy import Combine, Group, Question
from warden_policies.predicates.approvals import Approvals
from warden_policies.problem import Problems

NAME: Final = "Policy change"
OWNERS: Final = "policy_owners"
PATHS: Final = (
    ".github/changewarden.yml",
    ".changewarden/**",
    ".policy.yml",
    "CODEOWNERS",
    ".github/CODEOWNERS",
    "docs/CODEOWNERS",
)
"""The rules: the policy, the findings that are allowed, and who owns which code."""


def read_owners(data: object, problems: Problems) -> Actors:
    """Who must approve a change of the rules, as written under `policy_owners`."""
    owners = read(Actors, data, (OWNERS,), problems)
    if not isinstance(owners, Actors):
        return UNNAMED
    if owners.empty:
        problems.add((OWNERS,), "expected 'people', 'teams' or 'permission'", at_key=True)
    return owners


def policy_change(owners: Actors) -> Group:
    """The requirement: one approval, by one of the owners when any are named."""
    approval = Approvals(
        count=1, people=owners.people, teams=owners.teams, permission=owners.permission
    )
    return Group(
        Combine.REQUIREMENT,
        NAME,
        (
            Group(Combine.ALL, "all", (Question("paths", PATHS),)),
            Group(Combine.ALL, "all", (Question("approvals", approval),)),
        ),
    )
