"""What hits of the plug-ins' patterns mean. On the way of every commit: nothing is imported."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ANY_PLUGIN = "*"
"""The owner of a pattern for text in which any plug-in could see what its pattern does not."""


def applies(
    pattern: int, path: str, plugins: "tuple[str, ...]", keywords: "Mapping[str, Iterable[int]]"
) -> bool:
    """Whether the plug-in would look for this pattern in this file.

    Only the keyword plug-in asks what file it is: in code values have quotes.
    """
    if plugins[pattern] != "KeywordDetector":
        return True
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    if name.startswith(".env") or name.endswith(".env"):
        return True
    known = keywords.get(name[dot:] if dot > 0 else "")
    return known is None or pattern in known
