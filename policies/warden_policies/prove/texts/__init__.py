"""Texts that a policy asks about: one for each set of its patterns that one text can match."""
