"""What stands under `requires:` in native words, never less than it was."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from warden_policies.canonical import Json
from warden_policies.policy import Question
from warden_policies.policy_bot.actors import ActorSet
from warden_policies.policy_bot.methods import BY_DEFAULT, Methods
from warden_policies.predicates.policy_bot.approvals import Approvals
from warden_policies.predicates.policy_bot.has_status import Statuses
from warden_policies.predicates.policy_bot.has_workflow_result import Workflows
from warden_policies.text import listed, quoted
from warden_policies.translation.actors import native_actors
from warden_policies.translation.conditions import condition
from warden_policies.translation.words import Words, says_not

ACTIONS_APP: Final = 15368
_NO_APP: Final = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the native policy is not what it was. `open`: somebody has to complete it."""

    words: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Required:
    """Native words that ask for at least as much, and how they differ."""

    words: Words
    differences: tuple[Difference, ...] = ()


def stand_in(what: str) -> Words:
    """A requirement that nobody can meet, in the place of one that cannot be translated."""
    name = f"not translated from policy-bot: {what}"[:120]
    return {"checks": [{"name": name, "app_id": _NO_APP}]}


def approvals(asked: Approvals) -> Required:
    """So many approvals by the same people, or by fewer."""
    missing = _only_words(asked.methods)
    if missing:
        why = "a review that approves counts natively, whatever it says, and nothing else does"
        return Required(stand_in(missing), (Difference(f"{missing}: {why}", open=True),))
    named = native_actors(asked.actors)
    who = named.words or {"people": ["replace-this-account"]}
    opener = asked.allow_author or asked.allow_contributor
    others = asked.allow_contributor or asked.allow_non_author_contributor
    words: dict[str, Json] = {"count": asked.count, **who}
    words |= {"content": "head"} if asked.invalidate_on_push else {}
    words |= {"allow_opener": True} if opener else {}
    words |= {"allow_other_contributors": True} if others else {}
    return Required({"approvals": words}, tuple(_approval_differences(asked, named.lost, who)))


def _only_words(methods: Methods) -> str:
    """Which words an approval needs, if a plain review is not enough."""
    if methods.github_review_comment_patterns or not methods.github_review:
        return f"approval by {' or '.join(methods.words()) or 'nothing'}"
    return ""


def _approval_differences(
    asked: Approvals, lost: tuple[str, ...], who: Mapping[str, Json]
) -> Iterator[Difference]:
    if lost:
        words = f"{listed(lost)} may approve: natively people, teams and permissions are named"
        yield Difference(words, open="replace-this-account" in str(who))
    if asked.actors.empty:
        yield Difference("nobody may approve, so that it waits for ever: name somebody", open=True)
    if asked.methods != BY_DEFAULT:
        yield Difference(f"{' or '.join(asked.methods.words())} approves: natively only reviews do")
    if asked.allow_contributor or asked.allow_author:
        words = "the opener may approve their own work: this was kept, as 'allow_opener'"
        yield Difference(words)
    if asked.allow_contributor or asked.allow_non_author_contributor:
        yield Difference("contributors may approve: this was kept, as 'allow_other_contributors'")
    if asked.ignoring.update_merges or not asked.ignoring.commits_by.empty:
        words = "some commits are ignored: natively all people of all commits are contributors"
        yield Difference(words)


def required(question: Question) -> Required:
    """What stands under `conditions:`: all of it has to hold."""
    word = question.predicate.removeprefix("policy-bot ")
    made = _TABLE.get(word)
    return made(question.arguments) if made else _as_condition(question, word)


def _as_condition(question: Question, word: str) -> Required:
    found = condition(question)
    if found.under is None or says_not(found.under):
        return _untranslated(word, found.why or "natively no requirement can be negated")
    return Required(found.under, _if_any(found.why and f"{quoted(word)}: {found.why}"))


def _untranslated(what: str, why: str) -> Required:
    words = f"{quoted(what)} is not translated, and blocks until somebody does: {why}"
    return Required(stand_in(what), (Difference(words, open=True),))


def _if_any(words: str) -> tuple[Difference, ...]:
    return (Difference(words),) if words else ()


def _has_status(arguments: Statuses) -> Required:
    return _checks(arguments.statuses, arguments.conclusions)


def _has_successful_status(arguments: tuple[str, ...]) -> Required:
    return _checks(arguments, ())


def _has_workflow_result(arguments: Workflows) -> Required:
    what = f"has_workflow_result of {listed(arguments.workflows, 3)}"
    return _untranslated(what, "put the checks of its jobs there")


def _has_valid_signatures(arguments: bool) -> Required:  # noqa: FBT001 - a predicate's arguments
    if arguments:
        return Required({"signed_commits": {}})
    return _untranslated("has_valid_signatures: false", "natively signatures can only be required")


def _has_valid_signatures_by(arguments: ActorSet) -> Required:
    named = native_actors(arguments)
    if not named.words:
        return _untranslated("has_valid_signatures_by", named.why or "nobody is named")
    return Required({"signed_commits": {"signers": named.words}}, _if_any(named.why))


def _checks(names: tuple[str, ...], conclusions: tuple[str, ...]) -> Required:
    """By their names and, as nothing else is known, from GitHub Actions."""
    wanted = list(dict.fromkeys(name for name in names if name))
    if not wanted:
        return Required({})
    checks: list[Json] = [{"name": name, "app_id": ACTIONS_APP} for name in wanted]
    words = (
        f"whoever may push can report {listed(map(quoted, wanted), 5)}: natively an app is named,"
        f" and {ACTIONS_APP}, GitHub Actions, is only a guess"
    )
    differences = [Difference(words, open=True)]
    if set(conclusions) - {"success"}:
        ends = listed(quoted(each) for each in conclusions)
        differences.append(Difference(f"it may end with {ends}: natively only with 'success'"))
    return Required({"checks": checks}, tuple(differences))


_TABLE: Final[Mapping[str, Callable[[Any], Required]]] = {
    "has_status": _has_status,
    "has_successful_status": _has_successful_status,
    "has_workflow_result": _has_workflow_result,
    "has_valid_signatures": _has_valid_signatures,
    "has_valid_signatures_by": _has_valid_signatures_by,
}
"""The others are asked as conditions."""
