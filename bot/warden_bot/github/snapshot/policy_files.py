"""The files that govern a pull request, read at commits that it cannot change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from warden_bot.github.snapshot.pages import Pages
from warden_policies.actors import Actors, named_actors
from warden_policies.language import parse_policy
from warden_policies.policy import Dialect, InvalidPolicy, Policy
from warden_policies.text import plain

POLICY_PATH = ".github/changewarden.yml"
POLICY_BOT_PATH = ".policy.yml"
_CODE_OWNERS = ("codeOwnersInGithub", "codeOwnersAtRoot", "codeOwnersInDocs")
"""In the order in which GitHub looks for them: the first that exists is the one."""


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy: its bytes, or why there are none to read."""

    source: bytes | None
    problem: str = ""
    where: str = ""
    """The branch and commit that it was read from, when these are not the change's base."""
    absent: bool = False
    """Whether there is simply no such file, rather than one that cannot be read."""
    dialect: Dialect = Dialect.NATIVE
    """The language that it is written in."""
    path: str = POLICY_PATH
    """What it is called in errors: where it lies, in which repository if it is another one."""


@dataclass(frozen=True, slots=True)
class PolicyFiles:
    """Every policy that a pull request has to meet."""

    own: PolicyFile
    """The base branch's."""
    floor: PolicyFile | None
    """The default branch's, for a pull request into another branch.

    Whoever may push can make a branch with a policy of their own, and a check on a commit is green
    for every branch that the commit may be merged into.
    """
    organization: PolicyFile | None
    """The organisation's, from the default branch of its repository `.github`."""


def understood(files: PolicyFiles) -> tuple[Policy, ...]:
    """The policies but for those that cannot be understood, under which nothing is allowed."""
    given = (file for file in (files.own, files.floor, files.organization) if file)
    return tuple(policy for file in given if (policy := _parsed(file)))


def _parsed(file: PolicyFile) -> Policy | None:
    try:
        return parse_policy(file.source or b"", file.path, file.dialect)
    except InvalidPolicy:
        return None


def named_in(policies: Iterable[Policy]) -> Actors:
    """Everybody whom one of the policies names by account or team."""
    named = [named_actors(policy) for policy in policies]
    people = (name for each in named for name in each.people)
    teams = (name for each in named for name in each.teams)
    return Actors(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(teams)))


def read_policies(pages: Pages) -> PolicyFiles:
    """The policies that apply to the pull request."""
    base = pages.pull["baseRef"]
    return PolicyFiles(
        own=_policy(base["target"]) if base else _NO_BASE,
        floor=_floor(pages),
        organization=_organization(pages.organization),
    )


_NO_BASE = PolicyFile(None, "the branch does not exist any more")


def _floor(pages: Pages) -> PolicyFile | None:
    default = pages.repository["defaultBranchRef"]
    return None if default["name"] == pages.pull["baseRefName"] else _at(default)


def _organization(repository: dict[str, Any] | None) -> PolicyFile | None:
    """An organisation that has no such file, or no branch to have it on, asks for nothing."""
    default = repository["defaultBranchRef"] if repository else None
    if repository is None or default is None:
        return None
    found, name = _at(default), plain(repository["nameWithOwner"])
    return None if found.absent else replace(found, path=f"{name}/{POLICY_PATH}")


def _at(branch: dict[str, Any]) -> PolicyFile:
    where = f"{plain(branch['name'])} at {branch['target']['oid'][:7]}"
    return replace(_policy(branch["target"]), where=where)


def _policy(commit: dict[str, Any]) -> PolicyFile:
    """A commit's policy; that of policy-bot where there is no other, and it was asked for."""
    native, policy_bot = commit["file"], commit.get("policyBot")
    if _blob(native) or not _blob(policy_bot):
        return _read(native)
    return replace(_read(policy_bot), path=POLICY_BOT_PATH, dialect=Dialect.POLICY_BOT)


def _read(entry: dict[str, Any] | None) -> PolicyFile:
    if not _blob(entry):
        return PolicyFile(None, "there is no such file", absent=True)
    text = _text(entry)
    if text is None:
        return PolicyFile(None, "the file is binary or too large to be a policy")
    return PolicyFile(text.encode())


@dataclass(frozen=True, slots=True)
class CodeOwners:
    """The base branch's CODEOWNERS: its text, empty when there is none, or why it is not known."""

    text: str | None
    problem: str = ""


def read_code_owners(pages: Pages) -> CodeOwners:
    """The first of the files in which GitHub looks for code owners."""
    base = pages.pull["baseRef"]
    if base is None:
        return CodeOwners(None, _NO_BASE.problem)
    entry = next(filter(_blob, (base["target"][name] for name in _CODE_OWNERS)), None)
    if entry is None:
        return CodeOwners("")
    text = _text(entry)
    return CodeOwners(text, "" if text is not None else "the file is binary or too large")


def _blob(entry: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a path leads to, where that is a file."""
    return (entry["object"] or None) if entry else None


def _text(entry: dict[str, Any] | None) -> str | None:
    """A file's text, whole; None of one that is binary or was cut off."""
    blob = _blob(entry)
    if not blob or blob["isBinary"] or blob["isTruncated"] or blob["text"] is None:
        return None
    return str(blob["text"])
