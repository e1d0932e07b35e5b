"""What is stricter in every native policy, whatever it says: a short list for its first lines."""

from typing import Final

EVERYWHERE: Final = (
    "only reviews approve: no comment, no :+1: and no description does",
    "an approval counts for the content it was given on, and ends with new content",
    "a person's last opinion counts: requesting changes takes an approval back",
    "a request for changes blocks, until its author or a maintainer with a reason lifts it",
    "a dismissed review is over, and no earlier one of that person counts again",
    "authors, co-authors, committers and pushers of all commits are contributors",
    "a commit by somebody without an account blocks",
    "what cannot be read is an error, even beside an alternative that is met",
    "logins are the same in upper and lower case",
    "a robot's approval does not count, unless 'bots' names it",
    "a change of the policy itself needs the approval of somebody else; where nothing else applies"
    " to it, that is enough",
)
