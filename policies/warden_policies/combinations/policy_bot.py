"""How policy-bot 1.36.2 combines answers: an error is carried beside the status, not above it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from warden_policies.outcome import Result
from warden_policies.policy import Combine, Group

COMBINATIONS: Final[Mapping[Combine, Callable[[Group, Iterator[Result]], Result]]] = {}
