"""What is asked of the engine, and what is not."""

from collections.abc import Iterable, Sequence

import pytest

from tests.hooks.patterns.code import BAD, GOOD, RULE, core
from tests.hooks.systems import linux
from warden_hooks.errors import EngineError
from warden_hooks.patterns.core import Answer, Hit, Target, Trouble
from warden_hooks.patterns.engine import Looked, PatternEngine, Subject
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

    def look(
        self, targets: Sequence[Target], rules: Iterable[str], folder: str, jobs: int
    ) -> Answer:
        told = [*rules]
        self.calls.append(([*targets], told))
        return core().look(targets, told, folder, jobs) if self.answer is None else self.answer


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


def test_a_rule_is_tried_only_on_the_files_where_it_may_match() -> None:
    asked = Asked()
    other = "import tempfile\nname = tempfile.mktemp()\n"
    found = engine(asked).look([subject("a.py", BAD), subject("b.py", other)])
    [(_, rules)] = asked.calls
    by_rule = {rule.split('"id":"')[1].split('"')[0]: rule for rule in rules}
    assert by_rule[RULE].endswith('"paths":{"include":["/changewarden/0.py"]}}')
    assert by_rule["py-mktemp"].endswith('"paths":{"include":["/changewarden/1.py"]}}')
    assert {hit.rule for hit in found[0].hits} >= {RULE}
    assert {hit.rule for hit in found[1].hits} == {"py-mktemp"}


def places(looked: Looked) -> set[tuple[str, int, int]]:
    return {(hit.rule, hit.start, hit.end) for hit in looked.hits}


def test_what_is_ruled_out_loses_no_finding() -> None:
    """The whole pack on every file, against only what may match."""
    rules = ours()[1]
    files = [subject("a.py", BAD), subject("b.py", GOOD), subject("c.py", "import os\n" + BAD)]
    everything = [
        Rule(each.id, each.languages, each.asks_for_path, '"None"', each.description, each.engine)
        for each in rules
    ]
    limited, all_ = (engine(Asked(), each).look(files) for each in (rules, everything))
    assert [places(one) for one in limited] == [places(other) for other in all_]
    assert places(limited[0])


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


def test_a_hit_of_a_rule_that_was_not_asked_there_is_left_out() -> None:
    answer = Answer((Hit("go-ssrf", 0, 0, 1),))
    assert engine(Asked(answer)).look([subject("a.py", BAD)])[0].hits == ()


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
