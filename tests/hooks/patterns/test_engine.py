"""What is asked of the engine, and what is not."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from tests.hooks.patterns.code import BAD, RULE, core
from tests.hooks.systems import linux
from warden_hooks.errors import EngineError
from warden_hooks.patterns.core import Answer, Hit, Target, Trouble
from warden_hooks.patterns.engine import PatternEngine, Subject
from warden_hooks.patterns.pack import Rule, ours
from warden_hooks.patterns.scan import blob_name


def subject(path: str, text: str) -> Subject:
    data = text.encode()
    return Subject(path, blob_name(data), data)


class Asked:
    """An engine that remembers what it was asked, and answers as it is told to."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.answer = answer
        self.calls: list[tuple[list[Target], list[str]]] = []

    def look(self, targets: Sequence[Target], rules: Iterable[str], folder: str) -> Answer:
        told = [*rules]
        self.calls.append(([*targets], told))
        if self.answer is None:
            return core().look(targets, told, folder)
        names = [json.loads(rule)["id"] for rule in told]
        hits = (
            replace(hit, rule=name)
            for hit in self.answer.hits
            for name in names
            if f".{name}".endswith(f".{hit.rule}")
        )
        return replace(self.answer, hits=tuple(hits))


def engine(program: Asked, rules: Sequence[Rule] | None = None) -> PatternEngine:
    return PatternEngine(ours()[1] if rules is None else rules, lambda: program, None)


@pytest.mark.parametrize(
    ("path", "text"),
    [("a.md", BAD), ("a.py", ""), ("a.py", "x = 1\n"), ("a.go", BAD), ("noending", BAD)],
)
def test_where_nothing_may_match_the_engine_is_not_started(path: str, text: str) -> None:
    asked = Asked()
    assert engine(asked).look([subject(path, text)])[0].hits == ()
    assert asked.calls == []


def test_many_files_are_one_call_with_only_the_rules_that_may_match() -> None:
    asked = Asked()
    files = [subject(f"{number}.py", f"{BAD}# {number}\n") for number in range(5)]
    found = engine(asked).look([*files, subject("x.py", "x = 1\n"), subject("y.md", BAD)])
    [(targets, rules)] = asked.calls
    assert len(targets) == 5
    assert 0 < len(rules) < 20
    assert [bool(looked.hits) for looked in found] == [True] * 5 + [False] * 2


def test_very_many_files_are_several_calls_with_one_answer() -> None:
    asked = Asked()
    files = [
        subject(f"{number}.py", f"{BAD if number % 3 else 'import os'}\n# request {number}\n")
        for number in range(150)
    ]
    found = engine(asked).look(files)
    assert sorted(len(targets) for targets, _ in asked.calls) == [20, 40, 40]
    assert [bool(looked.hits) for looked in found] == [bool(n % 3) for n in range(150)]


def test_a_call_that_fails_among_several_is_no_clean_result() -> None:
    class Failing(Asked):
        def look(self, targets: Sequence[Target], rules: Iterable[str], folder: str) -> Answer:
            if len(targets) < 40:
                raise EngineError("ended with 2")
            return super().look(targets, rules, folder)

    files = [subject(f"{number}.py", f"{BAD}# {number}\n") for number in range(50)]
    with pytest.raises(EngineError, match="ended with 2"):
        engine(Failing(Answer())).look(files)


def test_a_rule_is_tried_only_on_the_files_where_it_may_match() -> None:
    asked = Asked()
    other = "import tempfile\nname = tempfile.mktemp()\n"
    found = engine(asked).look([subject("a.py", BAD), subject("b.py", other)])
    [(_, rules)] = asked.calls
    told = {rule["id"].rpartition(".")[2]: rule for rule in map(json.loads, rules)}
    assert told[RULE]["paths"] == {"include": ["/changewarden/0.py"]}
    assert told["py-mktemp"]["paths"] == {"include": ["/changewarden/1.py"]}
    assert {hit.rule for hit in found[0].hits} >= {RULE}
    assert {hit.rule for hit in found[1].hits} == {"py-mktemp"}


def test_a_file_is_told_only_of_the_parts_that_may_mean_something_there() -> None:
    asked = Asked()
    checked = BAD.replace("os.system", "if not name.isalnum(): return\n    os.system")
    found = engine(asked).look([subject("a.py", BAD), subject("b.py", checked)])
    [(_, rules)] = asked.calls
    ours_ = [rule for rule in map(json.loads, rules) if rule["id"].endswith(f".{RULE}")]
    assert [rule["paths"]["include"] for rule in ours_] == [
        ["/changewarden/0.py"],
        ["/changewarden/1.py"],
    ]
    few, more = (json.dumps(rule) for rule in ours_)
    assert ("isalnum" in few, "isalnum" in more) == (False, True)
    assert [RULE in {hit.rule for hit in looked.hits} for looked in found] == [True, False]


def test_trouble_with_one_file_is_trouble_with_that_file() -> None:
    answer = Answer(troubles=(Trouble("cannot be parsed", target=1),))
    found = engine(Asked(answer)).look([subject("a.py", BAD), subject("b.py", BAD)])
    assert [bool(looked.troubles) for looked in found] == [False, True]


def test_trouble_in_general_is_trouble_with_all() -> None:
    answer = Answer(troubles=(Trouble("the engine skipped this rule", RULE),))
    found = engine(Asked(answer)).look([subject("a.py", BAD), subject("b.md", BAD)])
    assert [bool(looked.troubles) for looked in found] == [True, False]


def test_a_place_outside_of_the_file_is_no_answer() -> None:
    answer = Answer((Hit(RULE, 0, 0, 10**9),))
    with pytest.raises(EngineError, match="a place that is not in the file"):
        engine(Asked(answer)).look([subject("a.py", BAD)])


def test_a_hit_where_the_rule_was_not_asked_is_left_out() -> None:
    answer = Answer((Hit("py-mktemp", 0, 0, 1),))
    other = "import tempfile\nname = tempfile.mktemp()\n"
    found = engine(Asked(answer)).look([subject("a.py", BAD), subject("b.py", other)])
    assert found[0].hits == ()


def test_files_that_are_called_alike_are_told_apart() -> None:
    """A rule for some paths only makes the path known, and two contents may have the same."""
    checked = BAD.replace("os.system", "if not name.isalnum(): return\n    os.system")
    files = [subject("app/settings.py", text + "DEBUG = True\n") for text in (BAD, checked)]
    found = engine(Asked()).look(files)
    assert [RULE in {hit.rule for hit in looked.hits} for looked in found] == [True, False]


@linux
def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryDirectory", full)
    with pytest.raises(EngineError, match="temporary files cannot be written: No space left"):
        engine(Asked()).look([subject("a.py", BAD)])


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["x = '" + "a" * 4_900_000 + "'\n", "x = 1\n" * 100_000])
def test_nobody_can_make_the_first_look_run_for_hours(text: str) -> None:
    asked = Asked(Answer())
    rules = [rule for rule in ours()[1] if "python" in rule.languages]
    engine(asked, rules).look([subject("a.py", text + BAD)])
    assert len(asked.calls) == 1
