"""Stops it before it is committed: the scanner and its command line."""
