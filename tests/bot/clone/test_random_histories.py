"""Whatever somebody does to a branch: git proves what plain arithmetic on the trees proves."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bot.clone.conftest import nothing_to_fetch
from tests.bot.clone.worlds import SLOTS, World, merged
from warden_bot.clone.git import Git
from warden_bot.clone.history import History
from warden_bot.clone.limits import Deadline, Limits
from warden_bot.clone.proofs import Head, Proofs

Act = Callable[[World], None]
PATHS = st.sampled_from(["a", "b", "c", "d"])
PLACES = st.tuples(PATHS, st.integers(0, SLOTS - 1))
BACK = st.integers(0, 2)
"""How far from the tip of the base."""


def base_moves(place: tuple[str, int]) -> Act:
    def act(world: World) -> None:
        tip = world.base[-1]
        world.base.append(world.commit((tip,), world.changed(tip, *place)))

    return act


def branch_moves(place: tuple[str, int]) -> Act:
    def act(world: World) -> None:
        tip = world.branch[-1]
        world.branch.append(world.commit((tip,), world.changed(tip, *place)))

    return act


def branch_deletes(path: str) -> Act:
    def act(world: World) -> None:
        tip = world.branch[-1]
        rest = {name: values for name, values in world.states[tip].items() if name != path}
        world.branch.append(world.commit((tip,), rest))

    return act


def branch_goes_back(steps: int) -> Act:
    """With a commit that undoes, or by force: then it is an old commit itself."""

    def act(world: World) -> None:
        old = world.branch[max(0, len(world.branch) - 1 - steps)]
        again = world.commit((world.branch[-1],), world.states[old])
        world.branch.append(old if steps == 2 else again)

    return act


def update(back: int, evil: tuple[str, int] | None, swapped: bool) -> Act:
    """A merge of some commit of the base: an honest one, or with something slipped in."""

    def act(world: World) -> None:
        tip, other = world.branch[-1], world.base[max(0, len(world.base) - 1 - back)]
        state = world.merge(tip, other)
        parents = (other, tip) if swapped else (tip, other)
        made = world.commit(parents, world.states[tip] if state is None else state)
        if evil:
            state = world.changed(made, *evil)
            made = world.commit(parents, state)
        world.branch.append(made)

    return act


def rebase(back: int, evil: tuple[str, int] | None) -> Act:
    def act(world: World) -> None:
        tip, onto = world.branch[-1], world.base[max(0, len(world.base) - 1 - back)]
        fork = world.fork(tip, world.base[-1])
        if fork is None:
            return
        state = merged(world.states[fork], world.states[onto], world.states[tip])
        if state is None:
            return
        made = world.commit((onto,), state)
        if evil:
            made = world.commit((onto,), world.changed(made, *evil))
        world.branch.append(made)

    return act


def side_branch(back: int, place: tuple[str, int]) -> Act:
    """A merge of a commit that nobody reviewed and the base never had."""

    def act(world: World) -> None:
        start = world.base[max(0, len(world.base) - 1 - back)]
        side = world.commit((start,), world.changed(start, *place))
        tip = world.branch[-1]
        state = world.merge(tip, side)
        if state is not None:
            world.branch.append(world.commit((tip, side), state))

    return act


def base_takes_the_branch(world: World) -> None:
    """As when part of a change lands by way of another pull request."""
    tip, base = world.branch[-1], world.base[-1]
    state = world.merge(base, tip)
    if state is not None:
        world.base.append(world.commit((base, tip), state))


MAYBE_EVIL = st.none() | PLACES
ACTS: st.SearchStrategy[Act] = st.one_of(
    PLACES.map(base_moves),
    PLACES.map(branch_moves),
    st.builds(update, BACK, MAYBE_EVIL, st.booleans()),
    st.builds(update, BACK, st.none(), st.booleans()),
    st.builds(rebase, BACK, MAYBE_EVIL),
    st.builds(rebase, BACK, st.none()),
    st.builds(side_branch, BACK, PLACES),
    PATHS.map(branch_deletes),
    BACK.map(branch_goes_back),
    st.just(base_takes_the_branch),
)


def check(world: World) -> None:
    """Ask for a proof of every tip that the branch ever had."""
    head = world.branch[-1]
    with tempfile.TemporaryDirectory() as folder:
        names = world.book.write(Path(folder) / "repository")
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        git = Git(Path(folder) / "repository", scratch, 40, Limits(), Deadline(100))
        proofs = Proofs(
            History(git, nothing_to_fetch), Head(names[world.base[-1]], names[head], "main")
        )
        found = {
            reviewed: proofs.of(names[reviewed], names[world.base[-1]]).same
            for reviewed in set(world.branch)
        }
    for reviewed, same in found.items():
        crosswise = world.work(reviewed) is None or world.work(head) is None
        if not crosswise:
            assert same == world.holds(head, reviewed)
        if same and not crosswise:
            assert world.landed(reviewed) == world.landed(head)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(before=st.lists(ACTS, max_size=3), after=st.lists(ACTS, max_size=5))
def test_git_proves_what_arithmetic_proves(before: list[Act], after: list[Act]) -> None:
    world = World()
    for act in before:
        act(world)
    branch_moves(("a", 0))(world)
    for act in after:
        act(world)
    check(world)
