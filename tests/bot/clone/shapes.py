"""Histories by their shape: what was reviewed, what the head is now, and what may be proven."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bot.clone.book import Book, text

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
