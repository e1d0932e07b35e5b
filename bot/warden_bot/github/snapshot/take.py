"""One look at a pull request, repeated until all of it is of one moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from warden_bot.errors import RefusedError, RetryLaterError
from warden_bot.github.client import Installation
from warden_bot.github.snapshot.assemble import assemble, base_of
from warden_bot.github.snapshot.complete import Wanted, complete
from warden_bot.github.snapshot.details import Asker
from warden_bot.github.snapshot.files import FromGit, read_files
from warden_bot.github.snapshot.owners import owners_of
from warden_bot.github.snapshot.pages import MovedError, Pages, read_pages
from warden_bot.github.snapshot.policy_files import (
    POLICY_PATH,
    PolicyFile,
    named_in,
    read_policies,
    understood,
)
from warden_policies.canonical import to_json
from warden_policies.codec import decode
from warden_policies.model import Change
from warden_policies.policy_bot.actors import organizations_in

_RESTARTS = 3


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What GitHub says now: the change, the policies that apply, and whether it is still open."""

    change: Change
    policy: PolicyFile
    state: str
    """`open`, `closed` or `merged`."""
    merge_sha: str | None
    floor: PolicyFile | None = None
    """The default branch's policy, for a pull request into another branch."""
    organization: PolicyFile | None = None
    """The policy that holds for every repository of the organisation, if it has one."""


def take_snapshot(  # noqa: PLR0913 - where to look, and with what
    installation: Installation,
    full_name: str,
    number: int,
    *,
    own_app_id: int,
    clock: Callable[[], datetime],
    from_git: FromGit | None = None,
    policy_bot: bool = False,
) -> Snapshot:
    """Read the pull request as it is now. Our own check runs are not part of the picture.

    The files that GitHub does not list are taken `from_git`, if it is there to be asked. With
    `policy_bot` a `.policy.yml` is the policy where there is no other.

    Raises:
        GoneError: there is no such pull request.
        ForbiddenError: the App may not read a part that every decision needs.
        RetryLaterError: GitHub could not answer completely, or it kept changing meanwhile.
    """
    owner, _, name = full_name.partition("/")
    about = {"owner": owner, "name": name, "number": number}
    variables = about | {"policyPath": POLICY_PATH, "withPolicyBot": policy_bot}
    for _ in range(_RESTARTS):
        try:
            pages = read_pages(installation, variables)
            return _look(Asker(installation, pages), from_git, own_app_id, clock())
        except MovedError:
            continue
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            kind = type(error).__name__
            raise RetryLaterError(f"GitHub's answer could not be read ({kind})") from error
    raise RetryLaterError("the pull request kept changing while it was being read")


def _look(asker: Asker, from_git: FromGit | None, own_app_id: int, now: datetime) -> Snapshot:
    pages = asker.pages
    if pages.pull["baseRef"] is None and pages.state == "open":
        raise RefusedError("the base branch does not exist any more")
    merge_sha = _merge_sha(pages) if pages.state == "merged" else None
    policies = read_policies(pages)
    files = read_files(asker.installation, pages, base_of(pages.pull), from_git)
    sketch = assemble(pages, files, own_app_id, now)
    readable = understood(policies)
    organizations = tuple(name for policy in readable for name in organizations_in(policy))
    people = Wanted(named_in(readable), owners_of(sketch, readable), organizations)
    change = complete(asker, sketch, files.before, people)
    return Snapshot(
        # Read back as whoever replays it will: a null where a value must be is found here.
        change=decode(Change, to_json(change)),
        policy=policies.own,
        state=pages.state,
        merge_sha=merge_sha,
        floor=policies.floor,
        organization=policies.organization,
    )


def _merge_sha(pages: Pages) -> str:
    merge = pages.pull["mergeCommit"]
    if merge is None:
        raise RetryLaterError("GitHub does not name the merge commit yet")
    return str(merge["oid"])
