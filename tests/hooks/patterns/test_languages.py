"""Which of the engine's parsers a file is for."""

import pytest

from warden_hooks.patterns import languages


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("a.py", "python"),
        ("src/deep/a.PY", "python"),
        ("a.pyi", "python"),
        ("web/app.mjs", "javascript"),
        ("web/app.jsx", "javascript"),
        ("web/app.tsx", "typescript"),
        ("main.go", "go"),
        ("Main.java", "java"),
        ("deploy.sh", "bash"),
        ("Dockerfile", "dockerfile"),
        ("Dockerfile.production", "dockerfile"),
        ("images/api.dockerfile", "dockerfile"),
        ("main.tf", "terraform"),
        ("prod.tfvars", "terraform"),
        (".github/workflows/ci.yml", "yaml"),
        ("compose.yaml", "yaml"),
        ("README.md", ""),
        ("LICENSE", ""),
        (".py", ""),
        ("py", ""),
        ("folder.py/file", ""),
        ("", ""),
    ],
)
def test_a_name_tells_the_language(path: str, language: str) -> None:
    assert languages.by_name(path) == language


@pytest.mark.parametrize(
    ("beginning", "language"),
    [
        (b"#!/bin/sh\n", "bash"),
        (b"#!/usr/bin/env bash\n", "bash"),
        (b"#!/usr/bin/env -S python3 -I\n", "python"),
        (b"#!/usr/bin/python3.12\n", "python"),
        (b"#!/usr/bin/env LANG=C node\n", "javascript"),
        (b"#! /usr/bin/env ruby", "ruby"),
        (b"#!/bin/sh\r\n", "bash"),
        (b"#!\n", ""),
        (b"#!/usr/bin/env\n", ""),
        (b"#!/usr/bin/perl\n", ""),
        (b"import os\n", ""),
        (b" #!/bin/sh\n", ""),
        (b"#!/bin/\xff\n", ""),
        (b"", ""),
    ],
)
def test_a_first_line_tells_the_language(beginning: bytes, language: str) -> None:
    assert languages.by_first_line(beginning) == language


def test_a_first_line_is_asked_only_where_the_name_has_no_ending() -> None:
    assert languages.of("tool", b"#!/bin/sh\n") == "bash"
    assert languages.of("tool.txt", b"#!/bin/sh\n") == ""
    assert languages.of("a.py", b"#!/bin/sh\n") == "python"


@pytest.mark.parametrize(
    ("names", "languages_"),
    [
        (["py"], {"python"}),
        (["js", "ts"], {"javascript", "typescript"}),
        (["Python", "golang", "sh"], {"python", "go", "bash"}),
        (["hcl"], {"terraform"}),
        (["none"], {"regex"}),
        (["kotlin"], {"kotlin"}),
    ],
)
def test_what_rules_call_a_language_is_understood(names: list[str], languages_: set[str]) -> None:
    assert languages.called(names) == languages_
