"""The proof itself, from facts that are spelled out."""

from collections.abc import Iterator

import pytest

from warden_policies.coverage import Entry, Seen, Step, Work, path_text, prove, unproven
from warden_policies.model import ContentProof


def entry(path: bytes = b"app.py", blob: str = "b", old: str = "a", mode: str = "100644") -> Entry:
    return Entry(path, "100644", mode, old, blob)


def work(*entries: Entry, fork: str = "fork") -> Work:
    return Work(fork, frozenset(entries))


MINE = work(entry())
MOVED = work(entry(), fork="later")


@pytest.mark.parametrize(
    ("seen", "steps", "how"),
    [
        pytest.param(
            Seen("r", MINE, in_head=False), [Step("h", MOVED)], "a clean rebase", id="a rebase"
        ),
        pytest.param(
            Seen("r", MINE, in_head=False), [Step("h", MINE)], "the same changes", id="an amend"
        ),
        pytest.param(
            Seen("r", MINE, in_head=True),
            [Step("h", MINE)],
            "more commits that change nothing",
            id="an empty commit",
        ),
        pytest.param(
            Seen("r", MINE, in_head=True),
            [Step("h", MOVED)],
            "a clean update from main",
            id="an update that merged no file",
        ),
        pytest.param(
            Seen("r", MINE, in_head=True),
            [Step("h", work(entry(blob="m"))), Step("r", MINE)],
            "a clean update from main",
            id="an update that merged a file",
        ),
        pytest.param(
            Seen("r", MINE, in_head=True),
            [Step("h", work(entry(blob="m"))), Step("u", MOVED)],
            "a clean update from main",
            id="two updates",
        ),
        pytest.param(
            Seen("r", MINE, in_head=False),
            [Step("h", work(entry(blob="m"))), Step("u", MOVED)],
            "a clean rebase and a clean update from main",
            id="a rebase under an update",
        ),
        pytest.param(
            Seen("r", None, in_head=True),
            [Step("h", MINE), Step("r", None)],
            "a clean update from main",
            id="an update of a commit with several ancestors",
        ),
        pytest.param(
            Seen("h", MINE, in_head=True), [Step("h", MINE)], "the reviewed commit itself", id="it"
        ),
    ],
)
def test_content_is_the_same(seen: Seen, steps: list[Step], how: str) -> None:
    assert prove(seen, steps, "main") == ContentProof(seen.commit, True, how, ())


@pytest.mark.parametrize(
    ("changed", "paths"),
    [
        pytest.param([entry(blob="c")], ("app.py",), id="another content"),
        pytest.param([entry(old="c")], ("app.py",), id="another content before"),
        pytest.param([entry(mode="100755")], ("app.py",), id="another mode"),
        pytest.param([entry(path=b"b.py")], ("app.py", "b.py"), id="another name"),
        pytest.param([], ("app.py",), id="nothing of it"),
        pytest.param([entry(), entry(path=b"\xff")], ("\\xff",), id="one more, and no text"),
    ],
)
def test_content_differs_in_the_files_that_are_named(
    changed: list[Entry], paths: tuple[str, ...]
) -> None:
    proof = prove(Seen("r", MINE, in_head=True), [Step("h", work(*changed))], "main")
    how = "1 file differs" if len(paths) == 1 else f"{len(paths)} files differ"
    assert proof == ContentProof("r", False, how, paths)


def test_a_difference_is_one_to_the_head_and_not_to_what_lies_under_it() -> None:
    steps = [Step("h", work(entry(blob="m"))), Step("u", work(entry(path=b"x")))]
    assert prove(Seen("r", MINE, in_head=True), steps, "main").differing == ("app.py",)


def test_a_commit_reviewed_for_another_base_is_only_proven_by_the_same_changes() -> None:
    narrow, wide = MINE, work(entry(), entry(path=b"evil.py"))
    seen = Seen("r", narrow, in_head=True, base_stands=False)
    assert prove(seen, [Step("r", wide)], "main").differing == ("evil.py",)
    assert prove(seen, [Step("h", wide), Step("r", wide)], "main").differing == ("evil.py",)
    assert prove(seen, [Step("r", narrow)], "main").same


@pytest.mark.parametrize(
    ("seen", "head", "who"),
    [(MINE, None, "the head"), (None, MINE, "it"), (None, None, "the head")],
)
def test_without_one_common_ancestor_nothing_is_known(
    seen: Work | None, head: Work | None, who: str
) -> None:
    proof = prove(Seen("r", seen, in_head=False), [Step("h", head)], "ma\nin")
    why = f"{who} has not exactly one common ancestor with ma in"
    assert proof == unproven("r", why)
    assert (proof.same, proof.how, proof.differing) == (False, f"not proven: {why}", None)


def test_too_many_differing_files_are_counted_and_not_listed() -> None:
    many = work(*(entry(path=b"%d" % number) for number in range(5_001)))
    proof = prove(Seen("r", work(), in_head=False), [Step("h", many)], "main")
    assert (proof.how, proof.differing) == ("5001 files differ", None)


def test_no_step_is_worked_out_that_is_not_needed() -> None:
    def steps() -> Iterator[Step]:
        yield Step("h", MOVED)
        raise AssertionError("a merge would be made again for nothing")

    assert prove(Seen("r", MINE, in_head=True), steps(), "main").same


@pytest.mark.parametrize(
    ("path", "text"),
    [(b"a/b.py", "a/b.py"), ("é".encode(), "é"), (b"a/\xe9\xff.py", "a/\\xe9\\xff.py")],
)
def test_a_path_can_be_shown_whatever_its_bytes(path: bytes, text: str) -> None:
    assert path_text(path) == text
    assert path_text(path).encode()


def test_two_commits_that_the_base_has_already_prove_nothing() -> None:
    """They change nothing against it, whatever they hold, since it holds that as well."""
    proof = prove(Seen("r", work(), in_head=False), [Step("h", work())], "main")

    assert proof == ContentProof(
        "r", False, "not proven: main has all of it already, and of the head", None
    )
