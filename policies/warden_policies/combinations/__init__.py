"""How the answers under a group of a policy become one answer: a table, filled by each language.

A combination is `(group, results) -> Result`. The results come lazily: one that stops early leaves
the rest unasked.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from warden_policies.combinations import policy_bot, strict
from warden_policies.outcome import Result
from warden_policies.policy import Combine, Group

Combination: TypeAlias = Callable[[Group, Iterator[Result]], Result]

COMBINATIONS: Final[Mapping[Combine, Combination]] = {
    **strict.COMBINATIONS,
    **policy_bot.COMBINATIONS,
}
