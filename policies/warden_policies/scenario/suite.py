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
from typing import Annotated, Final

from warden_policies.canonical import digest
from warden_policies.codec import check_keys, read
from warden_policies.constraints import NotEmpty, OneAlone
from warden_policies.language.refusal import errors_in
from warden_policies.language.yaml_source import YamlSource, read_yaml
from warden_policies.model import Change
from warden_policies.outcome import Verdict
from warden_policies.policy import InvalidPolicy
from warden_policies.problem import Mark, Path, Problems
from warden_policies.scenario.build import build
from warden_policies.scenario.people import merged, twice
from warden_policies.scenario.words import ChangeWords, PeopleWords, PersonWords

_SUITE: Final = ("policy", "people", "cases")
_CASE: Final = ("name", "people", "change", "expect", "because")
_TEXT = Annotated[str, NotEmpty()]
_BECAUSE = Annotated[tuple[_TEXT, ...], OneAlone()]


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
    check_keys(data, _SUITE, ("policy", "cases"), (), problems)
    policy = read(_TEXT, data.get("policy", "?"), ("policy",), problems)
    people = _people(data, (), problems)
    return Suite(str(policy), tuple(_cases(text, data, people, problems)))


def _people(
    data: Mapping[str, object], path: Path, problems: Problems
) -> Mapping[str, PersonWords]:
    people = read(PeopleWords, data.get("people", {}), (*path, "people"), problems)
    if not isinstance(people, dict):
        return {}
    for name in twice(people):
        problems.add((*path, "people", name), "this account stands here already", at_key=True)
    return people


def _cases(
    text: YamlSource,
    data: Mapping[str, object],
    people: Mapping[str, PersonWords],
    problems: Problems,
) -> Iterator[Case]:
    if "cases" not in data:
        return
    rows = data["cases"]
    if not isinstance(rows, list) or not rows:
        problems.add(
            ("cases",), "expected a list of cases, each with 'name', 'change' and 'expect'"
        )
        return
    names: set[str] = set()
    for index, row in enumerate(rows):
        path: Path = ("cases", index)
        case = _case(row, people, path, text.values.get(path, Mark(1, 1)), problems)
        if case is None:
            continue
        if case.name in names:
            problems.add((*path, "name"), "another case has this name")
        names.add(case.name)
        yield case


def _case(
    row: object, people: Mapping[str, PersonWords], path: Path, mark: Mark, problems: Problems
) -> Case | None:
    if not isinstance(row, dict):
        problems.add(path, "expected a case with 'name', 'change' and 'expect'")
        return None
    check_keys(row, _CASE, ("name", "change", "expect"), path, problems)
    everybody = merged(people, _people(row, path, problems))
    name = read(_TEXT, row.get("name", "?"), (*path, "name"), problems)
    change = _change(row.get("change", "?"), everybody, (*path, "change"), problems)
    expect = read(Verdict, row.get("expect", "allow"), (*path, "expect"), problems)
    because = read(_BECAUSE, row.get("because", []), (*path, "because"), problems)
    if change is None or not isinstance(expect, Verdict) or not isinstance(because, tuple):
        return None
    return Case(str(name), change, expect, because, mark)


def _change(
    data: object, people: Mapping[str, PersonWords], path: Path, problems: Problems
) -> Change | str | None:
    if isinstance(data, str):
        return data
    words = read(ChangeWords, data, path, problems)
    return build(words, people, path, problems) if isinstance(words, ChangeWords) else None
