"""The formulas of a policy say of every drawn change what the evaluator says of it."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.policies.prove.bot_strategies import bot_policies
from tests.policies.prove.strategies import policies, values_for
from warden_policies.evaluate import answer
from warden_policies.model import Change
from warden_policies.outcome import Outcome
from warden_policies.policy import Group, Node, Policy
from warden_policies.prove.encode import encode, sketch_for
from warden_policies.prove.formula import holds
from warden_policies.prove.part import CannotDraw


def outcomes(
    node: Node, change: Change, place: tuple[int, ...] = ()
) -> dict[tuple[int, ...], Outcome]:
    """What the evaluator says of every node."""
    found = {place: answer(node, change).outcome}
    if isinstance(node, Group):
        for at, member in enumerate(node.members):
            found |= outcomes(member, change, (*place, at))
    return found


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies() | bot_policies(), st.data())
def test_a_policy_and_its_formulas_agree_on_every_node(policy: Policy, data: st.DataObject) -> None:
    sketch = sketch_for([policy])
    encoded = encode(policy, sketch)
    values = data.draw(values_for(sketch))
    assume(holds(sketch.always, values))

    said = {
        place: [outcome for outcome in Outcome if holds(answer[outcome], values)]
        for place, answer in encoded.answers.items()
    }

    try:
        change = sketch.draw(values)
    except CannotDraw:
        return
    assert said == {place: [one] for place, one in outcomes(policy.root, change).items()}
