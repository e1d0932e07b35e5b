"""`risk: {at_least: high}`: the change is that risky, as far as can be seen in it."""

from dataclasses import dataclass, replace

from warden_policies.conditions import opener_of, yes_or_no
from warden_policies.example import ROBOT, SAMPLE, commit, file
from warden_policies.model import Change
from warden_policies.outcome import Action, Outcome, Result
from warden_policies.predicate import Example, predicate
from warden_policies.risk import Tier, risk_of


@dataclass(frozen=True, slots=True)
class AtLeastRisk:
    """`at_least`: the lowest tier that counts."""

    at_least: Tier


_HIGH = AtLeastRisk(Tier.HIGH)
_EXAMPLES = (
    Example(
        "payments, with tests",
        AtLeastRisk(Tier.MEDIUM),
        SAMPLE,
        Outcome.PASS,
        "the risk is medium (23 of 100)",
    ),
    Example("not that much", _HIGH, SAMPLE, Outcome.FAIL, "the risk is medium (23 of 100)"),
    Example(
        "the policy itself",
        _HIGH,
        replace(SAMPLE, files=(file(".github/changewarden.yml"), file(".github/workflows/ci.yml"))),
        Outcome.PASS,
        "the risk is high (58 of 100)",
    ),
    Example(
        "a large migration by an agent",
        AtLeastRisk(Tier.CRITICAL),
        replace(
            SAMPLE,
            additions=20_000,
            commits=(commit(ROBOT),),
            files=tuple(
                map(file, ("db/migrations/7.sql", "auth/login.py", "uv.lock", "web/package.json"))
            ),
        ),
        Outcome.PASS,
        "the risk is critical (84 of 100)",
    ),
)


def _describe(arguments: AtLeastRisk) -> str:
    tiers = [tier for tier in Tier if tier.least >= arguments.at_least.least]
    return f"the risk is {' or '.join(tiers)}"


@predicate("risk", arguments=AtLeastRisk, examples=_EXAMPLES, condition=True, describe=_describe)
def risk(arguments: AtLeastRisk, change: Change) -> Result:
    """The change's risk is of that tier or of a higher one.

    It is medium from 20 points on, high from 50, and critical from 80. Points are for size; for
    paths of authentication, cryptography, payments, infrastructure, workflows, policies, code
    owners, migrations and dependencies; for code without tests; and for what agents wrote. The
    evidence lists them. It is what can be seen, and no judgement.
    """
    found = risk_of(change)
    action = Action(opener_of(change), f"make a change whose risk is {arguments.at_least}")
    return yes_or_no(
        "risk",
        f"the risk is {found.tier} ({found.score} of 100)",
        action,
        holds=found.score >= arguments.at_least.least,
        evidence=map(str, found.factors),
    )
