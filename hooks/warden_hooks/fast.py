"""The commit in which there is nothing to find: seen to be clean before anything heavy is imported.

This can only say that a commit is clean, and says so only where the whole command would find and
print nothing. At any hit of any rule, at anything unusual, it leaves the answer to the command,
which starts from the beginning. It asks more than the command does: every line counts here, and a
hit is a hit before its value is judged.
"""
# ruff: noqa: PLC0415 - every import is paid for by every commit

import os
import sys

from warden_hooks.secrets import cache, first_look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from typing import Any, BinaryIO

_DEFAULT_MAX_BYTES = 5_000_000
"""As in `source`, which costs an import; a test holds them together."""
_MOST_FILES = 240
"""So that what is asked fits into the smallest pipe there is, which nobody may read meanwhile."""
_REGULAR_FILES = (b"100644", b"100755")
_REACH = 1_500
"""Bytes. No rule that knows a name matches more; see `reach`."""
_DATABASE_MODE = 1  # HS_MODE_BLOCK


class _LeaveIt(Exception):
    """The whole command has to look."""


SECRETS, PATTERNS = FAMILIES = ("secrets", "patterns")
"""As in `scan_arguments`, which costs an import; a test holds them together."""


def left(arguments: list[str]) -> tuple[str, ...]:
    """The families of rules that `changewarden scan` with these arguments still has to look for.

    Where there is nothing left, it would exit with 0 and print nothing.
    """
    if not hasattr(os, "posix_spawnp"):
        return FAMILIES
    try:
        return _look(*_asked(arguments))
    except Exception:  # noqa: BLE001 - whatever it is, the whole command will meet and name it
        return FAMILIES


def _asked(
    arguments: list[str],
) -> tuple[tuple[str, ...], list[bytes], int, tuple[str, ...]]:
    """What tells git's changes, file names, the size limit and the families, from the few forms of
    our hooks."""
    names: list[bytes] = []
    max_bytes = _DEFAULT_MAX_BYTES
    modes: list[str] = []
    families: tuple[str, ...] = FAMILIES
    for argument in arguments:
        if argument in ("--staged", "--committed"):
            modes.append(argument)
        elif argument.startswith("--max-bytes=") and argument[12:].isdecimal():
            max_bytes = int(argument[12:])
        elif argument.startswith("--only="):
            families = tuple(family for family in FAMILIES if family == argument[7:])
        elif argument.startswith("-") and argument != "--require=patterns":
            raise _LeaveIt
        elif argument != "--require=patterns":
            names.append(os.fsencode(argument))
    if not families or not 0 < max_bytes <= _DEFAULT_MAX_BYTES * 10:
        raise _LeaveIt
    if modes == ["--staged"]:
        command = ("diff-index", "--cached", *_RAW, *_relative(names), "HEAD", "--")
    elif modes == ["--committed"] and not names:  # of a merge this says nothing, which is unusual
        command = ("diff-tree", "-r", "--root", "--no-commit-id", *_RAW, "HEAD")
    else:
        raise _LeaveIt
    return command, names, max_bytes, families


_RAW = ("--raw", "-z", "--no-renames", "--abbrev=64", "--ignore-submodules=none")


def _relative(names: list[bytes]) -> tuple[str]:
    return ("--relative" if names else "--no-relative",)


def _look(
    command: tuple[str, ...], names: list[bytes], max_bytes: int, families: tuple[str, ...]
) -> tuple[str, ...]:
    """What is left, when nothing else was found and nothing was unusual."""
    difference = _Git(*command)
    try:
        scanner = _Scanner() if SECRETS in families else None  # while git works
        changed = dict(_changed(difference.finish()))
    finally:
        difference.close()
    chosen = [(name, changed[name]) for name in names] if names else list(changed.items())
    if not 0 < len(chosen) <= _MOST_FILES:
        raise _LeaveIt
    patterns = _Patterns() if PATTERNS in families else None
    read = [blob for name, blob in chosen if scanner or _Patterns.reads(name)]
    blobs = _Git(
        "cat-file", "--batch", request=b"".join(b"%s\n" % each for each in (_RULES, *read))
    )
    try:
        own_rules = _has_own_rules(blobs.output)
        for name, blob in chosen:
            path = os.fsdecode(name)
            data = _blob(blobs.output, blob, max_bytes) if blob in read else b""
            if scanner:
                scanner.look(path, data)
            if patterns:
                patterns.look(path, blob, data)
        if blobs.finish():
            raise _LeaveIt
    finally:
        blobs.close()
    return () if patterns is None or (patterns.known and not own_rules) else (PATTERNS,)


_RULES = b"HEAD:.github/changewarden.yml"


def _has_own_rules(stream: "BinaryIO") -> bool:
    """Whether the repository may have rules of its own, so that what is known does not hold."""
    header = stream.readline()
    if header == _RULES + b" missing\n":
        return False
    size = int(header.split()[2])
    data = stream.read(size + 1)
    return header.split()[1] != b"blob" or len(data) <= size or b"patterns" in data


def _changed(raw: bytes) -> "Iterator[tuple[bytes, bytes]]":
    """Path and blob of each file that the commit changes or adds."""
    *ended, rest = raw.split(b"\0")
    if rest:
        raise _LeaveIt
    fields = iter(ended)
    for header in fields:
        _, mode, _, blob, status = header.split(b" ")
        path = next(fields)
        if status == b"D":
            continue
        if mode not in _REGULAR_FILES or status not in (b"A", b"M", b"T"):
            raise _LeaveIt
        yield path, blob


def _blob(stream: "BinaryIO", blob: bytes, max_bytes: int) -> bytes:
    name, kind, digits = stream.readline().split()
    size = int(digits)
    if (name, kind) != (blob, b"blob") or not 0 <= size <= max_bytes:
        raise _LeaveIt
    data = stream.read(size + 1)
    if len(data) != size + 1 or not data.endswith(b"\n"):
        raise _LeaveIt
    return data[:-1]


class _Scanner:
    """The databases that were kept."""

    def __init__(self) -> None:
        kept = cache.load(whole=False)
        if kept is None or not kept.database or not kept.extension:
            raise _LeaveIt
        self._kept = kept
        self._database = self._loaded(kept.database)
        self._near: Any = None

    def _loaded(self, serialized: bytes) -> "Any":  # noqa: ANN401 - its module has no types
        hyperscan = _hyperscan(self._kept.extension)
        database = hyperscan.loadb(serialized, _DATABASE_MODE)
        database.scratch = hyperscan.Scratch(database)
        return database

    def look(self, path: str, data: bytes) -> None:
        """Returns when nothing could be found in the file."""
        if not first_look.is_clean(path, data, self.see):
            raise _LeaveIt

    def see(self, text: bytes) -> first_look.Seen:
        """What there is in the text, if it is nothing that a rule or a plug-in knows."""
        meant: set[tuple[int, int]] = set()
        encoded: dict[int, list[int]] = {}
        told: list[int] = []
        others: list[int] = []
        rules, forms, layers = self._kept.patterns, self._kept.forms, self._kept.layers

        def note(pattern: int, _from: int, end: int, _flags: int, _context: object) -> bool:
            place = pattern - rules
            if 0 <= place < len(forms):
                meant.add((forms[place], end))
            elif 0 <= place - len(forms) < len(layers):
                encoded.setdefault(layers[place - len(forms)], []).append(end)
            elif place == -1:
                told.append(end)
            else:
                others.append(pattern)
            return bool(others)

        self._database.scan(text, note)
        if others:
            raise _LeaveIt
        for end in told:
            self._look_near(text, end)
        return first_look.Seen(meant, encoded)

    def _look_near(self, text: bytes, end: int) -> None:
        """Returns when none of the rules that know names matches up to the place."""
        if self._near is None:
            whole = cache.load()
            if whole is None or whole.database != self._kept.database:
                raise _LeaveIt
            self._near = self._loaded(whole.near)
        found: list[int] = []
        self._near.scan(text[max(0, end - _REACH) : end], lambda *hit: found.append(hit[0]))
        if found:
            raise _LeaveIt


class _Patterns:
    """What is known about contents from an earlier look for insecure patterns."""

    def __init__(self) -> None:
        from warden_hooks.patterns import head, kept, languages

        self._languages = languages
        self._head = head.of_ours()
        self._kept = kept.of(self._head, self._head.engine)
        self.known = kept.SETTING not in os.environ
        """Whether there is nothing in any of them."""

    @staticmethod
    def reads(name: bytes) -> bool:
        """Whether the name alone does not say what kind of file it is."""
        return b"." not in name[name.rfind(b"/") + 1 :]

    def look(self, path: str, blob: bytes, data: bytes) -> None:
        """Note whether there is nothing in the content."""
        if not self.known:
            return
        asked = self._head.languages
        language = self._languages.of(path, data)
        for each in (language, *self._languages.ANYTHING):
            if each in asked:
                name = path if asked[each] else ""
                if self._kept is None or self._kept.recall(blob.decode(), each, name) != b"":
                    self.known = False


def _hyperscan(path: str) -> "ModuleType":
    """Hyperscan's extension module without its package, whose import takes longer than a scan."""
    import _frozen_importlib
    import _frozen_importlib_external

    name = "hyperscan._hs_ext"
    if name not in sys.modules:
        loader = _frozen_importlib_external.ExtensionFileLoader(name, path)
        spec = _frozen_importlib.ModuleSpec(name, loader, origin=path)
        spec.has_location = True
        _frozen_importlib._load(spec)  # type: ignore[attr-defined]  # as `import` does
    return sys.modules[name]


class _Git:
    """A git command, its output and its end."""

    def __init__(self, *arguments: str, request: bytes = b"") -> None:
        given, taken = os.pipe()
        read, written = os.pipe()
        os.write(taken, request)
        os.close(taken)
        actions = [
            (os.POSIX_SPAWN_DUP2, given, 0),
            (os.POSIX_SPAWN_DUP2, written, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        command = ["git", "-c", "core.fsmonitor=", *arguments]
        try:
            self._process = os.posix_spawnp("git", command, _environment(), file_actions=actions)
        except BaseException:
            os.close(read)
            raise
        finally:
            os.close(given)
            os.close(written)
        self._ended = False
        self.output = open(read, "rb")  # noqa: PTH123, SIM115 - closed in close()

    def finish(self) -> bytes:
        """The rest of the output of a command that did what it was asked."""
        rest = self.output.read()
        _, status = os.waitpid(self._process, 0)
        self._ended = True
        if status:
            raise _LeaveIt
        return rest

    def close(self) -> None:
        """Leaves no process behind."""
        self.output.close()
        if not self._ended:
            os.kill(self._process, 9)
            os.waitpid(self._process, 0)
            self._ended = True


def _environment() -> dict[str, str]:
    """As in `git`, which costs an import."""
    return os.environ | {
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_DIFF_OPTS": "",
        "GIT_LITERAL_PATHSPECS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": f"{os.devnull}/none",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
