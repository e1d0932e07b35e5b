"""Keys that providers print for everybody."""

import re

from warden_policies.rules.published import PUBLICATIONS, PUBLISHED


def test_a_publication_says_what_it_is_and_where_it_stands() -> None:
    for publication in PUBLICATIONS:
        assert re.fullmatch(r"[A-Z][\w.]*: \w.{15,}[^.]", publication.what)
        assert re.fullmatch(r"https://[\w.-]+/\S*", publication.reference)


def test_digests_are_whole_and_stand_once() -> None:
    digests = [digest for publication in PUBLICATIONS for digest in publication.digests]
    assert all(re.fullmatch(r"[0-9a-f]{16}", digest) for digest in digests)
    assert len(digests) == len(set(digests)) == len(PUBLISHED)
