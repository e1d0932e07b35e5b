"""P5: can the rules themselves be changed alone, or by fewer people than what they protect?"""

from typing import Final

from warden_policies.files import changed_paths
from warden_policies.globs import matcher
from warden_policies.language.policy_change import PATHS
from warden_policies.model import Change
from warden_policies.prove.case import Ask, Case, Claim, Questions
from warden_policies.prove.deeds import alone, is_alone
from warden_policies.prove.finding import Severity
from warden_policies.prove.formula import both
from warden_policies.prove.question import question
from warden_policies.prove.texts.patterns import Attribute, globs_for

_WORKFLOWS: Final = (".github/workflows/**",)
_OWNERS: Final = tuple(path for path in PATHS if path.endswith("CODEOWNERS"))
_RULES: Final = tuple(path for path in PATHS if path not in _OWNERS)
_BOT_RULES: Final = (".policy.yml",)
_FIX: Final = "let a requirement for these paths ask for an approval by people who own them"


@question("P5")
def rules_unprotected(case: Case) -> Questions:
    """One person opens a change of what decides about changes, and merges it."""
    rules = _BOT_RULES if case.by_bot else _RULES
    yield _alone(case, Severity.ERROR, "the policy itself", rules)
    yield _alone(case, Severity.ERROR, "who owns which code", _OWNERS)
    yield _alone(case, Severity.WARNING, "the workflows that checks are made by", _WORKFLOWS)


def _alone(case: Case, severity: Severity, what: str, globs: tuple[str, ...]) -> Ask:
    matches = matcher(globs)

    def shows(change: Change) -> bool:
        touched = any(matches(path) for path in changed_paths(change))
        return touched and is_alone(change) and case.allows(change)

    touched = case.sketch.files.some_match(*globs_for(Attribute.PATH, globs))
    claim = Claim("P5", severity, f"an author can change {what} alone", _FIX)
    return Ask(claim, both(case.allowed, touched, alone(case.sketch)), shows)
