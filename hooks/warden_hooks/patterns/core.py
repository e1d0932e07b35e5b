"""The engine itself, `semgrep-core`, called without the Python command around it.

That command takes seconds to start and does nothing that we need. What the program expects and
answers was observed with the version that we pin: see docs/explanation/how-patterns-are-found.md.
Nothing that it says about a file is believed unless it says that it looked at all of it.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from warden_hooks.errors import EngineError

SECONDS_PER_RULE = 20
"""For one rule on one file, after which that pair counts as not checked."""
RULES_TIMED_OUT = 3
"""After so many the rest of the rules are not tried on a file."""
MEBIBYTES = 3_000
SECONDS_ALONE, SECONDS_PER_TARGET = 60, 20
"""The whole call is given up after these, together."""
NOT_LOOKED_AT = "semgrep did not look at it"


@dataclass(frozen=True, slots=True)
class Target:
    """A file to look at: where it is, what it is called in the repository, and how to parse it."""

    file: str
    path: str
    analyzer: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule matches, in bytes from the beginning of the file."""

    rule: str
    target: int
    """Which of the targets' files it is in."""
    start: int
    end: int
    ignored: bool = False
    """A `nosemgrep` comment says so."""
    variables: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Where in the file what the rule's metavariables stand for is."""
    fix: str | None = field(default=None, repr=False)
    """What the rule would write instead."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was not checked, and why: about a file, a rule, or both."""

    what: str
    rule: str = ""
    target: int | None = None
    lines: tuple[range, ...] | None = None
    """The lines that it is about; None for all of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call found, and what it could not look at."""

    hits: tuple[Hit, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Core:
    """An engine that was found on this machine."""

    program: str

    def version(self) -> str:
        """What it calls itself.

        Raises:
            EngineError: it cannot be run.
        """
        said = run([self.program, "-version"], seconds=SECONDS_ALONE).decode("utf-8", "replace")
        return said.partition(":")[2].split()[0] if ":" in said else ""

    def prefilters(self, rules_file: str) -> dict[str, Any]:
        """For each rule, what a file must hold for it to match: see `prefilter`.

        Raises:
            EngineError: it says nothing that makes sense.
        """
        said = run([self.program, "-prefilter_of_rules", rules_file], seconds=SECONDS_ALONE)
        return {entry["rule_id"]: entry["filter"] for entry in document_in(said, "[{")}

    def look(self, targets: Sequence[Target], rules: Iterable[str], folder: str) -> Answer:
        """Apply the rules, each as JSON, to the targets; `folder` is where the call's files go.

        Raises:
            EngineError: there is no answer. What is missing in one is among its troubles.
        """
        rules_file, targets_file = Path(folder, "rules.json"), Path(folder, "targets.json")
        rules_file.write_text(rules_document(rules), encoding="utf-8")
        targets_file.write_text(targets_document(targets), encoding="utf-8")
        said = run(
            [
                self.program,
                "-json_nodots",
                "-fast",
                *("-rules", str(rules_file)),
                *("-targets", str(targets_file)),
                *("-j", "1"),
                *("-timeout", str(SECONDS_PER_RULE)),
                *("-timeout_threshold", str(RULES_TIMED_OUT)),
                *("-max_memory", str(MEBIBYTES)),
            ],
            seconds=SECONDS_ALONE + SECONDS_PER_TARGET * len(targets),
        )
        answer = answer_from(document_in(said, "{"), [target.file for target in targets])
        # A file that no rule is for is not in its list of files, and one that went away is neither.
        gone = tuple(
            Trouble(NOT_LOOKED_AT, target=number)
            for number, target in enumerate(targets)
            if not Path(target.file).exists()
        )
        return replace(answer, troubles=answer.troubles + gone)


@contextmanager
def temporary_folder() -> Iterator[str]:
    """A folder for what the engine is to read, which is gone afterwards.

    Raises:
        EngineError: there is no room for it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="changewarden-") as folder:
            yield folder
    except OSError as error:
        raise EngineError(f"temporary files cannot be written: {error.strerror}") from None


def rules_document(rules: Iterable[str]) -> str:
    """Rules, each as JSON, as a file that the engine reads."""
    return f'{{"rules":[{",".join(rules)}]}}'


def targets_document(targets: Iterable[Target]) -> str:
    """The targets as a file that the engine reads."""
    return json.dumps(["Targets", [["CodeTarget", _code_target(target)] for target in targets]])


def _code_target(target: Target) -> dict[str, Any]:
    return {
        "path": {"fpath": target.file, "ppath": f"/{target.path}"},
        "analyzer": target.analyzer,
        "products": ["sast"],
    }


def run(
    command: Sequence[str],
    *,
    seconds: float,
    folder: str | None = None,
    good: Container[int] = (0,),
) -> bytes:
    """What a program prints, which nothing is told on its standard input.

    Raises:
        EngineError: it cannot be started, does not end, or ends with another code than `good`.
    """
    name = Path(command[0]).name
    try:
        ended = subprocess.run(  # noqa: S603 - the engine that was found, arguments of our own
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            cwd=folder,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineError(f"{name} did not end within {seconds:.0f} s") from None
    except OSError as error:
        raise EngineError(f"{name} could not be started: {error.strerror}") from None
    if ended.returncode not in good:
        raise EngineError(f"{name} ended with {ended.returncode}: {_last(ended.stderr)}")
    return ended.stdout


def _environment() -> dict[str, str]:
    """Without settings of semgrep's that could make it log, trace or talk."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SEMGREP_")}
    return kept | {"SEMGREP_SEND_METRICS": "off", "SEMGREP_ENABLE_VERSION_CHECK": "0"}


def _last(errors: bytes) -> str:
    """The last line of what it complained of. It names files and rules, and quotes no code."""
    lines = errors.decode("utf-8", "replace").strip().split("\n")
    return lines[-1][:200]


def document_in(said: bytes, start: str) -> Any:  # noqa: ANN401 - as JSON gives it
    """The JSON in an answer, in which what a file holds may be no UTF-8.

    Raises:
        EngineError: there is none.
    """
    text = said.decode("utf-8", "replace")
    try:
        return json.loads(text[text.index(start) :])
    except ValueError:
        raise EngineError("semgrep's engine gave no answer that can be read") from None


def answer_from(document: Mapping[str, Any], files: Sequence[str]) -> Answer:
    """What the engine's JSON says about files, by what it calls them.

    Raises:
        EngineError: it is not what the version that we know writes.
    """
    number = {file: place for place, file in enumerate(files)}
    try:
        hits = [_hit(result, number) for result in document["results"]]
        troubles = [_trouble(error, number) for error in document["errors"]]
        named = {trouble.rule for trouble in troubles}
        troubles += [
            Trouble("the engine skipped this rule", skipped["rule_id"])
            for skipped in document["skipped_rules"]
            if skipped["rule_id"] not in named
        ]
    except (KeyError, TypeError, AttributeError):
        raise EngineError("semgrep's engine answered in a form that is not known") from None
    return Answer(tuple(hits), tuple(troubles))


def _hit(result: Mapping[str, Any], number: Mapping[str, int]) -> Hit:
    extra = result["extra"]
    return Hit(
        rule=result["check_id"],
        target=number[result["path"]],
        start=result["start"]["offset"],
        end=result["end"]["offset"],
        ignored=bool(extra.get("is_ignored")),
        variables={
            name: (value["start"]["offset"], value["end"]["offset"])
            for name, value in extra.get("metavars", {}).items()
        },
        fix=extra.get("fix"),
    )


_RULE_ERROR, _PARTIAL = "Rule parse error", "PartialParsing"
_WORDS = {
    "Timeout": f"took longer than {SECONDS_PER_RULE} s",
    "Out of memory": f"needs more than {MEBIBYTES} MiB",
    "Lexical error": "cannot be parsed",
    "Syntax error": "cannot be parsed",
    "Other syntax error": "cannot be parsed",
    _PARTIAL: "cannot be parsed there",
}
"""The engine's own words where others are plainer. What it adds to them quotes code."""


def _trouble(error: Mapping[str, Any], number: Mapping[str, int]) -> Trouble:
    told = error.get("error_type") or error["type"]
    kind, *more = told if isinstance(told, list) else [told]
    place = (error.get("location") or {}).get("path", "")
    what = _WORDS.get(str(kind), str(kind))
    if kind == _RULE_ERROR:
        what = f"{kind}: {str(error['message']).strip().partition(chr(10))[0]}"
    return Trouble(
        what=what,
        rule=error.get("rule_id") or "",
        target=number.get(place),
        lines=_lines(more[0]) if kind == _PARTIAL and more else None,
    )


def _lines(spans: Iterable[Mapping[str, Any]]) -> tuple[range, ...]:
    return tuple(range(span["start"]["line"], span["end"]["line"] + 1) for span in spans)
