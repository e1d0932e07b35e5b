"""Lists of words, written as text."""


def word_set(text: str) -> frozenset[str]:
    """The words of the text."""
    return frozenset(text.split())


def word_tuple(text: str) -> tuple[str, ...]:
    """The words of the text in their order."""
    return tuple(text.split())
