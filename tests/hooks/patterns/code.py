"""Code that the rules have something to say about, and code that they have not."""

from pathlib import Path

from warden_hooks.patterns import find
from warden_hooks.patterns.core import Core

BAD = """\
import os
from flask import request

def listing():
    name = request.args["name"]
    os.system("ls " + name)
"""
BAD_LINE = 6
GOOD = """\
import subprocess
from flask import request

def listing():
    subprocess.run(["ls", "--", request.args["name"]], check=True)
"""
RULE = "py-command-from-request"
WARNED = """\
jobs:
  build:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    steps:
      - uses: actions/checkout@v6
"""
WARNED_PATH = ".github/workflows/build.yml"
WARNING_RULE = "gha-unpinned-uses"
WHOLE_SEMGREP = Path(__file__).parents[3] / ".venv-semgrep" / "bin" / "semgrep"


def core() -> Core:
    """The engine that the suite is run with. Without it nothing here is known to work."""
    found = find.installed()
    assert found, "make setup installs it"
    return found
