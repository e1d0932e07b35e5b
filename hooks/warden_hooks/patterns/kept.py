"""What was found in a content before: one small file for each, in the user's cache folder.

The name of its folder is the rules and the engine's version, its own the content and the language.
Where a rule asks for the path, the path is part of what was asked, and another one is another
question. Nothing is kept of a content that could not be looked at in full. Whatever is wrong with
a file means that nothing is known. On the way of every commit, so it imports next to nothing.
"""
# ruff: noqa: PTH103, PTH118, PTH123, PTH208 - pathlib stays off a commit's way

import os

from warden_hooks.secrets import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from warden_hooks.patterns.head import Head

SETTING = "CHANGEWARDEN_SEMGREP_CORE"
"""Names an engine that somebody chose."""
_FORMAT = "patterns-1"
_NOTHING, _END = b"", b"."
_MOST, _FEWER = 20_000, 15_000
"""Contents that are kept, and how many of them are left once there are more."""


class Kept:
    """The results for one set of rules."""

    __slots__ = ("_folder",)

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def recall(self, blob: str, language: str, path: str) -> bytes | None:
        """What `note` was given, empty when nothing was found; None when it has to be looked at.

        `path` is empty where no rule asks for it.
        """
        name = self._name(blob, language)
        data = cache.read_own(name)
        start = _start(path)
        if data is None or not data.startswith(start) or not data.endswith(_END):
            return None
        try:
            os.utime(name)  # so that it is not among the oldest
        except OSError:
            return None
        return data[len(start) : -len(_END)]

    def note(self, blob: str, language: str, path: str, found: bytes = _NOTHING) -> None:
        """Remember what was found; that it could not be written is no loss."""
        name = self._name(blob, language)
        temporary = f"{name}.{os.getpid()}"
        try:
            with open(os.open(temporary, cache.WRITE_FLAGS, 0o600), "wb") as file:
                file.write(_start(path) + found + _END)
            os.replace(temporary, name)  # noqa: PTH105 - as above
        except OSError:
            cache.remove(temporary)

    def tidy(self) -> None:
        """Forget the contents that nobody asked about for the longest time, if there are many."""
        try:
            names = os.listdir(self._folder)
            if len(names) <= _MOST:
                return
            files = [os.path.join(self._folder, name) for name in names]
            for file in sorted(files, key=_last_use)[: len(files) - _FEWER]:
                cache.remove(file)
        except OSError:
            return

    def mark(self, name: str, content: bytes) -> None:
        """Remember something else than a result."""
        cache.write_own(os.path.join(self._folder, name), (content,))

    def marked(self, name: str) -> bytes | None:
        """What `mark` was given."""
        return cache.read_own(os.path.join(self._folder, name))

    def _name(self, blob: str, language: str) -> str:
        return os.path.join(self._folder, f"{blob}-{language}")


def _start(path: str) -> bytes:
    name = path.encode("utf-8", "surrogateescape")
    return b"%d %s\n" % (len(name), name)


def _last_use(file: str) -> float:
    try:
        return os.stat(file).st_mtime  # noqa: PTH116 - as above
    except OSError:
        return 0.0


def of(rules: "Head", engine: str, *, create: bool = False) -> Kept | None:
    """The results for these rules and that engine; None when there is no safe place for them."""
    folder = cache.own_folder(create=create)
    if folder is None:
        return None
    place = os.path.join(folder, f"{_FORMAT}-{rules.digest}-{engine}")
    if create:
        try:
            os.makedirs(place, mode=0o700, exist_ok=True)
        except OSError:
            return None
    return Kept(place) if os.path.isdir(place) else None  # noqa: PTH112 - as above
