"""From a decision to what is stored of it, and from what is stored to what is shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from warden_bot import __version__
from warden_bot.github.publish import Shown
from warden_bot.github.snapshot import Snapshot
from warden_bot.ledger.entry import Entry, EntryKind
from warden_bot.store.decisions import Decided, Standing
from warden_bot.store.repositories import RepositoryName
from warden_bot.store.work import Claim
from warden_policies.canonical import canonical_bytes, digest
from warden_policies.codec import encode_change
from warden_policies.decision_file import decode_decision, encode_decision
from warden_policies.floor import union
from warden_policies.model import Change
from warden_policies.outcome import Decision, Verdict

_NO_TIME = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry of the log says about a decision."""

    base_sha: str
    head_sha: str
    verdict: Verdict
    policy_digest: str | None
    change_digest: str
    decision_digest: str

    @classmethod
    def of_entry(cls, data: bytes) -> Self:
        """The facts in an entry that was written earlier."""
        entry = Entry.from_bytes(data)
        return cls(
            entry.base_sha,
            entry.head_sha,
            entry.verdict,
            entry.policy_digest,
            entry.change_digest,
            entry.decision_digest,
        )

    @classmethod
    def of_decision(cls, decision: Decision, change: Change) -> Self:
        """The facts of a decision that was just made."""
        return cls(
            change.base_sha,
            change.head_sha,
            decision.verdict,
            decision.policy_digest,
            decision.change_digest,
            digest(encode_decision(decision)),
        )


@dataclass(frozen=True, slots=True)
class Recorder:
    """Builds what is stored about one snapshot, for the work it was taken for."""

    claim: Claim
    installation_id: int
    log: str
    snapshot: Snapshot

    def decision(self, decision: Decision) -> Decided:
        """The record of a decision, with everything it rests on as evidence."""
        change, snapshot = self.snapshot.change, self.snapshot
        files = (snapshot.policy, snapshot.floor, snapshot.organization)
        policies = (*(file.source for file in files if file), _union(decision, snapshot))
        evidence = (encode_change(change), encode_decision(decision), *policies)
        return self._decided(
            Facts.of_decision(decision, change),
            sameness=digest(_without_clock(decision, change)),
            evidence=tuple(content for content in evidence if content is not None),
        )

    def merge(self, facts: Facts) -> Decided:
        """The record of the merge that followed the decision with these facts."""
        return self._decided(
            facts,
            sameness=f"merge:{self.snapshot.merge_sha}",
            kind=EntryKind.MERGE,
            merge_sha=self.snapshot.merge_sha,
        )

    def _decided(
        self,
        facts: Facts,
        *,
        sameness: str,
        evidence: tuple[bytes, ...] = (),
        kind: EntryKind = EntryKind.DECISION,
        merge_sha: str | None = None,
    ) -> Decided:
        change = self.snapshot.change
        return Decided(
            repository=RepositoryName(
                change.repository.id, self.installation_id, change.repository.full_name
            ),
            number=change.number,
            title=change.title,
            opener=change.opener.login if change.opener else "",
            state=self.snapshot.state,
            head_sha=facts.head_sha,
            verdict=facts.verdict,
            sameness=sameness,
            evidence=evidence,
            log=self.log,
            make_entry=self._entry(facts, kind, merge_sha),
            to_publish=kind is EntryKind.DECISION,
        )

    def _entry(
        self, facts: Facts, kind: EntryKind, merge_sha: str | None
    ) -> Callable[[int], Entry]:
        change = self.snapshot.change
        return lambda sequence: Entry(
            log=self.log,
            sequence=sequence,
            kind=kind,
            decided_at=change.evaluated_at,
            repository=change.repository,
            number=change.number,
            base_sha=facts.base_sha,
            head_sha=facts.head_sha,
            merge_sha=merge_sha,
            verdict=facts.verdict,
            policy_digest=facts.policy_digest,
            change_digest=facts.change_digest,
            decision_digest=facts.decision_digest,
            engine=__version__,
            work=f"{self.claim.key}@{self.claim.want}",
        )


def _union(decision: Decision, snapshot: Snapshot) -> bytes | None:
    """What the decision was made under, if that is two policies together: it names them."""
    first = snapshot.organization.source if snapshot.organization else None
    branches = (file.source for file in (snapshot.policy, snapshot.floor) if file)
    pairs = (union(digest(first), digest(each)) for each in branches if first and each)
    return next((both for both in pairs if digest(both) == decision.policy_digest), None)


def _without_clock(decision: Decision, change: Change) -> bytes:
    """Inputs and result, but not when it was looked at: equal bytes mean there is no news."""
    still = replace(change, evaluated_at=_NO_TIME)
    return canonical_bytes([still, decision.policy_digest, decision.verdict, decision.result])


def to_show(standing: Standing, details_url: str | None) -> Shown:
    """The latest decision on a pull request, as GitHub is told it."""
    entry = Entry.from_bytes(standing.entry)
    return Shown(
        number=standing.number,
        decision=decode_decision(standing.decision),
        sequence=entry.sequence,
        checkpoint=standing.checkpoint,
        details_url=details_url,
        trouble=standing.trouble,
    )
