"""The documented way to run semgrep, for machines where its engine cannot be called directly.

It takes seconds for what the engine does in a fraction of one, and finds the same.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from warden_hooks.patterns import core, languages
from warden_hooks.patterns.core import NOT_LOOKED_AT, Answer, Hit, Target, Trouble
from warden_hooks.suppress import is_nosemgrep

_SECONDS_ALONE = 180
_FINDINGS = (0, 1)
_MOST_NAMES = 30_000
"""Characters of file names on one command line; Windows allows little more."""
_QUIETLY = (
    *("--metrics=off", "--disable-version-check", "--json", "--quiet"),
    *("--disable-nosem", "--no-git-ignore", "--no-rewrite-rule-ids", "--max-target-bytes=0"),
)
"""Without a word to anybody, about every file that is named, called as we call it."""


@dataclass(frozen=True, slots=True)
class Command:
    """A `semgrep` that was found on this machine."""

    program: str

    def version(self) -> str:
        """What it calls itself.

        Raises:
            EngineError: it cannot be run.
        """
        # Asked for its version alone, it asks the network whether there is a newer one.
        command = [self.program, "--version", "--disable-version-check"]
        said = core.run(command, seconds=_SECONDS_ALONE)
        return said.decode("utf-8", "replace").strip()

    def look(self, targets: Sequence[Target], rules: Iterable[str], folder: str) -> Answer:
        """Apply the rules to the targets, as `Core.look` does.

        Raises:
            EngineError: there is no answer.
        """
        texts = [*rules]
        rules_file = Path(folder, "rules.json")
        rules_file.write_text(core.rules_document(texts), encoding="utf-8")
        told = [json.loads(text) for text in texts]
        answers = [
            self._look(group, targets, told, Path(folder, f"tree-{number}"))
            for number, group in enumerate(_groups(targets))
        ]
        hits = tuple(hit for answer in answers for hit in answer.hits)
        return Answer(hits, tuple(each for answer in answers for each in answer.troubles))

    def _look(
        self,
        group: Sequence[int],
        targets: Sequence[Target],
        rules: Sequence[Mapping[str, Any]],
        tree: Path,
    ) -> Answer:
        """What there is in some of the targets, laid out as in the repository."""
        names = [_placed(targets[number], tree) for number in group]
        said = core.run(
            [
                self.program,
                *("scan", *_QUIETLY, "--config", str(tree.parent / "rules.json")),
                *(f"--timeout={core.SECONDS_PER_RULE}", "--jobs=1"),
                *(f"--timeout-threshold={core.RULES_TIMED_OUT}",),
                *(f"--max-memory={core.MEBIBYTES}",),
                *(f"./{name}" for name in names),
            ],
            seconds=_SECONDS_ALONE + core.SECONDS_PER_TARGET * len(names),
            folder=str(tree),
            good=_FINDINGS,
        )
        document = core.document_in(said, "{")
        answer = core.answer_from(document, names)
        hits = (_marked(hit, Path(targets[group[hit.target]].file)) for hit in answer.hits)
        looked_at = {os.path.normpath(name) for name in document["paths"]["scanned"]}
        unseen = [
            Trouble(NOT_LOOKED_AT, target=place)
            for place, name in enumerate(names)
            if os.path.normpath(name) not in looked_at
            and _is_for_it(rules, targets[group[place]].analyzer)
        ]
        return Answer(
            tuple(replace(hit, target=group[hit.target]) for hit in hits),
            tuple(
                replace(each, target=None if each.target is None else group[each.target])
                for each in (*answer.troubles, *unseen)
            ),
        )


def _groups(targets: Sequence[Target]) -> Iterator[list[int]]:
    """The targets by number, in groups: each path once, and no more names than fit."""
    waiting = list(range(len(targets)))
    while waiting:
        group: list[int] = []
        paths: set[str] = set()
        left: list[int] = []
        size = 0
        for number in waiting:
            path = targets[number].path
            if path in paths or size > _MOST_NAMES:
                left.append(number)
                continue
            group.append(number)
            paths.add(path)
            size += len(path) + 3
        yield group
        waiting = left


def _placed(target: Target, tree: Path) -> str:
    """Put a copy of the file where the repository has it below `tree`, and say where that is."""
    parts = [part for part in PurePosixPath(target.path).parts if part not in ("/", "..")]
    if not languages.by_name(target.path) and target.analyzer not in languages.ANYTHING:
        parts[-1] += languages.ending(target.analyzer)  # its first line alone does not always do
    place = tree.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(Path(target.file).read_bytes())
    return "/".join(parts)


def _is_for_it(rules: Iterable[Mapping[str, Any]], language: str) -> bool:
    """Whether there is a rule for the language, wherever the file may be."""
    return any(
        language in languages.called(rule["languages"]) and "paths" not in rule for rule in rules
    )


def _marked(hit: Hit, file: Path) -> Hit:
    """With whether a comment ignores it, which the command tells only by leaving it out."""
    data = file.read_bytes()
    start = data.rfind(b"\n", 0, hit.start) + 1
    before = data[data.rfind(b"\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
    line = data[start : (data + b"\n").index(b"\n", start)]
    shown, previous = (text.decode("utf-8", "replace") for text in (line, before))
    return replace(hit, ignored=is_nosemgrep(shown, previous, hit.rule))


def found(beside: str | None) -> Command | None:
    """The command of the installation that the engine `beside` belongs to, else one on the PATH."""
    import shutil  # noqa: PLC0415 - only then

    name = "semgrep.exe" if sys.platform == "win32" else "semgrep"
    folders = [Path(sys.executable).parent]
    if beside:
        folders += [folder / "bin" for folder in Path(beside).parents]
    for folder in folders:
        if os.access(folder / name, os.X_OK) and (folder / name).is_file():
            return Command(str(folder / name))
    on_path = shutil.which("semgrep")
    return Command(on_path) if on_path else None
