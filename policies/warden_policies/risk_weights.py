"""What makes a change risky, and how much: the table that `risk` adds up from."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PathWeight:
    """Points for touching paths of some sort: with one of these words in them, or matching a glob.

    Everything is in lower case, and paths are compared as if they were. `at_most` is how many
    folders count, each once; a manifest and its lock file are one dependency's.
    """

    name: str
    points: int
    words: frozenset[str] = frozenset()
    globs: tuple[str, ...] = ()
    at_most: int = 1


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LARGEST_SIZE: Final = 15
UNTESTED: Final = 5
BY_AGENTS: Final = 10
HIGHEST: Final = 100

PATH_WEIGHTS: Final = (
    PathWeight(
        "policy or code owners",
        40,
        globs=(
            ".github/changewarden.yml",
            ".changewarden/**",
            ".policy.yml",
            "policies/**",
            "codeowners",
            "docs/codeowners",
            ".github/codeowners",
        ),
    ),
    PathWeight(
        "authentication, cryptography or payments",
        20,
        words=_words(
            "auth authn authz authentication authenticator authorization authorisation authorizer"
            " login logout signin signup oauth oidc saml sso mfa totp session sessions"
            " password passwords passwd credential credentials secret secrets permission"
            " permissions rbac acl jwt token tokens crypto cryptography cipher encrypt encryption"
            " decrypt decryption signature signing tls ssl certificate certificates keystore"
            " payment payments pay payout payouts billing invoice invoices invoicing checkout"
            " charge charges refund refunds wallet ledger"
        ),
    ),
    PathWeight(
        "infrastructure, build or workflow",
        15,
        globs=(
            ".github/workflows/**",
            ".github/actions/**",
            ".gitlab-ci.yml",
            ".circleci/**",
            ".buildkite/**",
            "azure-pipelines*.yml",
            "**/jenkinsfile*",
            "**/*.tf",
            "**/*.tfvars",
            "**/*.bicep",
            "**/dockerfile*",
            "**/*.dockerfile",
            "**/containerfile*",
            "**/docker-compose*.y*ml",
            "**/compose*.y*ml",
            "**/helm/**",
            "**/charts/**",
            "**/k8s/**",
            "**/kubernetes/**",
            "**/terraform/**",
            "**/ansible/**",
            "**/cloudformation/**",
            "**/serverless.yml",
        ),
    ),
    PathWeight(
        "database migration",
        15,
        globs=("**/migrations/**", "**/migrate/**", "**/alembic/versions/**", "**/*.sql"),
    ),
    PathWeight(
        "dependencies",
        10,
        globs=(
            "**/requirements*.txt",
            "**/constraints*.txt",
            "**/pyproject.toml",
            "**/setup.py",
            "**/setup.cfg",
            "**/pipfile*",
            "**/package.json",
            "**/package-lock.json",
            "**/pnpm-lock.yaml",
            "**/*.lock",
            "**/go.mod",
            "**/go.sum",
            "**/cargo.toml",
            "**/pom.xml",
            "**/build.gradle*",
            "**/gemfile*",
            "**/*.gemspec",
            "**/composer.json",
            "**/*.csproj",
            "**/packages.config",
            ".gitmodules",
        ),
        at_most=2,
    ),
)

TEST_WORDS: Final = _words("test tests testing spec specs fixtures")
CODE_ENDINGS: Final = tuple(
    f".{language}"
    for language in _words(
        "c cc clj cpp cs dart ex exs go groovy h hpp java js jsx kt lua m mjs php pl ps1 py rb rs"
        " scala sh sql swift ts tsx vb vue"
    )
)
