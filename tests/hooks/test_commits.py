"""What commits bring in, asked of real repositories, and that nothing can change git's answer."""

from pathlib import Path

import pytest

from tests.hooks.repository import commit, committed, git, head, new_repository, stage, write
from warden_hooks.commits import (
    ANY_REMOTE,
    NO_COMMIT,
    Change,
    Range,
    between,
    changes,
    newest,
    of_remote,
    renames,
    subjects,
)
from warden_hooks.errors import UsageError
from warden_hooks.git import GitError


def blob(folder: Path, name: str) -> str:
    return git(folder, "rev-parse", name).strip()


def brought(commits: Range) -> list[tuple[str, str]]:
    return [(change.commit, change.path) for change in changes(commits)]


def merged(folder: Path, branch: str) -> None:
    """A merge in progress, conflicts and all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_MERGE_AUTOEDIT", "no")
        try:
            git(folder, "merge", "--no-commit", "--no-ff", branch)
        except AssertionError:
            git(folder, "add", "--all")


@pytest.fixture
def base(repository: Path) -> str:
    return committed(repository, "kept.py", "one\ntwo\n")


def test_every_commit_is_looked_at_and_not_only_the_two_ends(repository: Path, base: str) -> None:
    added = committed(repository, "a.py", "x\n")
    git(repository, "rm", "--quiet", "a.py")
    commit(repository)
    assert brought(between(base, "HEAD")) == [(added, "a.py")]


def test_a_change_names_the_content_and_what_was_there_before(repository: Path, base: str) -> None:
    edited = committed(repository, "kept.py", "one\n2\n")
    assert list(changes(between(base, "HEAD"))) == [
        Change(
            commit=edited,
            parents=(base,),
            path="kept.py",
            mode="100644",
            blob=blob(repository, "HEAD:kept.py"),
            before=(blob(repository, f"{base}:kept.py"),),
        )
    ]


def test_commits_come_in_the_order_in_which_they_were_made(repository: Path, base: str) -> None:
    made = [committed(repository, "a.py", f"{number}\n") for number in range(5)]
    assert [commit for commit, _ in brought(between(base, "HEAD"))] == made


def test_the_first_commit_brings_everything_in_it(repository: Path, base: str) -> None:
    assert brought(Range((base,))) == [(base, "kept.py")]
    assert next(changes(Range((base,)))).before == ()


def test_a_range_without_commits_brings_nothing(repository: Path, base: str) -> None:
    assert brought(between("HEAD", "HEAD")) == []
    assert brought(Range(())) == []
    commit(repository)
    assert brought(between(base, "HEAD")) == []


def test_modes_alone_and_deletions_bring_nothing(repository: Path, base: str) -> None:
    git(repository, "update-index", "--chmod=+x", "kept.py")
    commit(repository)
    git(repository, "rm", "--quiet", "--cached", "kept.py")
    commit(repository)
    assert brought(between(base, "HEAD")) == []


def test_from_a_commit_on_another_line_is_from_where_they_parted(
    repository: Path, base: str
) -> None:
    git(repository, "checkout", "--quiet", "-b", "other")
    committed(repository, "theirs.py", "x\n")
    git(repository, "checkout", "--quiet", "main")
    ours = committed(repository, "ours.py", "x\n")
    assert brought(between("other", "main")) == [(ours, "ours.py")]


def test_a_merge_brings_what_none_of_its_parents_has(repository: Path, base: str) -> None:
    git(repository, "checkout", "--quiet", "-b", "other")
    committed(repository, "theirs.py", "theirs\n")
    git(repository, "checkout", "--quiet", "main")
    committed(repository, "ours.py", "ours\n")
    merged(repository, "other")
    stage(repository, "theirs.py", "theirs\nevil\n")
    stage(repository, "both.py", "new\n")
    commit(repository)
    found = [change for change in changes(newest()) if change.commit == head(repository)]
    assert [(change.path, change.before) for change in found] == [
        ("both.py", ("", "")),
        ("theirs.py", ("", blob(repository, "other:theirs.py"))),
    ]
    assert len(found[0].parents) == 2


def test_a_merge_of_three_is_compared_with_all_of_them(repository: Path, base: str) -> None:
    for name in ("a", "b"):
        git(repository, "checkout", "--quiet", "-b", name, base)
        committed(repository, f"{name}.py", "x\n")
    git(repository, "checkout", "--quiet", "main")
    committed(repository, "c.py", "x\n")
    git(repository, "merge", "--quiet", "--no-edit", "a", "b")
    assert brought(newest()) == []
    stage(repository, "a.py", "x\nevil\n")
    git(repository, "commit", "--quiet", "--amend", "--no-edit")
    (change,) = changes(newest())
    assert (change.path, len(change.parents)) == ("a.py", 3)
    assert change.before == ("", blob(repository, "a:a.py"), "")


def test_the_newest_commit_is_looked_at_alone(repository: Path, base: str) -> None:
    assert brought(newest()) == [(base, "kept.py")]
    last = committed(repository, "a.py", "x\n")
    assert brought(newest()) == [(last, "a.py")]


@pytest.mark.parametrize("name", ["sub/é 'x'\n\t\".py", "caf\udce9.py", ":odd", "-x", "日本.py"])
def test_any_name_is_taken_as_it_is(repository: Path, base: str, name: str) -> None:
    write(repository, name, "x\n")
    git(repository, "add", "--all")
    commit(repository)
    assert [path for _, path in brought(between(base, "HEAD"))] == [name]


def test_a_renamed_files_old_content_is_known(repository: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    before = committed(repository, "old.py", text)
    git(repository, "mv", "old.py", "new.py")
    after = committed(repository, "new.py", f"{text}more\n")
    assert renames(before, after) == {"new.py": blob(repository, f"{before}:old.py")}


def test_what_a_submodule_was_is_no_content(repository: Path) -> None:
    commit(new_repository(repository / "inner"))
    git(repository, "-c", "advice.addEmbeddedRepo=false", "add", "inner")
    commit(repository)
    git(repository, "rm", "--quiet", "--cached", "inner")
    (repository / "inner").rename(repository.parent / "moved")
    committed(repository, "inner", "a file\n")
    (change,) = changes(newest())
    assert change.before == ("",)


def test_what_a_remote_has_is_known(repository: Path, base: str) -> None:
    git(repository, "update-ref", "refs/remotes/origin/main", base)
    last = committed(repository, "a.py", "x\n")
    git(repository, "update-ref", "refs/remotes/other/main", last)
    assert brought(Range((last,), tracked=of_remote("origin"))) == [(last, "a.py")]
    assert brought(Range((last,), tracked=of_remote("other"))) == []
    assert brought(Range((last,), tracked=ANY_REMOTE)) == []
    assert brought(between(NO_COMMIT, "HEAD")) == []
    assert len(brought(Range((last,)))) == 2


@pytest.mark.parametrize("name", ["https://example.org/r.git", "*", "or?gin", "../origin", "-x"])
def test_an_address_is_no_remote_and_knows_nothing(repository: Path, base: str, name: str) -> None:
    git(repository, "update-ref", "refs/remotes/origin/main", base)
    assert len(brought(Range((base,), tracked=of_remote(name)))) == 1


def test_a_ref_that_was_deleted_brings_nothing(repository: Path, base: str) -> None:
    assert between(base, NO_COMMIT) == Range(())
    assert between(base, "0" * 64) == Range(())


def test_a_tag_means_the_commit_that_it_points_to(repository: Path, base: str) -> None:
    git(repository, "tag", "--annotate", "-m", "First", "v1")
    last = committed(repository, "a.py", "x\n")
    assert between("v1", "HEAD") == Range((last,), (base,))


@pytest.mark.parametrize(
    "name", ["nowhere", "", "-x", "--all", "HEAD..main", "HEAD:kept.py", "a b"]
)
def test_a_name_without_a_commit_is_an_error(repository: Path, base: str, name: str) -> None:
    for ends in ((name, "HEAD"), ("HEAD", name)):
        with pytest.raises(UsageError, match="commit") as raised:
            between(*ends)
        assert "git fetch" in raised.value.fix


def test_without_a_commit_there_is_no_newest(repository: Path) -> None:
    with pytest.raises(UsageError, match="there is no commit 'HEAD' here"):
        newest()


def test_outside_a_repository_the_way_out_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="--from-ref needs a git repository"):
        between("a", "b")


def test_a_shallow_clone_is_an_error_only_where_the_range_reaches_its_end(
    repository: Path, base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        committed(repository, "a.py", f"{number}\n")
    git(tmp_path, "clone", "--quiet", "--depth=2", repository.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert len(brought(between("HEAD~1", "HEAD"))) == 1
    with pytest.raises(UsageError, match=base):
        between(base, "HEAD")
    for cut_off in (Range((head(repository),)), Range((blob(repository, "HEAD~1"),))):
        with pytest.raises(UsageError, match="this clone is shallow") as raised:
            brought(cut_off)
        assert "git fetch --unshallow" in raised.value.fix
        assert "fetch-depth: 0" in raised.value.fix


def test_a_missing_tree_is_an_error(repository: Path, base: str) -> None:
    committed(repository, "sub/a.py", "x\n")
    tree = blob(repository, "HEAD:sub")
    (repository / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(GitError):
        brought(between(base, "HEAD"))


HOSTILE = {
    "color.ui": "always",
    "core.bigFileThreshold": "1",
    "core.quotePath": "true",
    "diff.external": "false",
    "diff.ignoreSubmodules": "all",
    "diff.mnemonicPrefix": "true",
    "diff.noprefix": "true",
    "diff.orderFile": "/nowhere",
    "diff.relative": "true",
    "diff.renameLimit": "1",
    "diff.renames": "false",
    "diff.suppressBlankEmpty": "true",
    "format.pretty": "raw",
    "i18n.logOutputEncoding": "UTF-16",
    "log.follow": "true",
    "log.showSignature": "true",
}


def test_no_configuration_changes_the_answer(
    repository: Path, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(new_repository(repository / "inner"))
    git(repository, "-c", "advice.addEmbeddedRepo=false", "add", "inner")
    write(repository, "sub/a.py", "x\n")
    for name in ("b", "c"):
        write(repository, f"{name}.py", f"{name}\n" * 9)
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "Ändert é")
    git(repository, "mv", "b.py", "b2.py")
    git(repository, "mv", "c.py", "c2.py")
    stage(repository, "b2.py", "b\n" * 9 + "more\n")
    stage(repository, "c2.py", "c\n" * 9 + "more\n")
    commit(repository)

    commits = [blob(repository, "HEAD~1"), head(repository)]

    def answers() -> tuple[object, ...]:
        return list(changes(between(base, "HEAD"))), renames(*commits), subjects(commits)

    plain = answers()
    assert [len(part) for part in plain] == [6, 2, 2]  # type: ignore[arg-type]
    for key, value in HOSTILE.items():
        git(repository, "config", key, value)
    write(repository, ".git/info/attributes", "* -diff diff=evil\n")
    git(repository, "config", "diff.evil.textconv", "false")
    write(repository, ".git/info/grafts", f"{head(repository)} {base}\n")
    git(repository, "replace", blob(repository, "HEAD:b2.py"), blob(repository, "HEAD:c2.py"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.chdir(repository / "sub")
    assert answers() == plain


def test_a_subject_is_the_first_paragraph_of_the_message(repository: Path) -> None:
    texts = {"One\nline\n\nand a body": "One line", "": "", "é 日本": "é 日本"}
    made: dict[str, str] = {}
    for text, subject in texts.items():
        git(repository, "commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", text)
        made[head(repository)] = subject
    assert subjects(list(made)) == made
