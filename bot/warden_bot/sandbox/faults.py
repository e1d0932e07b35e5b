"""Things that go wrong on demand: failing replies, and gates that hold a request."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(slots=True, eq=False)
class Fault:
    """Replies that fail. With `after`, what was asked for has been done all the same."""

    method: str
    path: re.Pattern[str]
    status: int
    after: bool
    times: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Gate:
    """Holds every matching request until it is released, then lets all through.

    With `after` the request is carried out first and its reply is held. `waiting` is set once a
    request stands at the gate.
    """

    method: str
    path: re.Pattern[str]
    after: bool
    waiting: threading.Event = field(default_factory=threading.Event)
    _released: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Open the gate for good."""
        self._released.set()

    def pass_through(self) -> None:
        """Stand at the gate until it opens."""
        self.waiting.set()
        self._released.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


class Faults:
    """The faults and gates that are set."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._gates: list[Gate] = []

    def add(self, fault: Fault) -> None:
        """Let the next matching requests fail."""
        with self._lock:
            self._faults.append(fault)

    def add_gate(self, gate: Gate) -> Gate:
        """Set up a gate."""
        with self._lock:
            self._gates.append(gate)
        return gate

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, which is used up by it."""
        with self._lock:
            for fault in self._faults:
                if fault.times > 0 and fault.method == method and fault.path.search(path):
                    fault.times -= 1
                    return fault
        return None

    def wait_at_gates(self, method: str, path: str, *, after: bool) -> None:
        """Stand at every gate that matches."""
        with self._lock:
            gates = list(self._gates)
        for gate in gates:
            if gate.method == method and gate.after is after and gate.path.search(path):
                gate.pass_through()

    def release_all(self) -> None:
        """Open every gate."""
        with self._lock:
            gates = list(self._gates)
        for gate in gates:
            gate.release()
