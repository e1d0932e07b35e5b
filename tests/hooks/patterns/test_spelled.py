"""What a file must hold for a pattern to match in it, as its spelling says."""

from typing import Any

import pytest

from warden_hooks.patterns.formula import NOTHING, REGEXP, predicate
from warden_hooks.patterns.prefilter import Text, compiled
from warden_hooks.patterns.spelled import marked, patterns_in, spelled


def formula(*patterns: str) -> Any:
    return spelled({"patterns": [{"pattern": text} for text in patterns]}, lambda _: NOTHING)


@pytest.mark.parametrize(
    ("pattern", "held", "not_held"),
    [
        ("$S += $X", "a += b", "a = b"),
        ("$D[$K] = $X", 'd["a"] = b', "d.a = b"),
        ("$D[$K] = $X", "d[a[0]]: int = b", "d[a] == []".replace("=", "<")),
        ('$L = ["...", $X]', 'names = ["a", b]', "names = list(a)"),
        ('$L = ["...", $X]', 'names = (\n  ["a", b])', "names(a)[0]"),
        ('$M = {..., $K: "...", ...}', "m = {\n}", "m = dict()"),
        ("$F(..., **$D, ...)", "f(** d)", "f(d)"),
        ("$T = <... $S[$A:$B] ...>", "t = s[1 : n]", "t = s[1]"),
        ("$T = <... $S[$A:$B] ...>", "t = s[a[0]:n]", "t = [s]"),
        ("$T = <... $S[$A:$B] ...>", "t = s[\n  a:\n  b\n]", "if a[0]:\n  b".replace(":", "")),
        ("$T = <... $S[$A:] ...>", "t = s[a :]", "t = s[:a]"),
        ("$T = <... $S[:$B] ...>", "t = s[ :a]", "t = s[a:]"),
        ("$T = <... $S[::$D] ...>", "t = s[::-1]", "t = s[:-1]"),
        ("$T = <... $Y % $D ...>", "t = y % d", "t = y + d"),
        ("if $A // $B > $M:\n  $...T", "if a // b > c:", "if a / b > c:"),
        ("$T = [$E for $V in $X]", "t = [e for v in x]", "t = [e]"),
        ("$T if $C else $D", "a if b else c", "a or b"),
        ("switch ($S) { ... }", "switch(a) {", "if (a) {"),
        ("return $C ? $D : $E;", "return a ? b : c", "return a"),
        ("while $C:\n  $...D", "while a:", "if a:"),
        ("assert $X in $A", "assert a in b", "if a in b"),
        ("del $L[0]", "del a[0]", "a[0]"),
        ('f"...{$V}..."', "rF'{a}'", "'{a}'"),
        ('{..., "$where": $X, ...}', "{'$where': x}", "{'where': x}"),
    ],
)
def test_what_a_pattern_spells_has_to_be_there(pattern: str, held: str, not_held: str) -> None:
    test = compiled(formula(pattern), own=True, patterns=True)
    assert (test(Text(held)), test(Text(not_held))) == (True, False)


@pytest.mark.parametrize(
    "pattern", ["$X", '$Y = "$TEXT"', "$F(...)", "if $C:\n  $X = $Y", '"..."', "$A == $B"]
)
def test_of_most_patterns_nothing_follows(pattern: str) -> None:
    assert formula(pattern) == NOTHING


def test_all_of_what_stands_together_and_one_of_what_is_an_alternative() -> None:
    item = {
        "patterns": [
            {"pattern-either": [{"pattern": "$A += $B"}, {"pattern": "$A % $B"}]},
            {"pattern-inside": "while $C:\n  ..."},
            {"pattern-not": "assert $X"},
            {"metavariable-regex": {"metavariable": "$A", "regex": "^a$"}},
        ]
    }
    test = compiled(spelled(item, lambda _: NOTHING), own=True, patterns=True)
    assert test(Text("while a: b += 1"))
    assert test(Text("while a: b % 1"))
    assert not test(Text("while a: b"))
    assert not test(Text("b % 1"))
    assert [*patterns_in(item)] == ["$A += $B", "$A % $B", "while $C:\n  ..."]


def test_an_alternative_without_a_sign_takes_all_of_it_away() -> None:
    item = {"pattern-either": [{"pattern": "$A += $B"}, {"pattern": "$A"}]}
    assert spelled(item, lambda _: NOTHING) == NOTHING


def test_the_engines_words_are_asked_for_pattern_by_pattern() -> None:
    words = {"eval($X)": ["Some", ["Pred", ["Idents", ["eval"]]]]}
    item = {"pattern-either": [{"pattern": "eval($X)"}, {"pattern": '$O["evaluate"]'}]}
    test = compiled(spelled(item, lambda text: words.get(text, NOTHING)), own=True, patterns=True)
    assert [test(Text(text)) for text in ("eval(x)", "o['evaluate']", "o.x")] == [True, True, False]


def test_a_pattern_of_the_engine_that_python_does_not_know_says_nothing() -> None:
    known, unknown = ({"pattern-regex": text} for text in ("a+b", r"(?<name>a)\K"))
    assert spelled(unknown, lambda _: NOTHING) == NOTHING
    assert spelled(known, lambda _: NOTHING) == ["Some", ["Pred", ["Regexp", "a+b"]]]


def test_alternatives_are_marked_with_what_they_need() -> None:
    item = {
        "patterns": [
            {"pattern-either": [{"pattern": "$A += $B"}, {"pattern": "$A"}]},
            {"pattern-not": {"pattern-either": [{"pattern": "$A += 1"}]}},
        ]
    }
    either, not_ = marked(item, lambda _: NOTHING)["patterns"]
    assert either == {
        "pattern-either": [
            {"pattern": "$A += $B", "?": '["Some",["Pred",["Regexp","\\\\+="]]]'},
            {"pattern": "$A"},
        ]
    }
    assert not_ == item["patterns"][1]


def test_what_a_variable_stands_for_has_to_be_there_too_but_no_regex_of_it() -> None:
    def item(**inner: str) -> dict[str, Any]:
        return {"patterns": [{"metavariable-pattern": {"metavariable": "$X", **inner}}]}

    assert spelled(item(pattern="$A += $B"), lambda _: NOTHING) == predicate(REGEXP, r"\+=")
    assert spelled(item(pattern="$A += $B", language="bash"), lambda _: NOTHING) == NOTHING
    assert spelled(item(**{"pattern-regex": "^a"}), lambda _: NOTHING) == NOTHING
