"""Other shapes of the graph: more parents, crossed merges, more commits, other bases."""

from tests.bot.clone.book import Book, text
from tests.bot.clone.shapes import (
    FEATURE,
    MAIN,
    MERGED,
    NEWS,
    ONE,
    REBASE,
    SAME_FILE_NEWS,
    TWO,
    UPDATE,
    Shape,
    crossed,
    shape,
    start,
)

ONE_ANCESTOR = "has not exactly one common ancestor with main"


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
