"""Rebases and updates, honest and not."""

from tests.bot.clone.book import Book, text
from tests.bot.clone.shapes import (
    EVIL,
    FEATURE,
    MAIN,
    MERGED,
    NEWS,
    ONE,
    REBASE,
    SAME_FILE_NEWS,
    UPDATE,
    Shape,
    shape,
    start,
)


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
