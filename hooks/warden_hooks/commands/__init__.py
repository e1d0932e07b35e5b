"""Subcommands of `changewarden` beside the scanner: edge code that reads files and prints."""
