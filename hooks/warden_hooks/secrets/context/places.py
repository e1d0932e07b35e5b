"""What a path says of what is written there: how values look, and whether they are samples."""

from warden_hooks.secrets.context.wordlist import word_set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

CODE, CONFIGURATION, TEXT, OFF = "code", "configuration", "text", "off"

_CODE = word_set(
    """py pyi pyx js jsx mjs cjs ts tsx mts cts java kt kts scala groovy gradle go rs rb erb php
        phtml php5 c h cc cpp cxx hpp hh cs vb fs swift m mm pl pm lua r jl dart ex exs erl hrl clj
        cljs cljc hs ml mli nim zig sol vue svelte html htm xhtml jsp jspx aspx cshtml ftl sql psql
        ipynb json json5 jsonc jsonl ndjson har tf hcl cue dhall ps1 psm1 psd1 proto graphql el lisp
        scm rkt tcl v sv vhd f90 pas d coffee cr awk cls trigger apex"""
)
"""Where what has no quotes is an expression, or a value without need of any."""
_CONFIGURATION = word_set(
    """env ini cfg conf config properties props yaml yml toml tfvars netrc pgpass npmrc pypirc cnf
        service sh bash zsh fish ksh bat cmd envrc htaccess reg desktop plist xml cmake mk j2 tpl
        tmpl erb template ovpn rdp sls nix dockerfile pp cred credentials secrets"""
)
_SPACED = word_set(
    """gradle groovy clj cljs cljc edn sql psql tcl conf el lisp scm rkt sls pp jenkinsfile rb ex
    exs nginx vim"""
)
_OFF = word_set(
    """lock sum po pot mo map snap svg css scss less sass csv tsv dic aff wordlist bib cast ttf eps
        xliff xlf resx strings arb lang"""
)
_OFF_NAMES = word_set(
    """package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml poetry.lock pipfile.lock
        uv.lock pdm.lock cargo.lock composer.lock gemfile.lock go.sum go.mod packages.lock.json
        mix.lock pubspec.lock podfile.lock flake.lock bun.lock bun.lockb deno.lock .secrets.baseline
        conan.lock gradle.lockfile paket.lock allowances.toml"""
)
_OFF_FOLDERS = word_set("""locale locales i18n l10n translations lang langs node_modules""")
_OF_DATA = word_set("base64 hex percent")
"""Encodings of what is no code, wherever it stands."""
_SAMPLE_FOLDERS = word_set(
    """test tests testing spec specs __tests__ testdata test-data test_data fixture fixtures
        example examples sample samples demo demos docs doc documentation mock mocks __mocks__ e2e
        cypress stories snapshots __snapshots__ cassettes tutorial tutorials testcases unittests
        unittest integration-tests integrationtest functional_tests testsuite testutils testlib
        testresources androidtest jvmtest benchmark benchmarks"""
)
_SAMPLE_ENDINGS = (
    *(".example", ".sample", ".template", ".dist", ".tmpl", ".md", ".markdown", ".mdx", ".rst"),
    *(".adoc", ".asciidoc", ".pod", ".tex", ".1", ".5", ".8", ".texi", ".org", ".man"),
)
_SAMPLE_STARTS = (
    "test_",
    "test-",
    "conftest.",
    "example",
    "sample",
    "readme",
    "changelog",
    "changes",
)
_SAMPLE_PARTS = (
    *(
        "_test.",
        "_tests.",
        ".test.",
        ".tests.",
        ".spec.",
        "_spec.",
        "-test.",
        "test.java",
        "tests.cs",
    ),
    *(
        "test.kt",
        "tests.java",
        "test.php",
        "test.cs",
        "testcase.",
        "-spec.",
        ".stories.",
        ".example.",
    ),
    *(
        ".sample.",
        "-example.",
        "-sample.",
        "_example.",
        "_sample.",
        "example-",
        "_fixture",
        ".fixture",
    ),
    *("mock", "testutil", "test_helper", "fakes."),
)


def kind(path: str, layers: "Sequence[str]" = ()) -> str:
    """How values are written in the file, or in what stands in it in these encodings."""
    written = _kind(path)
    return TEXT if written == CODE and not _OF_DATA.isdisjoint(layers) else written


def _kind(path: str) -> str:
    folders, _, name = path.lower().rpartition("/")
    if name in _OFF_NAMES or ".min." in name or not _OFF_FOLDERS.isdisjoint(folders.split("/")):
        return OFF
    stem, dot, ending = name.rpartition(".")
    if ending in ("example", "sample", "dist", "template", "j2", "tmpl", "tpl") and "." in stem:
        ending = stem.rpartition(".")[2]
    if ending in _OFF:
        return OFF
    if ".env" in name or name.startswith(("dockerfile", "docker-compose", "makefile", ".")):
        return CODE if ending in _CODE else CONFIGURATION
    if dot and ending in _CODE:
        return CODE
    return CONFIGURATION if ending in _CONFIGURATION else TEXT


def is_spaced(path: str) -> bool:
    """Whether a blank is enough between a name and its value."""
    return path.lower().rpartition(".")[2] in _SPACED


def is_sample(path: str) -> bool:
    """Whether it is a test, an example or documentation, in which most secrets are made up."""
    folders, _, name = path.lower().rpartition("/")
    if not _SAMPLE_FOLDERS.isdisjoint(folders.split("/")):
        return True
    if name.endswith(_SAMPLE_ENDINGS) or name.startswith(_SAMPLE_STARTS):
        return True
    return any(part in name for part in _SAMPLE_PARTS)
