"""The document of a `.policy.yml`, or of the same as plain data, becomes a tree."""

from dataclasses import dataclass

from warden_policies.language.policy_bot.approval import read_approval
from warden_policies.language.policy_bot.disapproval import read_disapproval
from warden_policies.language.policy_bot.reading import mapping, without_newer
from warden_policies.language.policy_bot.rules import read_rules
from warden_policies.language.policy_bot.words import REMOTE
from warden_policies.policy import Combine, Group, rules_in
from warden_policies.problem import Problems
from warden_policies.text import quoted

ROOT = "policy"


@dataclass(frozen=True, slots=True)
class Document:
    """What a `.policy.yml` says: the root of its tree, and the names of rules not in it."""

    root: Group
    unused: tuple[str, ...]


def read_document(data: object, problems: Problems) -> Document:
    """The document; all that is wrong is among `problems`.

    One that says nothing approves everything, and of two rules with the same name the last one
    counts, as in policy-bot.
    """
    known = without_newer(data, (), problems)
    if isinstance(known, dict) and "remote" in known:
        _refuse_remote(known, problems)
        known = None
    given = mapping(known, (ROOT, "approval_rules"), (), problems)
    every = read_rules(given.get("approval_rules"), ("approval_rules",), problems)
    rules = {rule.name: rule for rule in every}
    policy = mapping(given.get(ROOT), ("approval", "disapproval"), (ROOT,), problems)
    approval = read_approval(policy.get("approval"), rules, (ROOT, "approval"), problems)
    disapproval = read_disapproval(policy.get("disapproval"), (ROOT, "disapproval"), problems)
    root = Group(Combine.POLICY_BOT_POLICY, ROOT, (approval, disapproval))
    asked = {rule.name for rule in rules_in(approval)}
    unused = (each.name for each in every if each.name not in asked or rules[each.name] is not each)
    return Document(root, tuple(dict.fromkeys(unused)))


def _refuse_remote(data: dict[str, object], problems: Problems) -> None:
    """A decision is made from the files at hand: what another repository says may change."""
    where = quoted(str(data["remote"]))
    path = quoted(str(data.get("path") or ".policy.yml"))
    what = f"copy {path} of {where} into this file, which then says what is decided by"
    problems.add(("remote",), f"a policy in another repository is not fetched: {what}", at_key=True)
    for key in data.keys() - set(REMOTE):
        message = f"{quoted(key)} means nothing beside 'remote'"
        problems.add((key,), message, at_key=True)
