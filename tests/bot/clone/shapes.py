"""Histories by their shape: what was reviewed, what the head is now, and what may be proven."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bot.clone.book import Book, Node, text

MAIN = {"app.py": text(), "lib.py": text(), "README": "Payments\n"}


@dataclass(frozen=True, slots=True)
class Shape:
    """Positions in a book. `differing` is what differs; None where nothing can be said."""

    base: int
    head: int
    reviewed: int
    how: str
    differing: tuple[str, ...] | None = ()
    seen_on: int | None = None


Draw = Callable[[Book], Shape]
SHAPES: dict[str, Draw] = {}


def shape(draw: Draw) -> Draw:
    """Put a history into the table, named by its function."""
    SHAPES[draw.__name__.replace("_", " ")] = draw
    return draw


REBASE, UPDATE = "a clean rebase", "a clean update from main"
ONE, TWO = "1 file differs", "2 files differ"
FEATURE = {"app.py": text({3: "retry()"})}
NEWS = {"lib.py": text({9: "faster()"})}
SAME_FILE_NEWS = {"app.py": text({25: "log()"})}
MERGED = {"app.py": text({3: "retry()", 25: "log()"})}
EVIL = {"app.py": text({3: "retry()", 25: "log()", 26: "steal()"})}


@dataclass(frozen=True, slots=True)
class Start:
    """A base with two commits, of which the branch knows the first."""

    old: int
    base: int
    reviewed: int


def start(book: Book, news: dict[str, str] = NEWS) -> Start:
    """Main moves on after a commit on a branch was reviewed."""
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | FEATURE)
    return Start(old, book.commit(old, MAIN | news), reviewed)


@shape
def a_clean_rebase(book: Book) -> Shape:
    at = start(book)
    return Shape(at.base, book.commit(at.base, MAIN | NEWS | FEATURE), at.reviewed, REBASE)


@shape
def a_rebase_of_several_commits_into_one(book: Book) -> Shape:
    old = book.commit((), MAIN)
    first = book.commit(old, MAIN | {"app.py": text({3: "draft()"})})
    reviewed = book.commit(first, MAIN | FEATURE)
    base = book.commit(old, MAIN | NEWS)
    return Shape(base, book.commit(base, MAIN | NEWS | FEATURE), reviewed, REBASE)


@shape
def a_rebase_that_adds_one_byte(book: Book) -> Shape:
    at = start(book)
    head = book.commit(at.base, MAIN | NEWS | {"app.py": text({3: "retry() "})})
    return Shape(at.base, head, at.reviewed, ONE, ("app.py",))


@shape
def a_rebase_that_adds_a_file(book: Book) -> Shape:
    at = start(book)
    head = book.commit(at.base, MAIN | NEWS | FEATURE | {"evil.py": "steal()\n"})
    return Shape(at.base, head, at.reviewed, ONE, ("evil.py",))


@shape
def a_rebase_that_loses_what_the_base_did(book: Book) -> Shape:
    at = start(book)
    return Shape(at.base, book.commit(at.base, MAIN | FEATURE), at.reviewed, ONE, ("lib.py",))


@shape
def a_rebase_over_a_change_of_the_same_file(book: Book) -> Shape:
    """What the reviewer saw was another file before."""
    at = start(book, SAME_FILE_NEWS)
    return Shape(at.base, book.commit(at.base, MAIN | MERGED), at.reviewed, ONE, ("app.py",))


@shape
def a_rebase_that_undoes_the_base_in_the_same_file(book: Book) -> Shape:
    """The new content is the reviewed one to the byte; what it replaces is not."""
    at = start(book, SAME_FILE_NEWS)
    return Shape(at.base, book.commit(at.base, MAIN | FEATURE), at.reviewed, ONE, ("app.py",))


@shape
def a_new_message_for_the_same_content(book: Book) -> Shape:
    at = start(book)
    head = book.commit(at.old, MAIN | FEATURE, "Say it better")
    return Shape(at.base, head, at.reviewed, "the same changes")


@shape
def an_update(book: Book) -> Shape:
    at = start(book)
    head = book.commit((at.reviewed, at.base), MAIN | NEWS | FEATURE)
    return Shape(at.base, head, at.reviewed, UPDATE)


@shape
def an_update_that_merges_the_same_file(book: Book) -> Shape:
    at = start(book, SAME_FILE_NEWS)
    return Shape(at.base, book.commit((at.reviewed, at.base), MAIN | MERGED), at.reviewed, UPDATE)


@shape
def an_update_made_from_the_base_side(book: Book) -> Shape:
    at = start(book, SAME_FILE_NEWS)
    return Shape(at.base, book.commit((at.base, at.reviewed), MAIN | MERGED), at.reviewed, UPDATE)


@shape
def an_update_from_a_base_that_has_moved_on(book: Book) -> Shape:
    at = start(book, SAME_FILE_NEWS)
    head = book.commit((at.reviewed, at.base), MAIN | MERGED)
    base = book.commit(at.base, MAIN | SAME_FILE_NEWS | {"README": "Payments!\n"})
    return Shape(base, head, at.reviewed, UPDATE)


@shape
def two_updates(book: Book) -> Shape:
    at = start(book, SAME_FILE_NEWS)
    first = book.commit((at.reviewed, at.base), MAIN | MERGED)
    more = {"app.py": text({15: "trace()", 25: "log()"})}
    base = book.commit(at.base, MAIN | more)
    tree = MAIN | {"app.py": text({3: "retry()", 15: "trace()", 25: "log()"})}
    return Shape(base, book.commit((first, base), tree), at.reviewed, UPDATE)


@shape
def a_rebase_and_then_an_update(book: Book) -> Shape:
    at = start(book)
    rebased = book.commit(at.base, MAIN | NEWS | FEATURE)
    base = book.commit(at.base, MAIN | NEWS | SAME_FILE_NEWS)
    head = book.commit((rebased, base), MAIN | NEWS | MERGED)
    return Shape(base, head, at.reviewed, f"{REBASE} and {UPDATE}")


@shape
def an_update_that_was_reviewed_and_is_rebased_away(book: Book) -> Shape:
    at = start(book)
    reviewed = book.commit((at.reviewed, at.base), MAIN | NEWS | FEATURE)
    head = book.commit(at.base, MAIN | NEWS | FEATURE)
    return Shape(at.base, head, reviewed, "the same changes")


@shape
def an_update_that_slips_a_line_into_the_merged_file(book: Book) -> Shape:
    at = start(book, SAME_FILE_NEWS)
    head = book.commit((at.reviewed, at.base), MAIN | EVIL)
    return Shape(at.base, head, at.reviewed, ONE, ("app.py",))


@shape
def an_update_that_slips_a_file_in(book: Book) -> Shape:
    at = start(book)
    head = book.commit((at.reviewed, at.base), MAIN | NEWS | FEATURE | {"evil.py": "steal()\n"})
    return Shape(at.base, head, at.reviewed, ONE, ("evil.py",))


@shape
def an_update_that_drops_what_the_base_did(book: Book) -> Shape:
    at = start(book)
    head = book.commit((at.reviewed, at.base), MAIN | FEATURE)
    return Shape(at.base, head, at.reviewed, ONE, ("lib.py",))


@shape
def an_update_with_a_conflict_resolved_by_hand(book: Book) -> Shape:
    at = start(book, {"app.py": text({3: "repeat()"})})
    tree = MAIN | {"app.py": text({3: "retry() or repeat()"})}
    return Shape(at.base, book.commit((at.reviewed, at.base), tree), at.reviewed, ONE, ("app.py",))


@shape
def a_bad_update_under_a_clean_one(book: Book) -> Shape:
    at = start(book, SAME_FILE_NEWS)
    bad = book.commit((at.reviewed, at.base), MAIN | EVIL)
    base = book.commit(at.base, MAIN | SAME_FILE_NEWS | NEWS)
    head = book.commit((bad, base), MAIN | EVIL | NEWS)
    return Shape(base, head, at.reviewed, ONE, ("app.py",))


@shape
def a_clean_merge_of_a_side_branch(book: Book) -> Shape:
    at = start(book)
    side = book.commit(at.old, MAIN | {"evil.py": "steal()\n"})
    head = book.commit((at.reviewed, side), MAIN | FEATURE | {"evil.py": "steal()\n"})
    return Shape(at.base, head, at.reviewed, ONE, ("evil.py",))


@shape
def a_clean_merge_of_a_side_branch_that_holds_the_base(book: Book) -> Shape:
    at = start(book)
    side = book.commit(at.base, MAIN | NEWS | {"evil.py": "steal()\n"})
    head = book.commit((at.reviewed, side), MAIN | NEWS | FEATURE | {"evil.py": "steal()\n"})
    return Shape(at.base, head, at.reviewed, ONE, ("evil.py",))


@shape
def a_merge_of_what_only_the_author_calls_main(book: Book) -> Shape:
    """The other side is a commit on top of the base, but the base branch never had it."""
    at = start(book)
    fake = book.commit(at.base, MAIN | NEWS | {"README": "mine\n"})
    head = book.commit((at.reviewed, fake), MAIN | NEWS | FEATURE | {"README": "mine\n"})
    return Shape(at.base, head, at.reviewed, ONE, ("README",))


@shape
def an_update_from_a_base_that_the_author_could_push_to(book: Book) -> Shape:
    """What is in the base was let in by the rules of the base: it is not this change's content."""
    at = start(book, {"evil.py": "steal()\n"})
    head = book.commit((at.reviewed, at.base), MAIN | FEATURE | {"evil.py": "steal()\n"})
    return Shape(at.base, head, at.reviewed, UPDATE)


@shape
def an_update_from_the_middle_of_what_the_base_merged(book: Book) -> Shape:
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | FEATURE)
    middle = book.commit(old, MAIN | SAME_FILE_NEWS)
    end = book.commit(middle, MAIN | SAME_FILE_NEWS | NEWS)
    base = book.commit((old, end), MAIN | SAME_FILE_NEWS | NEWS)
    return Shape(base, book.commit((reviewed, middle), MAIN | MERGED), reviewed, UPDATE)


@shape
def a_file_that_is_moved(book: Book) -> Shape:
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | {"docs/a.py": text({1: "a"})})
    head = book.commit(old, MAIN | {"src/a.py": text({1: "a"})})
    return Shape(old, head, reviewed, TWO, ("docs/a.py", "src/a.py"))


@shape
def another_file_with_the_same_content_that_is_moved(book: Book) -> Shape:
    """To guess at renames would make one of both: this path, with this content before and after."""
    old = book.commit((), MAIN | {"on.cfg": "same\n", "off.cfg": "same\n"})
    reviewed = book.commit(old, MAIN | {"on.cfg": "same\n", "new.cfg": "same\n"})
    head = book.commit(old, MAIN | {"off.cfg": "same\n", "new.cfg": "same\n"})
    return Shape(old, head, reviewed, TWO, ("off.cfg", "on.cfg"))


@shape
def an_update_from_a_base_that_moved_the_file(book: Book) -> Shape:
    """The contents are in no other history, so that a clone has to fetch them for this one."""
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | {"app.py": text({4: "again()"})})
    rest = {"lib.py": text(), "README": "Payments\n"}
    base = book.commit(old, rest | {"src/main.py": text({24: "trace()"})})
    tree = rest | {"src/main.py": text({4: "again()", 24: "trace()"})}
    return Shape(base, book.commit((reviewed, base), tree), reviewed, UPDATE)


@shape
def a_file_that_may_be_executed(book: Book) -> Shape:
    at = start(book)
    head = book.commit(
        at.base, MAIN | NEWS | {"app.py": Node(FEATURE["app.py"].encode(), "100755")}
    )
    return Shape(at.base, head, at.reviewed, ONE, ("app.py",))


@shape
def a_file_that_becomes_a_link_with_the_same_bytes(book: Book) -> Shape:
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | {"key": "/etc/passwd"})
    head = book.commit(old, MAIN | {"key": Node(b"/etc/passwd", "120000")})
    return Shape(old, head, reviewed, ONE, ("key",))


def _sub(digit: bytes) -> Node:
    return Node(digit * 40, "160000")


@shape
def a_submodule_at_another_commit(book: Book) -> Shape:
    old = book.commit((), MAIN | {"sub": _sub(b"1")})
    reviewed = book.commit(old, MAIN | {"sub": _sub(b"2")})
    head = book.commit(old, MAIN | {"sub": _sub(b"3")})
    return Shape(old, head, reviewed, ONE, ("sub",))


@shape
def an_update_with_a_submodule_that_both_sides_moved(book: Book) -> Shape:
    old = book.commit((), MAIN | {"sub": _sub(b"1")})
    reviewed = book.commit(old, MAIN | {"sub": _sub(b"2")})
    base = book.commit(old, MAIN | {"sub": _sub(b"3")})
    head = book.commit((reviewed, base), MAIN | {"sub": _sub(b"2")})
    return Shape(base, head, reviewed, ONE, ("sub",))


UNION = {".gitattributes": "* merge=union\n"}


@shape
def a_conflict_that_an_attribute_would_resolve(book: Book) -> Shape:
    """The author's own git made this merge, because the repository told it how."""
    main = MAIN | UNION
    old = book.commit((), main)
    reviewed = book.commit(old, main | FEATURE)
    base = book.commit(old, main | {"app.py": text({3: "repeat()"})})
    head = book.commit((reviewed, base), main | {"app.py": text({3: "retry()\nrepeat()"})})
    return Shape(base, head, reviewed, ONE, ("app.py",))


@shape
def an_update_where_attributes_ask_for_a_program_of_their_own(book: Book) -> Shape:
    main = MAIN | {
        ".gitattributes": "* merge=evil filter=evil text eol=crlf working-tree-encoding=UTF-16\n"
    }
    old = book.commit((), main)
    reviewed = book.commit(old, main | FEATURE)
    base = book.commit(old, main | SAME_FILE_NEWS)
    return Shape(base, book.commit((reviewed, base), main | MERGED), reviewed, UPDATE)


@shape
def an_octopus_of_nothing_but_the_base(book: Book) -> Shape:
    """No merge of two, so it is not made again; that it changes the same is seen without."""
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | FEATURE)
    one = book.commit(old, MAIN | NEWS)
    two = book.commit(old, MAIN | {"README": "Payments!\n"})
    tree = MAIN | NEWS | {"README": "Payments!\n"}
    base = book.commit((one, two), tree)
    base = book.commit(base, tree)
    head = book.commit((reviewed, one, base), tree | FEATURE)
    return Shape(base, head, reviewed, UPDATE)


@shape
def an_octopus_that_merges_the_same_file(book: Book) -> Shape:
    at = start(book, SAME_FILE_NEWS)
    base = book.commit(at.base, MAIN | SAME_FILE_NEWS | NEWS)
    head = book.commit((at.reviewed, at.base, base), MAIN | MERGED | NEWS)
    return Shape(base, head, at.reviewed, ONE, ("app.py",))


@shape
def an_octopus_with_a_side_branch(book: Book) -> Shape:
    at = start(book)
    side = book.commit(at.old, MAIN | {"evil.py": "steal()\n"})
    head = book.commit(
        (at.reviewed, at.base, side), MAIN | NEWS | FEATURE | {"evil.py": "steal()\n"}
    )
    return Shape(at.base, head, at.reviewed, ONE, ("evil.py",))


@dataclass(frozen=True, slots=True)
class Crossed:
    """Base and branch each merged the other's first commit: two best common ancestors."""

    base: int
    reviewed: int
    tree: dict[str, str]


def crossed(book: Book) -> Crossed:
    """A history where it depends on the ancestor chosen what the branch changed."""
    old = book.commit((), MAIN)
    first = book.commit(old, MAIN | NEWS)
    branch = book.commit(old, MAIN | FEATURE)
    base = book.commit((first, branch), MAIN | NEWS | FEATURE)
    reviewed = book.commit((branch, first), MAIN | NEWS | FEATURE | {"new.py": "new\n"})
    return Crossed(base, reviewed, MAIN | NEWS | FEATURE | {"new.py": "new\n"})


ONE_ANCESTOR = "has not exactly one common ancestor with main"


@shape
def a_crisscross_merge(book: Book) -> Shape:
    at = crossed(book)
    head = book.commit(at.reviewed, at.tree | {"evil.py": "steal()\n"})
    return Shape(at.base, head, at.reviewed, f"not proven: the head {ONE_ANCESTOR}", None)


@shape
def a_crisscross_merge_seen_from_a_head_that_is_none(book: Book) -> Shape:
    at = crossed(book)
    head = book.commit(at.base, at.tree)
    return Shape(at.base, head, at.reviewed, f"not proven: it {ONE_ANCESTOR}", None)


@shape
def a_crisscross_merge_that_is_updated(book: Book) -> Shape:
    at = crossed(book)
    base = book.commit(at.base, MAIN | NEWS | FEATURE | {"README": "Payments!\n"})
    head = book.commit((at.reviewed, base), at.tree | {"README": "Payments!\n"})
    return Shape(base, head, at.reviewed, UPDATE)


@shape
def a_crisscross_merge_that_is_updated_and_more(book: Book) -> Shape:
    at = crossed(book)
    base = book.commit(at.base, MAIN | NEWS | FEATURE | {"README": "Payments!\n"})
    head = book.commit((at.reviewed, base), at.tree | {"README": "Payments! Mine\n"})
    return Shape(base, head, at.reviewed, f"not proven: it {ONE_ANCESTOR}", None)


@shape
def a_crisscross_merge_of_one_file_that_is_updated(book: Book) -> Shape:
    """git merges both ancestors first, and needs what was before them for it."""
    old = book.commit((), MAIN | {"app.py": text({0: "crossed"})})

    def at(parents: tuple[int, ...], *lines: int) -> int:
        changed = {0: "crossed"} | {line: f"crossed {line}" for line in lines}
        return book.commit(parents, MAIN | {"app.py": text(changed)})

    first, branch = at((old,), 5), at((old,), 15)
    base, reviewed = at((first, branch), 5, 15), at((branch, first), 5, 15, 25)
    base = at((base,), 5, 10, 15)
    return Shape(base, at((reviewed, base), 5, 10, 15, 25), reviewed, UPDATE)


@shape
def an_empty_commit_on_top(book: Book) -> Shape:
    at = start(book)
    head = book.commit(at.reviewed, MAIN | FEATURE, "Run the tests again")
    return Shape(at.base, head, at.reviewed, "more commits that change nothing")


@shape
def a_commit_and_its_revert_on_top(book: Book) -> Shape:
    at = start(book)
    more = book.commit(at.reviewed, MAIN | FEATURE | {"evil.py": "steal()\n"})
    head = book.commit(more, MAIN | FEATURE)
    return Shape(at.base, head, at.reviewed, "more commits that change nothing")


@shape
def an_empty_commit_and_then_an_update(book: Book) -> Shape:
    at = start(book, SAME_FILE_NEWS)
    empty = book.commit(at.reviewed, MAIN | FEATURE)
    head = book.commit((empty, at.base), MAIN | MERGED)
    how = f"more commits that change nothing and {UPDATE}"
    return Shape(at.base, head, at.reviewed, how)


@shape
def one_more_commit(book: Book) -> Shape:
    at = start(book)
    head = book.commit(at.reviewed, MAIN | FEATURE | {"README": "Refunds\n"})
    return Shape(at.base, head, at.reviewed, ONE, ("README",))


@shape
def one_more_commit_after_an_update(book: Book) -> Shape:
    at = start(book)
    update = book.commit((at.reviewed, at.base), MAIN | NEWS | FEATURE)
    head = book.commit(update, MAIN | NEWS | FEATURE | {"README": "Refunds\n"})
    return Shape(at.base, head, at.reviewed, ONE, ("README",))


@shape
def a_commit_of_which_half_was_taken_back(book: Book) -> Shape:
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | FEATURE | NEWS)
    return Shape(old, book.commit(old, MAIN | FEATURE), reviewed, ONE, ("lib.py",))


@shape
def a_commit_that_the_base_has_already(book: Book) -> Shape:
    at = start(book)
    head = book.commit(at.reviewed, MAIN | FEATURE | {"evil.py": "steal()\n"})
    return Shape(at.reviewed, head, at.reviewed, ONE, ("evil.py",))


@shape
def a_history_with_nothing_in_common(book: Book) -> Shape:
    at = start(book)
    orphan = book.commit((), MAIN | FEATURE)
    return Shape(at.base, at.reviewed, orphan, f"not proven: it {ONE_ANCESTOR}", None)


@shape
def a_name_that_is_no_text(book: Book) -> Shape:
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | {b"caf\xe9.py": "1\n"})
    head = book.commit(old, MAIN | {b"caf\xe9.py": "2\n"})
    return Shape(old, head, reviewed, ONE, ("caf\\xe9.py",))


@shape
def a_name_that_reads_like_one_that_is_no_text(book: Book) -> Shape:
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | {b"caf\xe9.py": "1\n"})
    head = book.commit(old, MAIN | {b"caf\\xe9.py": "1\n"})
    return Shape(old, head, reviewed, TWO, ("caf\\xe9.py", "caf\\xe9.py"))


@shape
def names_with_everything_in_them(book: Book) -> Shape:
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | {"a\tb\n:100644 ä": "1\n", ":x y": "1\n"})
    head = book.commit(old, MAIN | {"a\tb\n:100644 ä": "2\n", ":x y": "2\n"})
    return Shape(old, head, reviewed, TWO, (":x y", "a\tb\n:100644 ä"))


@shape
def a_commit_reviewed_for_another_base(book: Book) -> Shape:
    """Its reviewer saw one line; on the branch it is aimed at now, the other base comes along."""
    main = book.commit((), MAIN)
    other = book.commit(main, MAIN | {"evil.py": "steal()\n"})
    reviewed = book.commit(other, MAIN | FEATURE | {"evil.py": "steal()\n"})
    head = book.commit(reviewed, MAIN | FEATURE | {"evil.py": "steal()\n"})
    return Shape(main, head, reviewed, ONE, ("evil.py",), seen_on=other)


@shape
def a_force_push_back_to_a_commit_approved_on_another_base(book: Book) -> Shape:
    main = book.commit((), MAIN)
    other = book.commit(main, MAIN | {"evil.py": "steal()\n"})
    reviewed = book.commit(other, MAIN | FEATURE | {"evil.py": "steal()\n"})
    return Shape(main, reviewed, reviewed, ONE, ("evil.py",), seen_on=other)


@shape
def a_force_push_back_to_a_commit_approved_on_a_base_that_moved_on(book: Book) -> Shape:
    at = start(book)
    how = "the reviewed commit itself"
    return Shape(at.base, at.reviewed, at.reviewed, how, seen_on=at.old)


@shape
def a_clean_rebase_away_from_another_base(book: Book) -> Shape:
    """On main it changes what its reviewer saw it change, and nothing else comes along."""
    main = book.commit((), MAIN)
    other = book.commit(main, MAIN | {"evil.py": "steal()\n"})
    reviewed = book.commit(other, MAIN | FEATURE | {"evil.py": "steal()\n"})
    return Shape(main, book.commit(main, MAIN | FEATURE), reviewed, REBASE, seen_on=other)


@shape
def an_update_of_a_commit_reviewed_for_another_base(book: Book) -> Shape:
    main = book.commit((), MAIN)
    other = book.commit(main, MAIN | {"evil.py": "steal()\n"})
    reviewed = book.commit(other, MAIN | FEATURE | {"evil.py": "steal()\n"})
    base = book.commit(main, MAIN | SAME_FILE_NEWS)
    head = book.commit((reviewed, base), MAIN | MERGED | {"evil.py": "steal()\n"})
    return Shape(base, head, reviewed, TWO, ("app.py", "evil.py"), seen_on=other)
