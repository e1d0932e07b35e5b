"""What a test needs of the system that it runs on. On Linux nothing is left out."""

import sys

import pytest

unix = pytest.mark.skipif(sys.platform == "win32", reason="terminals, limits and shells of Unix")
linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc and /dev/full are Linux's")
