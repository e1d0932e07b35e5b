"""What a path says."""

import pytest

from warden_hooks.secrets.context.places import is_sample, kind


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/app.py", "code"),
        ("A.JAVA", "code"),
        ("deploy/.env", "configuration"),
        (".env.production", "configuration"),
        ("prod.env", "configuration"),
        ("config.yml", "configuration"),
        ("config.yml.example", "configuration"),
        ("Dockerfile", "configuration"),
        ("Dockerfile.prod", "configuration"),
        (".npmrc", "configuration"),
        ("notes", "text"),
        ("notes.txt", "text"),
        ("package-lock.json", "off"),
        ("sub/yarn.lock", "off"),
        ("app.min.js", "off"),
        ("locale/de/LC_MESSAGES/django.po", "off"),
        ("i18n/en.json", "off"),
    ],
)
def test_how_values_are_written(path: str, expected: str) -> None:
    assert kind(path) == expected


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py",
        "src/test/java/A.java",
        "src/AccountTest.java",
        "pkg/a_test.go",
        "ui/a.spec.ts",
        "test_a.py",
        ".env.example",
        "docs/a.txt",
        "README.md",
        "examples/a.py",
    ],
)
def test_a_sample(path: str) -> None:
    assert is_sample(path)


@pytest.mark.parametrize(
    "path", ["src/a.py", "latest/a.py", "contest.py", "attestation.go", ".env", "config.yml"]
)
def test_no_sample(path: str) -> None:
    assert not is_sample(path)
