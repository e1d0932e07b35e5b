"""How much of everything one question may take."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond these nothing is proven, and the answer says which limit it was."""

    seconds: float = 300
    """For a question as a whole, waiting and fetching included."""
    clone_bytes: int = 4 << 30
    """For one repository on disk; beyond it the clone is laid anew."""
    total_bytes: int = 40 << 30
    """For all of them; beyond it those that were not used for longest go."""
    packs: int = 300
    """Each fetch adds one or two; git grows slow over many, so the clone is then laid anew."""
    kept: int = 64
    """Commits remembered as had, which spares fetching again what they hold."""
    blobs: int = 20_000
    """Contents of files that one question may need."""
    merged_blob_bytes: int = 32 << 20
    """For a file whose two sides have to be merged, which takes git several times its size."""
    output_bytes: int = 64 << 20
    """For what one command of git prints."""
    commits: int = 10_000
    """Between base and head."""
    merges: int = 100
    """Updates from the base, one on top of another."""
    reviewed: int = 100
    """Commits to be proven in one question."""


class Deadline:
    """When a question has to be answered."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends_at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds from now; 0 when it is over."""
        return max(0.0, self._ends_at - time.monotonic())
