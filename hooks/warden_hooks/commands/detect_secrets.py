"""`changewarden detect-secrets`: the library's own commands, faster and without a network.

For teams that live with a `.secrets.baseline`: the same arguments, files and results.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec

_HELP = """\
usage: changewarden detect-secrets scan|audit|hook [ARGUMENT...]

detect-secrets' own scan, audit and commit hook, with its arguments, its files and its results. It
looks only at lines in which a plug-in can find something, which is many times faster on source
code, and never verifies: that would send the candidate to its provider.

  changewarden detect-secrets scan > .secrets.baseline
  changewarden detect-secrets audit .secrets.baseline
  changewarden detect-secrets hook --baseline .secrets.baseline FILE...

'changewarden detect-secrets scan --help' shows what the library's command can be asked.
Leaving the baseline behind: changewarden allowances --import .secrets.baseline
"""
_HOOK, _VERIFYING = "hook", ("scan", "hook")


def main(argv: Sequence[str]) -> int:
    """Run the library's command and return its exit code; 2 for one that it does not have."""
    name, arguments = (argv[0], list(argv[1:])) if argv else ("", [])
    if name not in {"scan", "audit", _HOOK}:
        print(_HELP, end="", file=sys.stdout if name in {"--help", "-h"} else sys.stderr)
        return 0 if name in {"--help", "-h"} else 2
    if name in _VERIFYING:
        arguments.append("--no-verify")
    from detect_secrets import main as command  # noqa: PLC0415 - heavy
    from detect_secrets import pre_commit_hook  # noqa: PLC0415 - heavy
    from detect_secrets.settings import cache_bust  # noqa: PLC0415 - heavy

    cache_bust()  # its settings are the process's, and begin with the arguments
    with _offline(), _faster():
        if name == _HOOK:
            return pre_commit_hook.main(arguments)
        return command.main([name, *arguments])


@contextmanager
def _offline() -> Iterator[None]:
    """While this is open nothing is verified, whatever a baseline's settings ask for."""
    from detect_secrets.filters import common  # noqa: PLC0415 - heavy

    def never() -> bool:
        return False

    name = "is_ignored_due_to_verification_policies"
    original = getattr(common, name)
    setattr(common, name, never)
    try:
        yield
    finally:
        setattr(common, name, original)


@contextmanager
def _faster() -> Iterator[None]:
    """While this is open the library looks only where it can find something, if that is known."""
    if find_spec("hyperscan") is None:
        yield
        return
    from warden_hooks.secrets.library_scan import faster_library  # noqa: PLC0415 - heavy

    with faster_library():
        yield
