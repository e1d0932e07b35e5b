"""What files may be: moved, executable, links, submodules, called anything, with attributes."""

from tests.bot.clone.book import Book, Node, text
from tests.bot.clone.shapes import (
    FEATURE,
    MAIN,
    MERGED,
    NEWS,
    ONE,
    SAME_FILE_NEWS,
    TWO,
    UPDATE,
    Shape,
    shape,
    start,
)


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
