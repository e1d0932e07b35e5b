"""What a scan for insecure patterns needs, put together: rules, engine, memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from warden_hooks.patterns import bases, find, kept, languages, pack
from warden_hooks.patterns.bases import Base
from warden_hooks.patterns.engine import PatternEngine
from warden_hooks.patterns.head import Head
from warden_hooks.patterns.kept import Kept
from warden_hooks.patterns.pack import Rule


@dataclass(frozen=True, slots=True)
class Session:
    """An engine with its rules, and how these are called."""

    engine: PatternEngine
    rules: Mapping[str, Rule]
    digest: str
    """What names these rules."""
    languages: Mapping[str, bool]
    """Those that there are rules for; see `pack.rules_for`."""

    def wants(self, path: str) -> bool:
        """Whether there may be rules for a file, as far as its name tells."""
        if any(name in self.languages for name in languages.ANYTHING):
            return True
        return languages.by_name(path) in self.languages or languages.may_tell(path)


def opened(base: Base | None, say: Callable[[str], None], *, anew: bool = False) -> Session:
    """The rules of everybody and those of the repository, and what applies them.

    `say` is told what the user has to know. The program is looked for once it is needed. `anew`
    means that everything is looked at, also what is known.

    Raises:
        UsageError: the repository's own rules cannot be used.
        EngineError: these have to be understood first, and there is no engine.
    """
    head, rules = pack.ours()
    memory = kept.of(head, find.identity(), create=True)
    if base and bases.configuration(base):
        digest, own = _own_rules(base, head.digest, rules, memory, say)
        rules = [*rules, *own]
        head = Head(digest, head.engine, pack.rules_for(rules))
        memory = kept.of(head, find.identity(), create=True)
    program = cache(lambda: find.engine(memory, say))
    engine = PatternEngine(rules, program, None if anew else memory)
    return Session(engine, {rule.id: rule for rule in rules}, head.digest, head.languages)


def _own_rules(
    base: Base, digest: str, ours: Sequence[Rule], memory: Kept | None, say: Callable[[str], None]
) -> tuple[str, list[Rule]]:
    """The repository's rules, and what names ours together with them. What the engine says of them
    is asked for once."""
    from warden_hooks.patterns import user_rules  # noqa: PLC0415 - the policy language is large

    files = user_rules.sources(base)
    if not files:
        return digest, []
    digest = user_rules.digest_of(digest, files)
    name = f"rules-{digest}"
    known = user_rules.remembered((memory and memory.marked(name)) or b"")
    if known is not None:
        return digest, known
    found = find.engine(memory, say)
    core = found.core if isinstance(found, find.Engine) else None
    rules = user_rules.rules_in(files, {rule.id for rule in ours}, core)
    if memory and core:
        memory.mark(name, user_rules.to_remember(rules))
    return digest, rules
