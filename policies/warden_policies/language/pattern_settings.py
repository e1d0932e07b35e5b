"""The `patterns:` of `.github/changewarden.yml`: what the scan for insecure patterns goes by."""

from dataclasses import dataclass

from warden_policies.codec import INVALID, read
from warden_policies.language.yaml_source import YamlSource, read_yaml
from warden_policies.problem import Problem, Problems

KEY = "patterns"


@dataclass(frozen=True, slots=True)
class PatternSettings:
    """What a repository adds to the rules that everybody has."""

    rules: str = ""
    """A folder of semgrep rule files in the repository; empty for none."""


def read_settings(data: object, problems: Problems) -> PatternSettings:
    """The settings in what a policy file says, all that is wrong with them among `problems`."""
    if not isinstance(data, dict) or KEY not in data:
        return PatternSettings()
    settings = read(PatternSettings, data[KEY], (KEY,), problems)
    if settings is INVALID or not isinstance(settings, PatternSettings):
        return PatternSettings()
    if settings.rules.startswith("/") or ".." in settings.rules.split("/"):
        expected = "expected a folder in the repository, such as .changewarden/patterns"
        problems.add((KEY, "rules"), expected)
    return settings


def settings_in(source: bytes) -> tuple[PatternSettings, list[str]]:
    """The settings in a policy file's bytes, and what is wrong with them, each with its place.

    What else the file says is left to `changewarden policy check`.
    """
    text = read_yaml(source)
    problems = Problems()
    settings = read_settings(text.data, problems)
    found = (*text.problems, *problems.all())
    return settings, [_placed(problem, text) for problem in found]


def _placed(problem: Problem, text: YamlSource) -> str:
    mark = text.place(problem)
    return f"{mark.line}:{mark.column}: {problem.message}"
