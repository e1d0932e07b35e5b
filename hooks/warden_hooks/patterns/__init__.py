"""Insecure patterns: semgrep's engine, asked only where one may be, and never the network."""
