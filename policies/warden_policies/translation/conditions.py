"""Each predicate of policy-bot's as native conditions: exactly, or between two of them."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from warden_policies.canonical import Json
from warden_policies.glob_syntax import Kind
from warden_policies.policy import Question
from warden_policies.policy_bot.actors import ActorSet
from warden_policies.predicates.policy_bot.changed_files import Files
from warden_policies.predicates.policy_bot.from_branch import Source
from warden_policies.predicates.policy_bot.modified_lines import Lines
from warden_policies.predicates.policy_bot.no_changed_files import NoFiles
from warden_policies.predicates.policy_bot.only_changed_files import OnlyFiles
from warden_policies.predicates.policy_bot.targets_branch import Target
from warden_policies.predicates.policy_bot.title import TitleText
from warden_policies.text import quoted
from warden_policies.translation.actors import native_actors
from warden_policies.translation.patterns import Translated, all_of
from warden_policies.translation.words import Condition, Words, exactly, some

_NO_GLOBS: Final = "some of its expressions say what globs cannot"
_CONTRIBUTORS: Final = (
    "natively co-authors and pushers count, too, nobody may be unknown, and a commit that is made"
    " and signed on github.com has no committer"
)
_COMPARISON = re.compile(r"\s*([<>=])\s*\+?([0-9]{1,9})\s*")


def condition(question: Question) -> Condition:
    """What stands under `if:`, in native words."""
    word = question.predicate.removeprefix("policy-bot ")
    made = _TABLE.get(word)
    return made(question.arguments) if made else _between(f"nothing native asks {quoted(word)}")


def _between(why: str, *, over: Words | None = None, under: Words | None = None) -> Condition:
    return Condition(over or {}, under, why)


def _list(globs: tuple[str, ...]) -> list[Json]:
    return [*globs]


def _tidy(globs: tuple[str, ...]) -> list[Json]:
    """Where more may match: `docs/**` is the folder itself, too, when a link took its place."""
    return [glob.removesuffix("/*") if glob.endswith("/**/*") else glob for glob in globs]


def _in_globs(word: str, found: Translated, *, tidy: bool = False) -> Condition:
    over: Words = {}
    if found.wider:
        over = {word: _tidy(found.wider) if tidy else _list(found.wider)}
    under = {word: _list(found.narrower)} if found.narrower else None
    return Condition(over, under, "" if found.exact and found.wider else _NO_GLOBS)


def _changed_files(arguments: Files | NoFiles) -> Condition:
    """What is excepted must not be more than was ignored, or too little would be looked at."""
    wanted, ignored = (all_of(each, Kind.PATH) for each in (arguments.paths, arguments.ignore))
    over: Words = {}
    if wanted.wider:
        over = {"paths": _tidy(wanted.wider) + _except(ignored.narrower or ())}
    under: Words | None = None
    if wanted.narrower and ignored.wider is not None:
        under = {"paths": _list(wanted.narrower) + _except(ignored.wider)}
    exact = wanted.wider and wanted.exact and ignored.exact
    return Condition(over, under, "" if exact else _NO_GLOBS)


def _except(globs: tuple[str, ...]) -> list[Json]:
    return [f"!{glob}" for glob in globs]


def _no_changed_files(arguments: NoFiles) -> Condition:
    changed = _changed_files(arguments)
    over: Words = {"not": dict(changed.under)} if changed.under else {}
    under: Words | None = {"not": dict(changed.over)} if changed.over else None
    return Condition(over, under, changed.why)


def _only_changed_files(arguments: OnlyFiles) -> Condition:
    return _in_globs("only_paths", all_of(arguments.paths, Kind.PATH), tidy=True)


def _targets_branch(arguments: Target) -> Condition:
    return _in_globs("branches", all_of((arguments.pattern,), Kind.BRANCH))


def _from_branch(arguments: Source) -> Condition:
    """policy-bot calls a fork's branch `owner:branch`, which no native word does."""
    own = _in_globs("head_branches", all_of((arguments.pattern,), Kind.BRANCH))
    over: Words = {"any": [{"from_fork": True}, dict(own.over)]} if own.over else {}
    under = {**own.under, "from_fork": False} if own.under else None
    return Condition(over, under, own.why or "of forks it is not known which branches are meant")


def _title(arguments: TitleText) -> Condition:
    """The two lists are alternatives."""
    matches = all_of(arguments.matches, Kind.TITLE)
    others = all_of(arguments.not_matches, Kind.TITLE)
    over: list[Words] = []
    under: list[Words] = []
    if arguments.matches:
        over.append({"titles": _list(matches.wider)} if matches.wider else {})
        under += [{"titles": _list(matches.narrower)}] if matches.narrower else []
    if arguments.not_matches:
        over.append({"not": {"titles": _list(others.narrower)}} if others.narrower else {})
        under += [{"not": {"titles": _list(others.wider)}}] if others.wider else []
    exact = over and matches.exact and others.exact
    return Condition(some(over), some(under) if under else None, "" if exact else _NO_GLOBS)


def _has_author_in(arguments: ActorSet) -> Condition:
    named = native_actors(arguments)
    words: Words | None = {"opener": named.words} if named.words else None
    return Condition({} if named.lost or not words else words, words, named.why)


def _has_contributor_in(arguments: ActorSet) -> Condition:
    """That the opener is one of them is only one of the ways."""
    named = native_actors(arguments)
    why = "natively it can be asked who opened it, and whether every contributor is one of them"
    return _between(why, under={"opener": named.words} if named.words else None)


def _only_has_contributors_in(arguments: ActorSet) -> Condition:
    named = native_actors(arguments)
    why = named.why or _CONTRIBUTORS
    under: Words | None = {"contributors": named.words} if named.words else None
    over: Words = {"opener": named.words} if named.words and not named.lost else {}
    return Condition(over, under, why)


def _has_labels(arguments: tuple[str, ...]) -> Condition:
    labels = list(dict.fromkeys(label for label in arguments if label))
    return exactly({"labels": {"all_of": [*labels]}} if labels else {})


def _modified_lines(arguments: Lines) -> Condition:
    """One of the comparisons has to hold; natively only the total can be compared."""
    total = _compared(arguments.total)
    over, under = [total.over] if arguments.total.strip() else [], [total.under]
    for text in (arguments.additions, arguments.deletions):
        found = _COMPARISON.fullmatch(text)
        part = _size(found[1], int(found[2])) if found else {}
        if text.strip():
            over.append(part if found and found[1] == ">" else {})
            under.append(part if found and found[1] == "<" and part else None)
    known = [words for words in under if words]
    parts = arguments.additions.strip() or arguments.deletions.strip()
    why = total.why or ("natively only all lines together are counted" if parts else "")
    return Condition(some(over), some(known) if known else None, why)


def _compared(text: str) -> Condition:
    found = _COMPARISON.fullmatch(text)
    words = _size(found[1], int(found[2])) if found else {}
    if words:
        return exactly(words)
    return _between("no number of lines fits" if text.strip() else "")


def _size(operator: str, number: int) -> Words:
    """Empty for a comparison that no number passes."""
    if operator == ">":
        return {"size": {"more_lines_than": number}}
    if operator == "<":
        return {"size": {"fewer_lines_than": number}} if number else {}
    least: dict[str, Json] = {"more_lines_than": number - 1} if number else {}
    return {"size": {**least, "fewer_lines_than": number + 1}}


_TABLE: Final[Mapping[str, Callable[[Any], Condition]]] = {
    "changed_files": _changed_files,
    "no_changed_files": _no_changed_files,
    "only_changed_files": _only_changed_files,
    "has_author_in": _has_author_in,
    "has_contributor_in": _has_contributor_in,
    "only_has_contributors_in": _only_has_contributors_in,
    "targets_branch": _targets_branch,
    "from_branch": _from_branch,
    "modified_lines": _modified_lines,
    "has_labels": _has_labels,
    "title": _title,
}
"""The others have no native condition."""
