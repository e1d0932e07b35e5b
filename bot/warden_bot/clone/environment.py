"""The environment git runs in: nothing of the user's, the system's or the repository's is read."""

import os
from collections.abc import Mapping
from pathlib import Path

_PASSED_ON = (
    "PATH",
    "TMPDIR",
    "GIT_EXEC_PATH",
    *("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"),
    *("NO_PROXY", "no_proxy"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "CURL_CA_BUNDLE"),
)
"""How to reach GitHub from here. Our own settings, secrets among them, are not git's business."""

_EMPTY_TREE = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
"""By the number of digits in a commit's name: SHA-1 and SHA-256."""

_SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.commitGraph": "false",  # parents are what the commits themselves say
    "core.bigFileThreshold": "32m",  # beyond it files count as binary, and take less memory
    "core.fsmonitor": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
}


def environment(home: Path, digits: int, settings: Mapping[str, str]) -> dict[str, str]:
    """The variables for one run of git, with `settings` for its configuration.

    They travel in the environment: in the arguments a token could be read by every process, and in
    the repository's own file it would stay. `digits` is the length of a commit's name.
    """
    every = _SETTINGS | dict(settings)
    return {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        **_ISOLATED,
        "HOME": str(home),  # curl would look for a .netrc there
        "GIT_ATTR_SOURCE": _EMPTY_TREE[digits],  # since 2.43 git may look for attributes in HEAD
        "GIT_CONFIG_COUNT": str(len(every)),
        **{f"GIT_CONFIG_KEY_{index}": key for index, key in enumerate(every)},
        **{f"GIT_CONFIG_VALUE_{index}": value for index, value in enumerate(every.values())},
    }


_ISOLATED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": f"{os.devnull}/none",
    "GIT_NO_LAZY_FETCH": "1",  # what is missing is fetched when we say so
    "GIT_ALLOW_PROTOCOL": "",  # nor is anything else fetched, unless a fetch names its protocol
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "LC_ALL": "C",
}
