"""Secrets in all that a repository ever held: each content once, then where and when it was."""
