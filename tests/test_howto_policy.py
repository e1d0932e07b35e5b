"""The policies that the how-to guide shows are policies."""

import pytest

from tests.test_docs import ROOT, blocks
from warden_policies.language import parse_policy

PAGE = ROOT / "docs" / "howto" / "write-a-policy.md"


@pytest.mark.parametrize("source", blocks(PAGE, "yaml"))
def test_every_policy_of_the_guide_is_valid(source: str) -> None:
    assert parse_policy(source.encode(), "p.yml").requirements
