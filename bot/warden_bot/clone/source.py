"""Where a repository is cloned from, and as whom."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from warden_bot.clone.errors import CloneError
from warden_policies.text import quoted

_FULL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Source:
    """A repository on a server. `id` names its clone here, and survives renames."""

    id: int
    url: str

    @property
    def protocol(self) -> str:
        """`https`, or `http` where the server has no other; nothing else is ever spoken."""
        scheme = urlsplit(self.url).scheme
        if scheme not in {"https", "http"}:
            raise CloneError("repositories are fetched over HTTPS only")
        return scheme


def source_of(api_url: str, repository_id: int, full_name: str) -> Source:
    """The repository `full_name` of the GitHub whose API is at `api_url`.

    `https://api.github.com` belongs to `https://github.com`, `https://api.acme.ghe.com` to
    `https://acme.ghe.com`, and `https://HOST/api/v3` to `https://HOST`.

    Raises:
        CloneError: that is no repository's name.
    """
    if not _FULL_NAME.fullmatch(full_name) or full_name.endswith(("/.", "/..")):
        raise CloneError(f"{quoted(full_name)} is not the name of a repository")
    parts = urlsplit(api_url)
    host = parts.netloc.removeprefix("api.") if not parts.path.strip("/") else parts.netloc
    path = parts.path.rstrip("/").removesuffix("/api/v3")
    return Source(repository_id, f"{parts.scheme}://{host}{path}/{full_name}.git")


def fetch_settings(source: Source, token: str) -> Mapping[str, str]:
    """git's configuration for one fetch with an installation token.

    That the objects left out can be had from this remote is told to the fetch alone. To all other
    commands there is no remote: what is missing is an error, in every version of git.
    """
    credentials = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "remote.origin.url": source.url,
        "remote.origin.promisor": "true",
        "remote.origin.partialCloneFilter": "blob:none",
        f"http.{source.url}.extraHeader": f"Authorization: Basic {credentials}",
        "http.followRedirects": "false",  # the header would travel along
        "http.lowSpeedLimit": "1000",
        "http.lowSpeedTime": "30",
        "protocol.version": "2",
        "fetch.fsckObjects": "true",  # a tree that can be read in two ways proves nothing
        "fetch.unpackLimit": "1",
        "fetch.recurseSubmodules": "false",
    }
