"""The organisation's floor: a policy that every repository has, which its own can only tighten."""

from dataclasses import replace

from warden_policies.canonical import canonical_bytes, digest
from warden_policies.policy import Combine, Group, Policy

FLOOR_PREFIX = "Organisation: "


def joined(floor: Policy, own: Policy) -> Policy:
    """Both policies at once: whatever either asks for is asked for.

    The floor's requirements come first, under names that say where they are from. The whole only
    observes while both do, so that no repository can put its organisation's policy to sleep. The
    digest is that of their `union`.
    """
    members = tuple(_from_floor(group) for group in floor.requirements)
    distinct = tuple(tuple(FLOOR_PREFIX + name for name in row) for row in floor.root.distinct)
    root = Group(
        Combine.POLICY,
        own.root.name,
        (*members, *own.root.members),
        (*distinct, *own.root.distinct),
    )
    ends = (floor.observe_until, own.observe_until)
    observing = min(end for end in ends if end) if all(ends) else None
    both = digest(union(floor.digest, own.digest))
    return replace(own, digest=both, root=root, observe_until=observing)


def union(floor_digest: str, own_digest: str) -> bytes:
    """The document that stands for both policies together, by naming each."""
    return canonical_bytes({"floor": floor_digest, "own": own_digest})


def _from_floor(group: Group) -> Group:
    return replace(group, name=FLOOR_PREFIX + group.name)
