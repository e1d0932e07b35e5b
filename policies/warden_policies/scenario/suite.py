"""A file of tests for a policy: changes in a few words, and what the policy must say to each.

```yaml
policy: ../.github/changewarden.yml
people:
  ana: write
  bob: {permission: maintain, teams: [acme/payments]}
cases:
  - name: the fee needs its owners
    change: {opener: ana, files: [payments/fee.py], approvals: [bob]}
    expect: allow
```
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from warden_policies.canonical import digest
from warden_policies.codec import check_keys, read
from warden_policies.language.refusal import errors_in
from warden_policies.language.yaml_source import YamlSource, read_yaml
from warden_policies.model import Change
from warden_policies.outcome import Verdict
from warden_policies.policy import InvalidPolicy
from warden_policies.problem import Mark, Path, Problems
from warden_policies.scenario.build import build
from warden_policies.scenario.people import merged, twice
from warden_policies.scenario.words import CaseWords, PeopleWords, PersonWords, Text


@dataclass(frozen=True, slots=True)
class Case:
    """One change and the verdict that the policy must come to.

    `change` is the path of a change file where it is a text; `because` are texts that the decision
    must contain; `mark` is where the case stands.
    """

    name: str
    change: Change | str
    expect: Verdict
    because: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Suite:
    """The cases of one file, and the path of the policy that they are about."""

    policy: str
    cases: tuple[Case, ...]


def parse_suite(source: bytes, path: str) -> Suite:
    """The suite that a file's bytes spell; `path` is how errors name the file.

    Raises:
        InvalidPolicy: every error at once, in the order of the text, as for a policy. No other
            exception is raised, whatever the bytes.
    """
    text = read_yaml(source)
    problems = Problems()
    suite = _suite(text, problems)
    errors = errors_in(text, problems.all(), path)
    if errors:
        raise InvalidPolicy(errors, digest(source))
    return suite


def _suite(text: YamlSource, problems: Problems) -> Suite:
    data = text.data
    if not isinstance(data, dict):
        problems.add((), "expected 'policy:' with the policy's file, and 'cases:'")
        return Suite("", ())
    check_keys(data, ("policy", "people", "cases"), ("policy", "cases"), (), problems)
    policy = read(Text, data.get("policy", "?"), ("policy",), problems)
    people = read(PeopleWords, data.get("people", {}), ("people",), problems)
    everybody = _people(people, ("people",), problems)
    return Suite(str(policy), tuple(_cases(text, data, everybody, problems)))


def _people(people: object, path: Path, problems: Problems) -> Mapping[str, PersonWords]:
    if not isinstance(people, dict):
        return {}
    for name in twice(people):
        problems.add((*path, name), "this account stands here already", at_key=True)
    return people


def _cases(
    text: YamlSource,
    data: Mapping[str, object],
    people: Mapping[str, PersonWords],
    problems: Problems,
) -> Iterator[Case]:
    """The cases that can be read; what is wrong with each is told, whatever the others are."""
    rows = data.get("cases", [None])
    if not isinstance(rows, list) or not rows:
        expected = "expected a list of cases, each with 'name', 'change' and 'expect'"
        problems.add(("cases",), expected)
        return
    names: set[str] = set()
    for index, row in enumerate(rows if "cases" in data else ()):
        path: Path = ("cases", index)
        words = read(CaseWords, row, path, problems)
        if not isinstance(words, CaseWords):
            continue
        if words.name in names:
            problems.add((*path, "name"), "another case has this name")
        names.add(words.name)
        mark = text.values.get(path, Mark(1, 1))
        change = words.change.stored or _built(words, people, path, problems)
        yield Case(words.name, change, words.expect, words.because, mark)


def _built(
    words: CaseWords, people: Mapping[str, PersonWords], path: Path, problems: Problems
) -> Change:
    own = _people(words.people, (*path, "people"), problems)
    return build(words.change, merged(people, own), (*path, "change"), problems)
