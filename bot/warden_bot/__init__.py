"""Enforces it where it cannot be skipped: the service and its side effects."""

from importlib.metadata import version

__version__ = version("changewarden")
