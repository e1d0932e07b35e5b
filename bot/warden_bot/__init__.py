"""Enforces it where it cannot be skipped: the service and its side effects."""
