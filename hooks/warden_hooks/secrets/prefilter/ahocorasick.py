"""The rung of pyahocorasick, where it is installed: all keywords in one pass."""

from collections.abc import Iterable, Iterator
from importlib import import_module

from warden_hooks.secrets.prefilter.plain import Searched, rules_by_keyword


class AhoCorasickPrefilter:
    """`Prefilter` over keywords.

    Raises:
        ImportError: pyahocorasick is not installed.
    """

    name = "ahocorasick"
    ends_are_exact = False

    def __init__(self, table: Iterable[Searched]) -> None:
        self._keywords = import_module("ahocorasick").Automaton()
        for keyword, rules in rules_by_keyword(table).items():
            self._keywords.add_word(keyword.decode("latin-1"), rules)
        self._keywords.make_automaton()

    def hits(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The ends of the keywords."""
        if not len(self._keywords):
            return
        # In Latin-1 every byte is a character, so that places in the text are places in the bytes.
        for last, rules in self._keywords.iter(data.lower().decode("latin-1")):
            for rule in rules:
                yield rule, last + 1
