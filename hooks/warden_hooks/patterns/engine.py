"""From contents to the places in them where a rule matches: remembered, ruled out, or looked at.

The engine is started once for many contents, with the rules that may match in any of them, and not
at all where none may. What it could not look at is named, and is never taken for clean.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from warden_hooks.errors import EngineError
from warden_hooks.patterns import languages, limited, nesting
from warden_hooks.patterns.core import Answer, Hit, Target, Trouble, temporary_folder
from warden_hooks.patterns.kept import Kept
from warden_hooks.patterns.limited import Candidate
from warden_hooks.patterns.pack import Rule, rules_for
from warden_hooks.patterns.prefilter import Text

TOO_DEEP = "nested too deeply to be parsed"
_MOST_FOR_ONE_CALL, _MOST_CALLS = 40, 8
"""Contents for one call of the engine, and calls at once. What a call costs grows faster than its
contents: the engine asks of each rule whether it is for each of them."""


class Program(Protocol):
    """What applies rules to files: the engine, or the command around it."""

    def look(self, targets: Sequence[Target], rules: Iterable[str], folder: str) -> Answer:
        """Apply the rules to the targets. Raises EngineError when there is no answer."""
        ...


@dataclass(frozen=True)
class Subject:
    """A content to look at: what it is called, what git calls it, and its text in UTF-8."""

    path: str
    blob: str
    data: bytes = field(repr=False)

    @property
    def language(self) -> str:
        """Which of the engine's parsers it is for; empty when none is."""
        return languages.of(self.path, self.data)

    @cached_property
    def text(self) -> Text:
        """Its text, for formulas to be tried on."""
        return Text(self.data.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is in a content."""

    hits: tuple[Hit, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class _Question:
    """A content as one of the languages that it is looked at in."""

    subject: int
    language: str
    path: str
    """Empty where no rule asks for it."""


_Open = tuple[_Question, list[Rule]]
"""A question to be answered, and the rules that may."""


class PatternEngine:
    """The rules, and what applies them. `program` is fetched once something has to be looked at."""

    def __init__(
        self, rules: Sequence[Rule], program: Callable[[], Program], kept: Kept | None
    ) -> None:
        self._rules = rules
        self._program = program
        self._kept = kept
        self._asked = rules_for(rules)

    def look(self, subjects: Sequence[Subject]) -> list[Looked]:
        """What there is in each of the contents.

        Raises:
            EngineError: the engine gave no answer at all.
        """
        found: list[list[Hit]] = [[] for _ in subjects]
        troubles: list[list[Trouble]] = [[] for _ in subjects]
        open_questions: list[_Open] = []
        for number, subject in enumerate(subjects):
            for question in self._questions(number, subject):
                known = self._recalled(question, subject)
                if known is not None:
                    found[number] += known
                elif not (rules := self._may_match(question.language, subject.text)):
                    self._note(question, subject, [])
                elif nesting.is_too_deep(subject.data):
                    troubles[number].append(Trouble(TOO_DEEP))
                else:
                    open_questions.append((question, rules))
        for question, looked in self._looked_at(open_questions, subjects):
            found[question.subject] += looked.hits
            troubles[question.subject] += looked.troubles
            if not looked.troubles:
                self._note(question, subjects[question.subject], looked.hits)
        return [
            Looked(tuple(hits), tuple(wrong)) for hits, wrong in zip(found, troubles, strict=True)
        ]

    def _questions(self, number: int, subject: Subject) -> Iterator[_Question]:
        for language in (subject.language, *languages.ANYTHING):
            if language in self._asked:
                path = subject.path if self._asked[language] else ""
                yield _Question(number, language, path)

    def _may_match(self, language: str, text: Text) -> list[Rule]:
        return [rule for rule in self._rules if language in rule.languages and rule.may_match(text)]

    def _recalled(self, question: _Question, subject: Subject) -> list[Hit] | None:
        if self._kept is None:
            return None
        known = self._kept.recall(subject.blob, question.language, question.path)
        return None if known is None else _hits(known)

    def _note(self, question: _Question, subject: Subject, hits: Iterable[Hit]) -> None:
        if self._kept:
            self._kept.note(subject.blob, question.language, question.path, _kept(hits))

    def _looked_at(
        self, questions: Sequence[_Open], subjects: Sequence[Subject]
    ) -> Iterator[tuple[_Question, Looked]]:
        if not questions:
            return
        groups = [
            questions[start : start + _MOST_FOR_ONE_CALL]
            for start in range(0, len(questions), _MOST_FOR_ONE_CALL)
        ]
        answers = _at_once(partial(_answer, self._program(), subjects), groups)
        for group, answer in zip(groups, answers, strict=True):
            for number, (question, _) in enumerate(group):
                yield question, _about(number, answer, subjects[question.subject])
        if self._kept:
            self._kept.tidy()


def _at_once(
    ask: Callable[[Sequence[_Open]], Answer], groups: Sequence[Sequence[_Open]]
) -> list[Answer]:
    """The answers for all groups, of which several are asked for at the same time."""
    if len(groups) == 1:
        return [ask(groups[0])]
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - not for a commit

    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with ThreadPoolExecutor(min(usable or 1, _MOST_CALLS)) as pool:
        return [*pool.map(ask, groups)]


def _answer(program: Program, subjects: Sequence[Subject], questions: Sequence[_Open]) -> Answer:
    with temporary_folder() as folder:
        candidates = [
            _candidate(number, question, subjects[question.subject], may_match, folder)
            for number, (question, may_match) in enumerate(questions)
        ]
        told = limited.told(candidates)
        answer = program.look([each.target for each in candidates], told.rules, folder)
        return told.in_our_words(answer)


def _candidate(
    number: int, question: _Question, subject: Subject, rules: Sequence[Rule], folder: str
) -> Candidate:
    """Put the content where the engine finds it. Only rules that ask for a path learn its own."""
    ending = languages.ending(question.language)
    file = Path(folder, f"{number}{ending}")
    file.write_bytes(subject.data)
    asks = any(rule.asks_for_path for rule in rules)
    path = _shown(subject.path) if asks else f"{limited.PLACE}/{number}{ending}"
    return Candidate(Target(str(file), path, question.language), subject.text, rules)


def _about(number: int, answer: Answer, subject: Subject) -> Looked:
    """What an answer says of one of the contents; what is wrong in general is wrong with each."""
    hits = {(hit.rule, hit.start, hit.end): hit for hit in answer.hits if hit.target == number}
    if not all(0 <= hit.start <= hit.end <= len(subject.data) for hit in hits.values()):
        raise EngineError("semgrep's engine named a place that is not in the file")
    troubles = [each for each in answer.troubles if each.target in (number, None)]
    return Looked(tuple(hits.values()), tuple(troubles))


def _shown(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _kept(hits: Iterable[Hit]) -> bytes:
    fields = [(hit.rule, hit.start, hit.end, hit.ignored, dict(hit.variables)) for hit in hits]
    return json.dumps(fields).encode() if fields else b""


def _hits(kept: bytes) -> list[Hit] | None:
    """What `_kept` was given; None when it is nothing that it wrote."""
    try:
        return [
            Hit(rule, 0, start, end, ignored, {name: (at[0], at[1]) for name, at in names.items()})
            for rule, start, end, ignored, names in (json.loads(kept) if kept else ())
        ]
    except (ValueError, TypeError, IndexError, AttributeError):
        return None
