"""The questions that arise once the pull request and its policy are known, many in one request.

Logins, paths and names of teams come from strangers: they travel as variables, never in the query.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warden_bot.errors import RetryLaterError
from warden_bot.github.client import Installation
from warden_bot.github.snapshot.pages import MovedError, Pages
from warden_policies.text import short

_AT_ONCE = 250
"""Questions in one request: enough for most pull requests, few enough to be answered in time."""
REPOSITORY: Final = "repository"
TOP: Final = "top"


@dataclass(frozen=True, slots=True)
class Question:
    """A field to be read. `$0`, `$1` ... in it stand for `values`, which are texts or nothing."""

    name: str
    """What it is called in the query, and therefore in GitHub's errors; a number is added."""
    field: str
    values: tuple[str | None, ...]
    place: str = REPOSITORY
    """What it is a field of: the repository, one of its commits (by sha), or the query itself.

    What is asked at the top may not exist at all: the answer is None then.
    """


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks about one pull request, and sees to it that all answers are of the same head."""

    installation: Installation
    pages: Pages

    def ask(self, questions: Sequence[Question]) -> list[Any]:
        """The answers, in the order of the questions. Without questions nothing is asked.

        Raises:
            ForbiddenError: the App may not read one of them.
            MovedError: the pull request has another head or base by now.
            RetryLaterError: GitHub did not answer.
        """
        parts = (questions[at : at + _AT_ONCE] for at in range(0, len(questions), _AT_ONCE))
        return [answer for part in parts for answer in self._ask(part)]

    def _ask(self, questions: Sequence[Question]) -> Iterator[Any]:
        pull = self.pages.pull
        owner, _, name = self.pages.repository["nameWithOwner"].partition("/")
        about = {"owner": owner, "name": name, "number": pull["number"]}
        optional = [_alias(i, each) for i, each in enumerate(questions) if each.place == TOP]
        query, variables = query_for(questions)
        data = self.installation.graphql(query, about | variables, absent=optional)
        repository, places = data["repository"], _commits(questions)
        now = repository["pullRequest"]
        if any(now[part] != pull[part] for part in ("headRefOid", "baseRefName")):
            raise MovedError
        for commit, alias in places.items():
            if repository[alias] is None:
                raise RetryLaterError(f"GitHub does not show commit {short(commit)}")
        insides = {TOP: data, REPOSITORY: repository}
        insides |= {commit: repository[alias] for commit, alias in places.items()}
        for index, each in enumerate(questions):
            yield insides[each.place][_alias(index, each)]


def query_for(questions: Sequence[Question]) -> tuple[str, dict[str, str | None]]:
    """The query that asks all of `questions`, and its variables but for the pull request's own."""
    places = _commits(questions)
    variables: dict[str, str | None] = {alias: commit for commit, alias in places.items()}
    declared = "".join(f" ${alias}: GitObjectID!" for alias in places.values())
    for index, each in enumerate(questions):
        for position, value in enumerate(each.values):
            name = _variable(index, position)
            variables[name] = value
            declared += f" ${name}: String" + ("" if value is None else "!")
    of_commits = "".join(
        f" {alias}: object(oid: ${alias}) {{ ... on Commit {{{_fields(questions, commit)} }} }}"
        for commit, alias in places.items()
    )
    query = (
        f"query Details($owner: String! $name: String! $number: Int!{declared}) {{"
        " repository(owner: $owner, name: $name) {"
        " pullRequest(number: $number) { headRefOid baseRefName }"
        f"{of_commits}{_fields(questions, REPOSITORY)} }}{_fields(questions, TOP)} }}"
    )
    return query, variables


def _commits(questions: Sequence[Question]) -> Mapping[str, str]:
    """The commits that are asked about, each with what it is called in the query."""
    shas = dict.fromkeys(each.place for each in questions if each.place not in (REPOSITORY, TOP))
    return {sha: f"commit{index}" for index, sha in enumerate(shas)}


def _fields(questions: Sequence[Question], place: str) -> str:
    return "".join(
        f" {_alias(index, each)}: {_with_variables(index, each)}"
        for index, each in enumerate(questions)
        if each.place == place
    )


def _with_variables(index: int, question: Question) -> str:
    field = question.field
    for position in range(len(question.values)):
        field = field.replace(f"${position}", f"${_variable(index, position)}")
    return field


def _alias(index: int, question: Question) -> str:
    return f"{question.name}{index}"


def _variable(index: int, position: int) -> str:
    return f"v{index}_{position}"
