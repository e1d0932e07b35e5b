"""The repository's own rules: a folder of semgrep rule files that its configuration names.

    # .github/changewarden.yml
    patterns:
      rules: .changewarden/patterns

Both are read from the base, never from what is being looked at: a change cannot choose the rules
that judge it.
"""

import hashlib
from collections.abc import Collection, Sequence

from warden_hooks.errors import UsageError
from warden_hooks.patterns import bases, head, pack
from warden_hooks.patterns.bases import Base
from warden_hooks.patterns.core import Core
from warden_hooks.patterns.pack import Rule
from warden_hooks.patterns.rule_files import compiled, filters
from warden_policies.language.pattern_settings import settings_in
from warden_policies.rules.secret_rule import RuleError

_ENDINGS = (".yml", ".yaml")
_FIX = "see docs/howto/write-your-own-pattern-rules.md"


def sources(base: Base) -> list[tuple[str, bytes]]:
    """The rule files that the configuration names, by path.

    Raises:
        UsageError: the configuration cannot be read, or names no rules.
    """
    configuration = bases.configuration(base)
    if configuration is None:
        return []
    settings, problems = settings_in(configuration)
    if problems:
        raise UsageError(f"{bases.CONFIGURATION}:{problems[0]}", "changewarden policy check")
    if not settings.rules:
        return []
    folder = settings.rules.rstrip("/")
    found = [(path, data) for path, data in base.below(folder) if path.endswith(_ENDINGS)]
    if not found:
        what = f"{bases.CONFIGURATION} names rules in {folder}, and there is no rule file there"
        raise UsageError(what, "commit the rules, or take 'patterns.rules' out of it")
    return found


def digest_of(ours: str, files: Sequence[tuple[str, bytes]]) -> str:
    """What names our rules together with these."""
    total = hashlib.sha256(ours.encode())
    for path, data in files:
        total.update(b"\0%s\0%d\0" % (path.encode("utf-8", "surrogateescape"), len(data)))
        total.update(data)
    return total.hexdigest()[: len(ours)]


def to_remember(rules: Sequence[Rule]) -> bytes:
    """The rules as `remembered` reads them."""
    body = "".join(f"{rule.line({})}\n" for rule in rules)
    return f"{head.digest_of(body)}\n{body}".encode()


def remembered(kept: bytes) -> list[Rule] | None:
    """The rules that were remembered; None when it is not all of what was written."""
    digest, _, body = kept.decode("utf-8", "replace").partition("\n")
    if digest != head.digest_of(body):
        return None
    return [pack.rule_from(line, own=False) for line in body.splitlines()]


def rules_in(
    files: Sequence[tuple[str, bytes]], taken: Collection[str], core: Core | None
) -> list[Rule]:
    """The rules in these files, of which the engine understood every one.

    Raises:
        UsageError: a file cannot be used; the message names the place.
        EngineError: the engine does not answer.
    """
    try:
        found = [each for path, data in files for each in compiled(path, data)]
    except RuleError as error:
        raise UsageError(str(error), _FIX) from None
    known = set(taken)
    for each in found:
        if each.about.id in known:
            raise UsageError(
                f"two rules have the id {each.about.id!r}", "call one of them otherwise"
            )
        known.add(each.about.id)
    try:
        formulas = filters(core, found) if core else {}
    except RuleError as error:
        raise UsageError(str(error), _FIX) from None
    return [
        pack.rule(each.about, each.rule, formulas.get(each.about.id, "None"), own=False)
        for each in found
    ]
