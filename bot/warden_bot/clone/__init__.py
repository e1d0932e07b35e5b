"""What git knows about a pull request: the only place of the service that runs git.

Bare partial clones, fetched by commit. Nothing of a repository is ever run or checked out, and no
name that a stranger chose reaches a command line: commits, trees and files are asked for by hash.
"""
