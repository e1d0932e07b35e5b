"""Which of the engine's parsers a file is for: by its name, else by its first line.

On the way of every commit, so it imports nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_BY_ENDING = {
    "bash": "sh bash zsh ksh",
    "c": "c",
    "cpp": "cc cpp cxx c++ h hh hpp hxx",
    "csharp": "cs",
    "clojure": "clj cljs cljc",
    "dart": "dart",
    "dockerfile": "dockerfile containerfile",
    "elixir": "ex exs",
    "go": "go",
    "html": "htm html",
    "java": "java",
    "javascript": "js jsx mjs cjs",
    "json": "json",
    "julia": "jl",
    "kotlin": "kt kts",
    "lua": "lua",
    "ocaml": "ml mli",
    "php": "php phtml",
    "powershell": "ps1 psm1",
    "python": "py pyi pyw",
    "r": "r",
    "ruby": "rb rake gemspec",
    "rust": "rs",
    "scala": "scala",
    "solidity": "sol",
    "swift": "swift",
    "terraform": "tf tofu hcl tfvars",
    "typescript": "ts tsx mts cts",
    "vue": "vue",
    "xml": "xml",
    "yaml": "yml yaml",
}
_OF_ENDING = {ending: name for name, all_ in _BY_ENDING.items() for ending in all_.split()}
_OF_NAME = {
    "dockerfile": "dockerfile",
    "containerfile": "dockerfile",
    "gemfile": "ruby",
    "rakefile": "ruby",
    "pkgbuild": "bash",
    ".bashrc": "bash",
    ".profile": "bash",
    ".envrc": "bash",
}
_OF_INTERPRETER = {
    "sh": "bash",
    "bash": "bash",
    "dash": "bash",
    "zsh": "bash",
    "ksh": "bash",
    "python": "python",
    "pypy": "python",
    "node": "javascript",
    "deno": "typescript",
    "bun": "typescript",
    "ts-node": "typescript",
    "ruby": "ruby",
    "php": "php",
    "lua": "lua",
}
ANYTHING = ("regex", "generic")
"""Rules for these look at the text of any file."""
_ALSO = {
    "bash": ("sh",),
    "c": (),
    "cpp": ("c++",),
    "csharp": ("c#",),
    "dockerfile": ("docker",),
    "elixir": ("ex",),
    "go": ("golang",),
    "javascript": ("js",),
    "kotlin": ("kt",),
    "python": ("py", "python3", "python2"),
    "solidity": ("sol",),
    "terraform": ("tf", "hcl"),
    "typescript": ("ts",),
}
"""What else rules call them."""
_CALLED = {other: name for name, others in _ALSO.items() for other in others} | {"none": "regex"}


def by_name(path: str) -> str:
    """The language of a file by its path; empty when the name does not tell."""
    name = path[path.rfind("/") + 1 :].lower()
    stem, dot, ending = name.rpartition(".")
    if dot and stem and ending in _OF_ENDING:
        return _OF_ENDING[ending]
    return _OF_NAME.get(name) or _OF_NAME.get(name.partition(".")[0], "")


def may_tell(path: str) -> bool:
    """Whether a file without a language by its name may have one by its first line."""
    return "." not in path[path.rfind("/") + 1 :]


def by_first_line(beginning: bytes) -> str:
    """The language of a program by the `#!` that it begins with; empty when there is none."""
    if not beginning.startswith(b"#!"):
        return ""
    words = beginning[2:200].partition(b"\n")[0].decode("ascii", "replace").split()
    names = [word[word.rfind("/") + 1 :] for word in words if not word.startswith("-")]
    if names[:1] == ["env"]:
        names = [name for name in names[1:] if "=" not in name]
    interpreter = names[0] if names else ""
    return _OF_INTERPRETER.get(interpreter.rstrip("0123456789."), "")


def of(path: str, data: bytes) -> str:
    """The language of a file; empty when nothing tells."""
    return by_name(path) or (by_first_line(data) if may_tell(path) else "")


def called(names: "Iterable[str]") -> frozenset[str]:
    """The languages that a rule names, each by the one name that is used here."""
    return frozenset(_CALLED.get(name.lower(), name.lower()) for name in names)


def ending(language: str) -> str:
    """An ending that the engine expects of a file in this language."""
    return "." + _BY_ENDING.get(language, "txt").split()[0]
