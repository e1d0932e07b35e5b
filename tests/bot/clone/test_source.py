"""Where a repository is cloned from."""

import pytest

from warden_bot.clone.errors import CloneError
from warden_bot.clone.source import source_of


@pytest.mark.parametrize(
    ("api", "url"),
    [
        ("https://api.github.com", "https://github.com/acme/shop.git"),
        ("https://api.github.com/", "https://github.com/acme/shop.git"),
        ("https://api.acme.ghe.com", "https://acme.ghe.com/acme/shop.git"),
        ("https://git.acme.example/api/v3", "https://git.acme.example/acme/shop.git"),
        ("https://api.acme.example/api/v3/", "https://api.acme.example/acme/shop.git"),
        ("http://127.0.0.1:8080/api/v3", "http://127.0.0.1:8080/acme/shop.git"),
    ],
)
def test_the_address_follows_from_that_of_the_api(api: str, url: str) -> None:
    assert source_of(api, 7, "acme/shop").url == url


@pytest.mark.parametrize(
    "name", ["", "shop", "acme/", "acme/..", "acme/.", "../etc", "-x/y", "a/b/c", "a/b?c", "a/b\n"]
)
def test_what_is_no_repositorys_name_is_refused(name: str) -> None:
    with pytest.raises(CloneError, match="is not the name of a repository"):
        source_of("https://api.github.com", 7, name)
