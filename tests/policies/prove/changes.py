"""Random changes made of the people and things that random policies speak of.

They are drawn by `random`, not by hypothesis: a policy is tried on hundreds of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any, Final

from warden_policies.example import HEAD, SAMPLE
from warden_policies.model import (
    AccountKind,
    Change,
    ChangedFile,
    Check,
    CheckConclusion,
    CheckStatus,
    Comment,
    Commit,
    CommitStatus,
    ContentProof,
    Dismissal,
    EntryKind,
    FileChange,
    Label,
    OpenFinding,
    Permission,
    Person,
    Review,
    ReviewState,
    Signature,
    Standing,
    Team,
    Verification,
    WorkflowRun,
)

OLD, SAME = "1c22e90".ljust(40, "0"), "5a3e000".ljust(40, "0")
PEOPLE: Final = (
    Person(1, "ana"),
    Person(2, "bob"),
    Person(7, "carl"),
    Person(8, "dina-renamed"),
    Person(9, "robot[bot]", AccountKind.BOT),
    Person(10, "other[bot]", AccountKind.BOT),
    Person(11, "eve"),
)
TEAMS: Final = (Team(1, "acme/payments"), Team(2, "acme/security"), Team(5, "acme/billing"))
NOW: Final = SAMPLE.evaluated_at
AGES: Final = tuple(timedelta(days=days) for days in (0.1, 0.5, 2, 10, 40))
SECTIONS: Final = ("Reason", "Rollback plan")
PATHS: Final = (
    "docs/a.md", "src/app.py", "src/b/c.py", "payments/fee.py", "README.md", "CODEOWNERS", "db/x",
    ".github/workflows/ci.yml", ".github/changewarden.yml", "docs",
)  # fmt: skip
TALK: Final = (
    ":+1:", "👍", ":-1:", "LGTM", "not lgtm", "force", "no", "approve", "override: it burns", "Hm.",
)  # fmt: skip
TEXTS: Final = (
    "", "TBD", "Undo it", "Undo the merge commit and redeploy.", "Undo the merge commit. " * 5,
)  # fmt: skip
Maybe = Person | None


def random_change(random: Random) -> Change:
    """A change by a few of the people, often by one alone."""
    known = tuple(_standing(person, random) for person in PEOPLE)
    opener = random.choice(PEOPLE)
    some = random.sample(PEOPLE, random.randint(1, 3))
    alone = random.random() < 0.4
    hands: list[Maybe] = [opener] if random.random() < 0.5 else [opener, *some]
    hands += [None] if random.random() < 0.2 else []
    voices = [opener] if alone else random.sample(PEOPLE, random.randint(1, 4))
    return replace(
        SAMPLE,
        opener=opener,
        people=known,
        commits=_commits(hands, random),
        reviews=_reviews([*voices, *([None] if random.random() < 0.1 else [])], known, random),
        checks=_checks(random),
        body=_body(random),
        title=random.choice([SAMPLE.title, "fix: it", "docs"]),
        base_ref=random.choice(["main", "release/1", "release/1/2"]),
        head_ref=random.choice(["fee", "hotfix/a/b", "x"]),
        head_repository=random.choice([SAMPLE.head_repository, "eve/shop"]),
        draft=random.random() < 0.2,
        labels=_labels([*voices, None], random),
        findings=random.choice([(), (OpenFinding("x", random.choice(["low", "high"]), "a", 1),)]),
        code_owners=random.choice(["", "* @bob @eve\n", "docs/ @acme/payments\n", "* a@b.org"]),
        **_files(random),
        evaluated_at=NOW,
        comments=_comments(voices, random),
        statuses=_statuses(voices, random),
        workflow_runs=_runs(random),
        opened_at=NOW - random.choice(AGES),
        body_edited_at=random.choice([None, None, NOW]),
        proofs=random.choice([(), (ContentProof(SAME, same=True, how="a clean rebase"),)]),
    )


def _standing(person: Person, random: Random) -> Standing:
    permission = random.choice([Permission.WRITE, Permission.WRITE, Permission.ADMIN, *Permission])
    teams = tuple(team for team in TEAMS if random.random() < 0.5)
    organizations = ("acme",) if random.random() < 0.5 else ()
    if person.kind is AccountKind.BOT:
        # GitHub lets no robot be a member of anything.
        teams, organizations = (), ()
    return Standing(person, permission, teams, organizations, active=random.random() < 0.9)


def _commits(hands: Sequence[Maybe], random: Random) -> tuple[Commit, ...]:
    """One to three commits in a row."""
    count = random.randint(1, 3)
    found: list[Commit] = []
    for number in range(count):
        sha = HEAD if number == count - 1 else f"c0{number}".ljust(40, "0")
        authors = random.choices(hands, k=random.choice([1, 1, 2]))
        committer = random.choice([None, _signature(random.choice(hands))])
        parents = [found[-1].sha if found else SAMPLE.base_sha]
        if found and random.random() < 0.2:
            # A merge: of an earlier commit, which is on a side branch then, or of the base.
            parents = [found[-1].parents[0], found[-1].sha] if random.random() < 0.5 else parents
            parents += ["ba5e111".ljust(40, "0")] if len(parents) == 1 else []
        key = random.choice(["", "3AA5C34371567BD2"])
        proof = Verification(valid=random.random() < 0.8, signer=random.choice(hands), key_id=key)
        made = Commit(sha, tuple(map(_signature, authors)), committer, tuple(parents))
        found.append(
            replace(
                made,
                verification=random.choice([None, proof]),
                on_web=committer is None and random.random() < 0.8,
                pushed_at=NOW - random.choice(AGES),
            )
        )
    return tuple(found)


def _comments(voices: Sequence[Maybe], random: Random) -> tuple[Comment, ...]:
    return tuple(
        Comment(
            number,
            random.choice(voices),
            random.choice(TALK),
            NOW - random.choice(AGES),
            random.choice([None, None, NOW]),
        )
        for number in range(random.choice([0, 0, 1, 2, 3]))
    )


def _statuses(voices: Sequence[Maybe], random: Random) -> tuple[CommitStatus, ...]:
    names = random.sample(["test", "lint"], random.randint(0, 2))
    states = ["success", "success", "failure", "pending"]
    return tuple(CommitStatus(each, random.choice(states), random.choice(voices)) for each in names)


def _runs(random: Random) -> tuple[WorkflowRun, ...]:
    ended = random.choice([CheckConclusion.SUCCESS, CheckConclusion.FAILURE, None])
    return random.choice([(), (WorkflowRun(".github/workflows/ci.yml", "push", ended),)])


def _signature(person: Maybe) -> Signature:
    return Signature("somebody@example.org", person)


def _reviews(
    voices: Sequence[Maybe], known: Sequence[Standing], random: Random
) -> tuple[Review, ...]:
    """Up to five reviews, in any order of time."""
    access = {one.person: one.permission for one in known}
    found = []
    for number in range(1, random.randint(0, 5) + 1):
        state = random.choice([ReviewState.APPROVED, ReviewState.APPROVED, *ReviewState])
        author = random.choice(voices)
        can_push = author is None or access[author].rank >= Permission.WRITE.rank
        review = Review(
            number,
            author,
            state,
            random.choice([HEAD, HEAD, HEAD, OLD, SAME]),
            NOW - random.choice(AGES),
            can_push,
            random.choice(["", *TALK]),
            edited_at=random.choice([None, None, None, NOW]),
        )
        if state is ReviewState.DISMISSED and random.random() < 0.7:
            reason = random.choice(["", "Settled"])
            was = random.choice([ReviewState.CHANGES_REQUESTED, ReviewState.APPROVED])
            review = replace(review, dismissal=Dismissal(random.choice(voices), reason, was, NOW))
        found.append(review)
    return tuple(found)


def _checks(random: Random) -> tuple[Check, ...]:
    endings = (CheckConclusion.SUCCESS,) * 4 + (None, CheckConclusion.FAILURE)
    found = []
    for number in range(random.randint(0, 4)):
        ended = random.choice(endings)
        status = CheckStatus.COMPLETED if ended else CheckStatus.IN_PROGRESS
        name, app = random.choice(["test", "lint"]), random.choice([2, 15368])
        found.append(Check(number, name, app, "app", status, ended))
    return tuple(found)


def _labels(voices: Sequence[Maybe], random: Random) -> tuple[Label, ...]:
    names = random.sample(["Docs", "urgent", "fee"], random.randint(0, 2))
    return tuple(Label(name, random.choice(voices)) for name in names)


def _files(random: Random) -> dict[str, Any]:
    paths = random.sample(PATHS, random.randint(0, 4))
    files = tuple(_file(path, random) for path in paths)
    return {
        "files": files,
        "changed_files": len(files),
        "additions": sum(file.additions for file in files),
        "deletions": sum(file.deletions for file in files),
    }


def _file(path: str, random: Random) -> ChangedFile:
    kinds = [EntryKind.FILE] * 4 + list(EntryKind)
    old = random.choice([None, None, None, f"old/{path}"])
    change = FileChange.RENAMED if old else FileChange.MODIFIED
    before = random.choice([None, None, *EntryKind])
    added, removed = random.choice([0, 1, 15, 500]), random.choice([0, 0, 5])
    return ChangedFile(path, change, added, removed, old, random.choice(kinds), before)


def _body(random: Random) -> str:
    if random.random() < 0.3:
        return random.choice(TALK)
    return "\n".join(f"## {name}\n{random.choice(TEXTS)}\n" for name in SECTIONS)
