"""The files that the compiled engine follows from: when one of them changes, so may the engine."""
# ruff: noqa: PTH118, PTH120, PTH123, PTH208 - pathlib stays off a commit's way: slow to import

import hashlib
import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec

import warden_policies.rules

_OURS = (
    "coarse.py",
    "compiled.py",
    "context/forms.py",
    "database.py",
    "detect_secrets.py",
    "in_bytes.py",
    "layers/patterns.py",
    "named.py",
    "plugin_patterns.py",
    "rule_table.py",
)


def extension() -> str:
    """The path of Hyperscan's extension module; empty without one."""
    package = find_spec("hyperscan")
    found = package and find_spec("hyperscan._hs_ext")
    return (found.origin or "") if found else ""


def sources() -> list[str]:
    """Rules, the code that compiles them, the plug-ins, Hyperscan; folders stand for their list."""
    rules = os.path.dirname(warden_policies.rules.__file__)
    folder = os.path.join(rules, "secrets")
    ours = [os.path.join(os.path.dirname(__file__), name) for name in _OURS]
    made_from = [folder, *_files(folder, ".toml"), *_files(rules, ".py"), *ours]
    for package in ("detect_secrets.plugins", "detect_secrets.util"):
        spec = find_spec(package)
        for place in (spec and spec.submodule_search_locations) or ():
            made_from += [place, *_files(place, ".py")]
    return made_from + [path for path in (extension(),) if path]


def watched(made_from: Sequence[str]) -> list[str]:
    """Files of which one is written again when any of the sources changes.

    Of an installed package its list of files says that, which every installation writes anew; the
    rules have to be watched one by one only in a work tree. Every commit looks at all of them.
    """
    lists = [_record(warden_policies.rules.__file__), _record(find_spec("detect_secrets").origin)]  # type: ignore[union-attr,arg-type]
    if not all(lists):
        return list(made_from)
    folders = [path for path in made_from if os.path.isdir(path)]  # noqa: PTH112
    return [*lists, *folders, *filter(None, [extension()])]


def _record(module: str) -> str:
    """The list of installed files that names the module; empty when it was not installed so."""
    folder = module
    while (parent := os.path.dirname(folder)) != folder:
        folder = parent
        for name in os.listdir(folder) if os.path.basename(folder) == "site-packages" else ():  # noqa: PTH119
            record = os.path.join(folder, name, "RECORD")
            inside = os.path.relpath(module, folder).replace(os.sep, "/")
            if name.endswith(".dist-info") and _names(record, inside):
                return record
    return ""


def _names(record: str, module: str) -> bool:
    try:
        with open(record, encoding="utf-8") as lines:
            return any(line.startswith(f"{module},") for line in lines)
    except OSError:
        return False


def _files(folder: str, ending: str) -> Iterator[str]:
    for name in sorted(os.listdir(folder)):
        if name.endswith(ending):
            yield os.path.join(folder, name)


def digest(made_from: Sequence[str]) -> str:
    """SHA-256 over names and content of the files."""
    total = hashlib.sha256()
    for path in made_from:
        if os.path.isfile(path):  # noqa: PTH113
            with open(path, "rb") as stream:
                content = hashlib.sha256(stream.read()).hexdigest()
            total.update(f"{os.path.basename(path)} {content}\n".encode())  # noqa: PTH119
    return total.hexdigest()
