"""Writes docs/reference from the code: what can be looked up is never written by hand.

python docs/generate.py            write the pages
python docs/generate.py --check    only say which are out of date; exit 1 if any is
"""

import argparse
import contextlib
import inspect
import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import is_dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from warden_bot.config import PREFIX, Settings
from warden_hooks.cli import main as changewarden
from warden_hooks.patterns import our_files
from warden_hooks.patterns.rule_files import Compiled
from warden_policies import schemas
from warden_policies.policy import Dialect
from warden_policies.predicate import Example, Predicate
from warden_policies.predicates import PREDICATES
from warden_policies.rules import SecretRule, secret_rules
from warden_policies.scenario.words import SuiteWords
from warden_policies.schemas.in_words import in_words, records_in, short_name, table

REFERENCE = Path(__file__).parent / "reference"
SCHEMAS = REFERENCE / "schemas"
PATTERNS = "patterns"
COMMAND_GROUP = "changewarden.commands"
HAND_WRITTEN = {"policy-bot.md": "policy-bot's language"}
OWN_COMMANDS = ("scan",)
"""Commands that the hook's own entry point answers; all others are found by their entry point."""


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pages, or with `--check` compare them; the exit code says whether all fit."""
    parser = argparse.ArgumentParser(description="Write docs/reference from the code.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if out of date")
    check = parser.parse_args(argv).check
    stale = [path for path, text in pages() if _read(path) != text]
    stale += _left_over()
    if check:
        for path in stale:
            print(f"{path} is out of date: run `make docs` and commit what it writes")
        return 1 if stale else 0
    for path in _left_over():
        path.unlink()
    for path, text in pages():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


def pages() -> Iterator[tuple[Path, str]]:
    """Every page of the reference with the text it should have."""
    made = [(name, make()) for name, (_, make) in PAGES.items()]
    made += [(f"{PATTERNS}/{rule.about.id}.md", pattern_page(rule)) for rule in our_files.rules()]
    for name, lines in made:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
        yield REFERENCE / name, text.strip() + "\n"
    for name in schemas.NAMES:
        yield SCHEMAS / schemas.file_name(name), schemas.text(name)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _left_over() -> list[Path]:
    """Pages that nothing writes any more."""
    kept = {
        *PAGES,
        *HAND_WRITTEN,
        *(f"{PATTERNS}/{rule.about.id}.md" for rule in our_files.rules()),
    }
    found = {path: path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.md")}
    return sorted(path for path, name in found.items() if name not in kept)


def index_page() -> Iterator[str]:
    yield from ("# Reference", "", "Made from the code by `make docs`; do not edit.", "")
    for name, (title, _) in PAGES.items():
        if name != "README.md":
            yield f"- [{title}]({name})"
    yield from ("", "Written by hand:", "")
    for name, title in HAND_WRITTEN.items():
        yield f"- [{title}]({name})"


def command_page() -> Iterator[str]:
    yield from (
        "# Commands",
        "",
        "`changewarden` exits 0 when all is clean or allowed, 1 when something was found or is",
        "blocked, 2 when it was used or configured wrongly, 3 when the fault is its own.",
    )
    for command in ("", *OWN_COMMANDS, *sorted(installed() - {*OWN_COMMANDS})):
        yield from _command(command)


def installed() -> set[str]:
    """The commands that are found by their entry point."""
    return {entry.name for entry in entry_points(group=COMMAND_GROUP)}


def _command(command: str) -> Iterator[str]:
    text = _help([*command.split(), "--help"])
    yield from ("", f"## changewarden {command}".rstrip(), "", "```", text, "```")
    if "COMMAND ..." in text:
        for name in re.findall(r"^    ([a-z-]+) {2,}", text, flags=re.MULTILINE):
            yield from _command(f"{command} {name}")


def _help(arguments: list[str]) -> str:
    """What `changewarden ARGUMENTS` prints: 88 columns wide and without colours."""
    os.environ |= {"COLUMNS": "88", "NO_COLOR": "1"}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = changewarden(arguments)
    if code:
        sys.exit(f"changewarden {' '.join(arguments)} ended with {code}")
    return printed.getvalue().rstrip()


def settings_page() -> Iterator[str]:
    yield from (
        "# Settings of the service",
        "",
        "`changewarden serve` reads environment variables. Each may instead be given as a file",
        f"that holds the value: `{PREFIX}PRIVATE_KEY_FILE` for `{PREFIX}PRIVATE_KEY`. All",
        "problems are reported at once, and no message repeats a value.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    )
    for name, field in Settings.model_fields.items():
        yield f"| `{PREFIX}{name.upper()}` | {_default_of(field)} | {field.description} |"


def _default_of(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    return "none" if field.default is None else f"`{field.default}`"


def predicate_page() -> Iterator[str]:
    yield from (
        "# Predicates",
        "",
        "What a requirement in `.github/changewarden.yml` may ask. The examples are the tests.",
        "",
        "Globs: `*` is any run of characters but `/`, `?` one character but `/`, `[a-c]` one of",
        "these, `[!a-c]` one of all others but `/`. `**` between slashes is any number of whole",
        "segments, none included: `docs/**` is `docs`, be it a file, a link or a submodule, and",
        "all that is below it; `**/*.sql` is such a file in any folder. All else means itself, and",
        "upper case is not lower case. In a list, what begins with `!` is excepted. In the globs",
        "of titles `/` is a character like any other.",
    )
    yield from _predicates_of(Dialect.NATIVE)


def policy_bot_page() -> Iterator[str]:
    yield from (
        "# Predicates of policy-bot's language",
        "",
        "What a rule in a `.policy.yml` may ask; [the language](policy-bot.md) says where each may",
        "stand. `approvals` is what `requires: {count: ...}` asks, `disapproval` what",
        "`policy: {disapproval: ...}` does. The examples are the tests.",
    )
    yield from _predicates_of(Dialect.POLICY_BOT)


def _predicates_of(dialect: Dialect) -> Iterator[str]:
    for predicate in sorted(PREDICATES.values(), key=lambda item: item.name):
        if predicate.dialect is dialect:
            yield from _predicate(predicate)


def _predicate(predicate: Predicate) -> Iterator[str]:
    word = predicate.name.removeprefix("policy-bot ")
    yield from ("", f"## {word}", "", inspect.getdoc(predicate.check) or "", "")
    if predicate.dialect is Dialect.NATIVE:
        places = "`when:` and `require:`" if predicate.condition else "`require:`"
        yield from (f"Stands under {places}.", "")
    yield from _grammar(predicate.arguments)
    yield from ("", "| example | outcome | reason |", "|---|---|---|")
    yield from map(_example, predicate.examples)


def _grammar(arguments: object) -> Iterator[str]:
    if not is_dataclass(arguments):
        yield from (f"Argument: {in_words(arguments)}.", "")
    for record in dict.fromkeys(records_in([arguments])):
        yield from _record(record)


def _record(record: type) -> Iterator[str]:
    yield from (f"`{record.__name__}`: {inspect.getdoc(record)}", "", *table(record), "")


def policy_test_page() -> Iterator[str]:
    yield from (
        "# Words of a policy's tests",
        "",
        "What may stand in a file that `changewarden policy test` runs;",
        "[how to test a policy](../howto/test-a-policy.md) shows it at work. What is left out of a",
        "change is known not to be there: no files, no reviews, no labels.",
    )
    for record in dict.fromkeys(records_in([SuiteWords])):
        yield from ("", f"## {short_name(record)}", "", inspect.getdoc(record) or "", "")
        yield from table(record)


def _example(example: Example[Any]) -> str:
    return f"| {example.title} | {example.outcome.value} | {_cell(example.reason)} |"


def secret_rule_page() -> Iterator[str]:
    yield from (
        "# Secret rules",
        "",
        "What the hook stops, by the id that a report shows. A real secret that was committed",
        "has to be revoked: removing it from the file does not take it back.",
    )
    for rule in sorted(secret_rules().values(), key=lambda item: item.id):
        yield from _secret_rule(rule)


def _secret_rule(rule: SecretRule) -> Iterator[str]:
    yield from ("", f"## {rule.id}", "", f"{rule.title}. Severity: {rule.severity.value}.", "")
    yield from (f"- Instead: {rule.fix}", f"- Revoke: {rule.revoke}", f"- Format: {rule.reference}")


_LANGUAGE_NAMES = {
    "bash": "Shell",
    "dockerfile": "Dockerfile",
    "go": "Go",
    "java": "Java",
    "javascript": "JavaScript and TypeScript",
    "python": "Python",
    "terraform": "Terraform",
    "yaml": "YAML: GitHub Actions, Compose, Kubernetes",
}


def pattern_list_page() -> Iterator[str]:
    rules = [rule.about for rule in our_files.rules()]
    blocking = sum(rule.blocks for rule in rules)
    yield from (
        "# Insecure patterns",
        "",
        f"{len(rules)} rules, of which {blocking} stop a commit; the others are only told.",
        "[How insecure patterns are found](../../explanation/how-patterns-are-found.md).",
    )
    for language, name in sorted(_LANGUAGE_NAMES.items(), key=lambda item: item[1]):
        yield from ("", f"## {name}", "")
        yield from ("| rule | what it finds | weakness | |", "|---|---|---|---|")
        for rule in rules:
            if language in rule.languages:
                effect = "blocks" if rule.blocks else "warns"
                weakness = ", ".join(rule.cwe)
                yield f"| [{rule.id}]({rule.id}.md) | {rule.title} | {weakness} | {effect} |"


def pattern_page(rule: Compiled) -> Iterator[str]:
    about = rule.about
    effect = "stops a commit" if about.blocks else "is told, and stops nothing"
    languages = " and ".join(about.languages)
    yield from (f"# {about.id}", "", f"{about.title}. {about.message}", "")
    yield from (f"Instead: `{about.fix}`", "") if about.fix else ()
    yield from ("| | |", "|---|---|", f"| languages | {languages} |")
    yield f"| severity | {about.severity.value}: a finding {effect} |"
    for number in about.cwe:
        link = f"https://cwe.mitre.org/data/definitions/{number.removeprefix('CWE-')}.html"
        yield f"| weakness | [{number}]({link}) |"
    yield from (f"| OWASP | {category} |" for category in about.owasp)
    yield from (f"| read | <{reference}> |" for reference in about.references)
    for kind, title in (("bad", "Found"), ("good", "Not found")):
        yield from ("", f"## {title}", "")
        fence = f"```{_FENCES.get(about.languages[0], '')}"
        for example in rule.examples[kind]:
            yield from (fence, str(example).rstrip(), "```", "")
    yield from (
        "## When it is safe all the same",
        "",
        "Say why, at the end of the line or on the one before:",
        f"`changewarden: ignore[{about.id}] REASON`, in a comment of the language.",
    )


_FENCES = {"bash": "sh", "terraform": "hcl"} | {
    name: name for name in ("python", "javascript", "go", "java", "dockerfile", "yaml")
}


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


PAGES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "README.md": ("Reference", index_page),
    "commands.md": ("Commands", command_page),
    "settings.md": ("Settings of the service", settings_page),
    "predicates.md": ("Predicates", predicate_page),
    "policy-tests.md": ("Words of a policy's tests", policy_test_page),
    "policy-bot-predicates.md": ("Predicates of policy-bot's language", policy_bot_page),
    "secret-rules.md": ("Secret rules", secret_rule_page),
    f"{PATTERNS}/README.md": ("Insecure patterns", pattern_list_page),
}


if __name__ == "__main__":
    sys.exit(main())
