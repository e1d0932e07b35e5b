"""Changes that show something about a policy, written as files that anybody can try."""

import json
import re
import shlex
from pathlib import Path

from warden_hooks.errors import UsageError
from warden_policies.codec import encode_change
from warden_policies.model import Change


class Witnesses:
    """Writes changes into a folder, or nowhere when there is none."""

    def __init__(self, folder: str | None) -> None:
        self._folder = Path(folder) if folder else None
        self._count = 0

    def keep(self, name: str, change: Change, *policies: str) -> list[str]:
        """Write the change; returns the commands that decide on it, none without a folder.

        Raises:
            UsageError: it cannot be written.
        """
        if self._folder is None:
            return []
        self._count += 1
        words = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        path = self._folder / f"{self._count:02}-{words}.json"
        text = json.dumps(json.loads(encode_change(change)), indent=2, ensure_ascii=False)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            what = f"{path}: cannot write: {error.strerror or error}"
            raise UsageError(what, "give --witness a folder of yours") from None
        return [_command(policy, path) for policy in policies]


def _command(policy: str, change: Path) -> str:
    return shlex.join(["changewarden", "decide", "--policy", policy, "--change", str(change)])
