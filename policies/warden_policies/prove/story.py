"""A change in plain sentences: who does what, in the order in which people would tell it."""

from collections.abc import Iterator

from warden_policies.evaluate import answer
from warden_policies.example import SAMPLE
from warden_policies.model import (
    AccountKind,
    Change,
    ChangedFile,
    CheckConclusion,
    Commit,
    EntryKind,
    Permission,
    Person,
    Review,
    ReviewState,
)
from warden_policies.outcome import Outcome
from warden_policies.policy import Policy
from warden_policies.prove.rules import (
    rules_of,
)
from warden_policies.record import read_record
from warden_policies.text import (
    amount,
    listed,
    plain,
    quoted,
    short,
)

_USUAL_LINES = 15
_WORDS = {
    Outcome.PASS: "allowed",
    Outcome.FAIL: "blocked",
    Outcome.PENDING: "still waiting",
    Outcome.NOT_APPLICABLE: "blocked",
    Outcome.ERROR: "an error",
}


def told(change: Change) -> list[str]:
    """What happens, one sentence after the other; the plain and usual is left out."""
    return [
        _opening(change),
        _files(change),
        *_hands(change),
        *_record(change),
        *_found(change),
        *_checks(change),
        *_labels(change),
        *_owners(change),
        *_statuses(change),
        *_opinions(change),
        *_comments(change),
        *_time(change),
    ]


def outcome(policy: Policy, change: Change) -> list[str]:
    """What the policy says of it: the decision, and each requirement's reason."""
    result = answer(policy.root, change)
    answers = {rule.name: answer(rule.group, change) for rule in rules_of(policy)}
    left_out = [
        plain(name) for name, each in answers.items() if each.outcome is Outcome.NOT_APPLICABLE
    ]
    reasons = (
        f"{plain(name)}: {plain(each.reason, 200)}"
        for name, each in answers.items()
        if each.outcome is not Outcome.NOT_APPLICABLE
    )
    but = [f"does not apply: {listed(left_out)}"] if left_out else []
    return [f"this is {_WORDS[result.outcome]}: {plain(result.reason, 200)}", *reasons, *but]


def _opening(change: Change) -> str:
    opener = _name(change.opener)
    what = "a draft of a pull request" if change.draft else "a pull request"
    title = "" if change.title == SAMPLE.title else f", titled {quoted(change.title)}"
    fork = _fork(change)
    head, base = plain(change.head_ref), plain(change.base_ref)
    name = change.repository.full_name
    where = "" if name == SAMPLE.repository.full_name else f" of {plain(name)}"
    return f"{opener} opens {what} from {head}{fork} into {base}{where}{title}"


def _fork(change: Change) -> str:
    head = change.head_repository
    return "" if head == change.repository.full_name else f" of the fork {plain(head or '')}"


def _files(change: Change) -> str:
    if not change.files:
        return "it changes no file"
    files = listed(map(_file, change.files), 8)
    lines = change.additions + change.deletions
    size = "" if lines == _USUAL_LINES else f" ({amount(lines, 'line')})"
    return f"it changes {files}{size}"


def _file(file: ChangedFile) -> str:
    special = file.entry is not EntryKind.FILE
    words = [f"a {file.entry}"] if special else []
    words += [f"was a {file.previous_entry}"] if file.previous_entry else []
    words += [f"was {plain(file.previous_path)}"] if file.previous_path else []
    return f"{plain(file.path)}{f' ({listed(words)})' if words else ''}"


def _hands(change: Change) -> Iterator[str]:
    """Every commit that is not simply the opener's own."""
    merged = {sha for commit in change.commits for sha in commit.parents[1:]}
    for commit in change.commits:
        yield from _hand(commit, change.opener, merged=commit.sha in merged)


def _hand(commit: Commit, opener: Person | None, *, merged: bool) -> Iterator[str]:
    first, *others = [signature.person for signature in commit.authors]
    sha = short(commit.sha)
    if first is None:
        yield f"nobody knows whose commit {sha} is"
    elif first != opener:
        came = ", which came in with a merge of a side branch" if merged else ""
        yield f"{_name(first)} wrote commit {sha}{came}"
    for person in others:
        yield f"{_name(person)} is named as co-author of commit {sha}"
    if commit.committer and commit.committer.person != first:
        yield f"{_name(commit.committer.person)} committed {sha}"
    yield from _signing(commit)


def _signing(commit: Commit) -> Iterator[str]:
    made = "on github.com, " if commit.on_web else ""
    proof = commit.verification
    if proof is None:
        if made:
            yield f"commit {short(commit.sha)} was made on github.com"
        return
    key = _name(proof.signer) if proof.signer else "nobody known"
    how = f"signed with a key of {key}" if proof.valid else "badly signed"
    yield (
        f"commit {short(commit.sha)} was made {made}{how}"
        if made
        else (f"commit {short(commit.sha)} is {how}")
    )


def _record(change: Change) -> Iterator[str]:
    headings = [quoted(heading) for heading in read_record(change.body).headings]
    if headings:
        yield f"the description fills in {listed(headings)}"
    elif change.body:
        yield f"the description says {quoted(change.body, 100)}"


def _checks(change: Change) -> Iterator[str]:
    ended: dict[str, list[str]] = {}
    for check in change.checks:
        word = {CheckConclusion.SUCCESS: "succeeds", None: "is still running"}
        ended.setdefault(word.get(check.conclusion, "fails"), []).append(quoted(check.name))
    yield from (f"the check {listed(names)} {word}" for word, names in ended.items())


def _found(change: Change) -> Iterator[str]:
    for finding in change.findings or ():
        yield f"scanning it finds {plain(finding.rule)} ({plain(finding.severity)})"


def _statuses(change: Change) -> Iterator[str]:
    for status in change.statuses or ():
        name, state = quoted(status.name), plain(status.state)
        yield f"{_name(status.creator)} reports the commit status {name}: {state}"
    for run in change.workflow_runs or ():
        ended = run.conclusion or "has not ended"
        yield f"the workflow {plain(run.path)} runs: {ended}"


def _comments(change: Change) -> Iterator[str]:
    for comment in change.comments or ():
        who = f"{_name(comment.author)}{_standing(comment.author, change)}"
        edited = ", and edits that afterwards" if comment.edited_at else ""
        pushed = [one.pushed_at for one in change.commits if one.sha == change.head_sha]
        early = any(when and comment.created_at < when for when in pushed)
        before = f", before {short(change.head_sha)} is pushed" if early else ""
        yield f"{who} comments {quoted(comment.body, 100)}{before}{edited}"


def _labels(change: Change) -> Iterator[str]:
    for label in change.labels or ():
        by = _name(label.applied_by) if label.applied_by else "somebody, nobody knows who,"
        yield f"{by}{_standing(label.applied_by, change)} puts the label {quoted(label.name)} on it"


def _owners(change: Change) -> Iterator[str]:
    if change.code_owners:
        lines = [quoted(line) for line in change.code_owners.splitlines()]
        yield f"CODEOWNERS of the base branch says {listed(lines, 5)}"


def _time(change: Change) -> Iterator[str]:
    if change.evaluated_at != SAMPLE.evaluated_at:
        yield f"it is decided at {change.evaluated_at:%Y-%m-%d %H:%M} UTC"


def _opinions(change: Change) -> Iterator[str]:
    if not change.reviews and not change.comments:
        yield "nobody reviews it"
    yield from (_opinion(review, change) for review in change.reviews)


def _opinion(review: Review, change: Change) -> str:
    verb = {
        ReviewState.APPROVED: "approves",
        ReviewState.CHANGES_REQUESTED: "requests changes on",
        ReviewState.DISMISSED: "requested changes on",
        ReviewState.COMMENTED: "comments on",
    }[review.state]
    who = f"{_name(review.author)}{_standing(review.author, change)}"
    edited = ", and edits that afterwards" if review.edited_at else ""
    says = f", saying {quoted(review.body, 100)}" if review.body else ""
    seen = _seen(review, change)
    return f"{who} {verb} {short(review.commit)}{seen}{says}{_ended(review)}{edited}"


def _seen(review: Review, change: Change) -> str:
    if review.commit == change.head_sha:
        return ""
    same = any(proof.same for proof in change.proofs if proof.commit == review.commit)
    return ", of which the head holds the same content" if same else ", which was replaced since"


def _ended(review: Review) -> str:
    if review.state is not ReviewState.DISMISSED:
        return ""
    ended = review.dismissal
    if ended is None:
        return "; nobody recorded who dismissed that"
    reason = "" if ended.reason else " without a reason"
    return f"; {_name(ended.by)} dismissed that{reason}"


def _standing(person: Person | None, change: Change) -> str:
    """` (write access, in acme/payments)`; nothing for who may write and is in no team."""
    known = next((one for one in change.people or () if one.person == person), None)
    if known is None:
        return ""
    access = known.permission
    words = [] if access is Permission.WRITE else [f"{access} access"]
    words += [f"in {plain(team.slug)}" for team in known.teams]
    words += [f"in {plain(name)}" for name in known.organizations]
    words += [] if known.active else ["not active any more"]
    return f" ({', '.join(words)})" if words else ""


def _name(person: Person | None) -> str:
    if person is None:
        return "a deleted account"
    robot = person.kind is AccountKind.BOT and not person.login.endswith("[bot]")
    return plain(person.login) + (" (a robot)" if robot else "")
