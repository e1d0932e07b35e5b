"""Makes the pack of insecure patterns from the rule files beside it, with the engine's help.

python policies/compile_patterns.py               write the pack
python policies/compile_patterns.py --check       only say whether it is out of date; exit 1 if so
python policies/compile_patterns.py --try NAME..  run the examples of these rules, write nothing
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from warden_hooks.patterns import (
    find,
    formula,
    head,
    languages,
    our_files,
    pack,
    prefilter,
    rule_files,
)
from warden_hooks.patterns.core import Core, Target
from warden_hooks.patterns.our_files import Example
from warden_hooks.patterns.pack import Rule
from warden_hooks.patterns.parts import Lists
from warden_hooks.patterns.rule_files import Compiled
from warden_hooks.patterns.split import split
from warden_policies.rules.secret_rule import RuleError

FEWEST_EXAMPLES = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Do what is asked; the exit code says whether all is well."""
    parser = argparse.ArgumentParser(description="Make the pack of insecure patterns.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if out of date")
    parser.add_argument("--try", nargs="*", dest="names", metavar="NAME", help="run examples")
    arguments = parser.parse_args(argv)
    try:
        if arguments.names is not None:
            return _try(arguments.names)
        return _write(check=arguments.check)
    except RuleError as error:
        sys.exit(str(error))


def made(core: Core, rules: Sequence[Compiled]) -> list[Rule]:
    """The rules as they are in the pack.

    Raises:
        RuleError: the engine does not understand one of them.
    """
    filters = rule_files.filters(core, rules)
    return [
        pack.rule(rule.about, rest, _filter(rule, lists, filters), lists)
        for rule, (rest, lists) in zip(rules, split(core, rules), strict=True)
    ]


def _filter(rule: Compiled, lists: Lists, filters: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """What a file must hold besides what the rule's lists say."""
    return rule_files.with_needs(formula.NOTHING, rule.needs) if lists else filters[rule.about.id]


def tried(
    core: Core, rules: Sequence[Compiled], cases: Sequence[Example]
) -> dict[Example, set[str]]:
    """For each example the ids of the rules that find something in it.

    Raises:
        RuleError: the engine did not look at all of it.
    """
    with tempfile.TemporaryDirectory() as folder:
        targets = []
        for number, case in enumerate(cases):
            file = Path(folder, f"{number}{languages.ending(case.language)}")
            file.write_text(case.text, encoding="utf-8")
            targets.append(Target(str(file), case.path, case.language))
        answer = core.look(targets, [json.dumps(rule.rule) for rule in rules], folder)
    for trouble in answer.troubles:
        where = "" if trouble.target is None else f"{cases[trouble.target]}: "
        raise RuleError(f"{where}{trouble.rule} {trouble.what}")
    found: dict[Example, set[str]] = {case: set() for case in cases}
    for hit in answer.hits:
        found[cases[hit.target]].add(hit.rule)
    return found


def complaints(core: Core, rules: Sequence[Compiled]) -> list[str]:
    """What is wrong with these rules: examples, their number, and what rules them out."""
    cases = [case for rule in rules for case in our_files.examples(rule)]
    wrong = [
        f"{case}: {'nothing found' if case.is_bad else 'found'}"
        for case, found in tried(core, rules, cases).items()
        if (case.rule in found) is not case.is_bad
    ]
    for rule, in_pack in zip(rules, made(core, rules), strict=True):
        for kind in our_files.KINDS:
            if len(rule.examples.get(kind, [])) < FEWEST_EXAMPLES:
                wrong.append(f"{rule.about.id}: fewer than {FEWEST_EXAMPLES} {kind} examples")
        wrong += [
            f"{case}: ruled out before the engine is asked"
            for case in our_files.examples(rule)
            if case.is_bad and not in_pack.may_match(prefilter.Text(case.text))
        ]
        if not in_pack.is_selective:
            wrong.append(f"{rule.about.id}: nothing rules it out, so it is tried on every file")
    return wrong


def _try(names: Sequence[str]) -> int:
    rules = our_files.rules(names)
    if missing := {*names} - {rule.about.id for rule in rules}:
        sys.exit(f"no such rule: {', '.join(sorted(missing))}")
    wrong = complaints(_core(), rules)
    print("\n".join([*wrong, f"{len(rules)} rules tried, {len(wrong)} complaints"]))
    return 1 if wrong else 0


def _write(*, check: bool) -> int:
    text = pack.written(made(_core(), our_files.rules()), find.PINNED)
    file = Path(head.place())
    if not check:
        file.write_text(text, encoding="ascii")
    elif not file.exists() or file.read_text(encoding="ascii") != text:
        print(f"{file} is out of date: run `make patterns` and commit what it writes")
        return 1
    return 0


def _core() -> Core:
    core = find.installed()
    if core is None or core.version() != find.PINNED:
        sys.exit(f"the pack is made with semgrep {find.PINNED}: `make setup` installs it")
    return core


if __name__ == "__main__":
    sys.exit(main())
