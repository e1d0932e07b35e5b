"""P5: can the rules themselves be changed alone, or by fewer people than what they protect?"""

from collections.abc import (
    Iterator,
)
from dataclasses import (
    replace,
)
from typing import Final

from warden_policies.evaluate import (
    answer,
)
from warden_policies.files import changed_paths
from warden_policies.globs import matcher
from warden_policies.language.policy_change import (
    NAME,
    OWNERS,
    PATHS,
)
from warden_policies.model import (
    Change,
    ChangedFile,
    FileChange,
)
from warden_policies.outcome import (
    Outcome,
)
from warden_policies.policy import (
    Node,
    Question,
)
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import alone, is_alone
from warden_policies.prove.encode import (
    Place,
)
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import (
    both,
    either,
    no,
    some,
)
from warden_policies.prove.question import question
from warden_policies.prove.rules import (
    Rule,
)
from warden_policies.prove.texts.patterns import Attribute, globs_for

_WORKFLOWS: Final = (".github/workflows/**",)
_OWNERS: Final = tuple(path for path in PATHS if path.endswith("CODEOWNERS"))
_RULES: Final = tuple(path for path in PATHS if path not in _OWNERS)
_BOT_RULES: Final = (".policy.yml",)
_MET: Final = (Outcome.PASS, Outcome.NOT_APPLICABLE)
_FIX: Final = "let a requirement for these paths ask for an approval by people who own them"


@question("P5")
def rules_unprotected(case: Case) -> Questions:
    """One person opens a change of what decides about changes, and merges it."""
    rules = _BOT_RULES if case.by_bot else _RULES
    yield _alone(case, Severity.ERROR, "the policy itself", rules)
    yield _alone(case, Severity.ERROR, "who owns which code", _OWNERS)
    yield _alone(case, Severity.WARNING, "the workflows that checks are made by", _WORKFLOWS)
    if not any(rule.name == NAME and _asks_named_people(rule) for rule in case.rules):
        for rule in case.rules:
            if _asks_named_people(rule):
                yield _without_them(case, rule, rules[:1])


def _alone(case: Case, severity: Severity, what: str, globs: tuple[str, ...]) -> Ask:
    matches = matcher(globs)

    def shows(change: Change) -> bool:
        touched = any(matches(path) for path in changed_paths(change))
        return touched and is_alone(change) and case.allows(change)

    touched = case.sketch.files.some_match(*globs_for(Attribute.PATH, globs))
    claim = Claim("P5", severity, f"an author can change {what} alone", _FIX)
    return Ask(claim, both(case.allowed, touched, alone(case.sketch)), shows)


def _asks_named_people(rule: Rule) -> bool:
    """Whether certain people have to approve, and not just anybody who may write."""
    return any(map(_names_people, rule.questions))


def _names_people(asked: Question) -> bool:
    rules = getattr(asked.arguments, "rules", None)
    actors = rules.actors if rules else getattr(asked.arguments, "actors", None)
    return actors is not None and not actors.empty


def _without_them(case: Case, rule: Rule, globs: tuple[str, ...]) -> Ask:
    """The rules change though those do not agree without whom some other file could not."""
    files, matches = case.sketch.files, matcher(globs)
    asking = [(place, node) for place, node in _leaves(rule) if _names_people(node)]
    answers = case.answer(rule.place)
    unmet = no(either(answers.passes, answers[Outcome.NOT_APPLICABLE]))
    elsewhere = some(files.if_only(unmet, at) for at in range(len(files.classes.rows)))
    formula = both(
        case.allowed,
        files.all_match(*globs_for(Attribute.PATH, globs)),
        elsewhere,
        some(no(case.answer(place).passes) for place, _ in asking),
    )

    def shows(change: Change) -> bool:
        paths = changed_paths(change)
        if not paths or not all(map(matches, paths)) or not case.allows(change):
            return False
        if all(_passes(node, change) for _, node in asking):
            return False
        others = (_touching(change, row.text) for row in files.classes.rows)
        return any(answer(rule.group, other).outcome not in _MET for other in others)

    claim = Claim(
        "P5",
        Severity.WARNING,
        "the rules can be changed without the people whom it names, who then lose their say",
        f"name who owns the rules under '{OWNERS}'",
        rule.name,
        bot_fix="let a rule for '^\\.policy\\.yml$' ask for their approval",
    )
    return Ask(claim, formula, shows)


def _leaves(rule: Rule) -> Iterator[tuple[Place, Question]]:
    for place, node in rule.asked:
        yield from _below(node, place)


def _below(node: Node, place: Place) -> Iterator[tuple[Place, Question]]:
    if isinstance(node, Question):
        yield place, node
        return
    for at, member in enumerate(node.members):
        yield from _below(member, (*place, at))


def _passes(node: Node, change: Change) -> bool:
    return answer(node, change).outcome is Outcome.PASS


def _touching(change: Change, path: str) -> Change:
    """The change, had it touched this file alone."""
    file = ChangedFile(path, FileChange.MODIFIED, change.additions, change.deletions)
    return replace(change, files=(file,), changed_files=1)
