"""The edge cases of approvals that git decides, told from the pull request to the proof.

Each is named by its row in the table of edge cases, or by its rule.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from tests.bot.clone.book import ANA, Book, text
from tests.bot.clone.conftest import Hosted
from tests.bot.clone.shapes import FEATURE, MAIN, MERGED, NEWS, SAME_FILE_NEWS
from tests.builders import BOB, CARL, approval, change, decide
from warden_bot.clone.commit_object import CommitObject
from warden_bot.clone.errors import CloneError
from warden_bot.clone.proofs import Head
from warden_bot.clone.source import source_of
from warden_bot.clone.with_proofs import unanswered, with_proofs
from warden_bot.github.auth import app_auth, load_private_key
from warden_bot.github.client import GitHub
from warden_bot.github.snapshot import take_snapshot
from warden_policies.example import ANA as OPENER
from warden_policies.model import Change, Commit, ContentProof, Person, ReviewState, Signature
from warden_policies.outcome import Outcome

BOBS, CARLS = "Bob <bob@example.org>", "Carl <carl@example.org>"
ACCOUNTS = {"ana@example.org": OPENER, "bob@example.org": BOB, "carl@example.org": CARL}


@dataclass(frozen=True)
class Pull:
    """A pull request as the snapshot has it, by the names of commits."""

    hosted: Hosted
    base: str
    head: str

    def proofs(self, *reviewed: str) -> tuple[ContentProof, ...]:
        """What is known of the commits that Bob approved."""
        reviews = tuple(approval(BOB, id=at, sha=sha) for at, sha in enumerate(reviewed, 1))
        return self.with_proofs(change(reviews=reviews)).proofs

    def with_proofs(self, seen: Change) -> Change:
        """The change on this base and head, as `handle` completes it."""
        pinned = replace(seen, base_ref="main", base_sha=self.base, head_sha=self.head)
        return with_proofs(pinned, self.hosted.clones(), self.hosted.source, self.hosted.token)

    def commits(self) -> tuple[CommitObject, ...]:
        """What git has between base and head."""
        clones = self.hosted.clones()
        return clones.commits_between(self.hosted.source, self.hosted.token, self.base, self.head)


def same(*proofs: ContentProof) -> list[bool]:
    return [proof.same for proof in proofs]


def test_row_7_a_force_push_away_and_back_leaves_only_the_approved_commit_approved(
    hosted: Hosted,
) -> None:
    book = Book()
    base = book.commit((), MAIN)
    approved = book.commit(base, MAIN | FEATURE)
    swapped = book.commit(base, MAIN | {"app.py": text({3: "steal()"})})
    names = hosted.publish(book, main=base, topic=swapped)
    away = Pull(hosted, names[base], names[swapped])
    (proof,) = away.proofs(names[approved])
    assert (proof.same, proof.differing) == (False, ("app.py",))
    back = Pull(hosted, names[base], names[approved])
    assert back.proofs(names[approved]) == ()  # the head itself needs no proof
    assert same(*back.proofs(names[swapped])) == [False]


def test_row_8_an_approval_survives_a_clean_rebase_and_no_other(hosted: Hosted) -> None:
    book = Book()
    old = book.commit((), MAIN)
    approved = book.commit(old, MAIN | FEATURE)
    base = book.commit(old, MAIN | NEWS)
    clean = book.commit(base, MAIN | NEWS | FEATURE)
    more = book.commit(base, MAIN | NEWS | FEATURE | {"evil.py": "steal()\n"})
    names = hosted.publish(book, main=base)
    (proof,) = Pull(hosted, names[base], names[clean]).proofs(names[approved])
    assert (proof.same, proof.how) == (True, "a clean rebase")
    (proof,) = Pull(hosted, names[base], names[more]).proofs(names[approved])
    assert (proof.same, proof.differing) == (False, ("evil.py",))


def test_row_9_an_approval_survives_a_clean_update_and_no_edit_in_it(hosted: Hosted) -> None:
    book = Book()
    old = book.commit((), MAIN)
    approved = book.commit(old, MAIN | FEATURE)
    base = book.commit(old, MAIN | SAME_FILE_NEWS)
    clean = book.commit((approved, base), MAIN | MERGED)
    slip = {"app.py": text({3: "retry()", 25: "log()", 26: "steal()"})}
    edited = book.commit((approved, base), MAIN | slip)
    names = hosted.publish(book, main=base)
    (proof,) = Pull(hosted, names[base], names[clean]).proofs(names[approved])
    assert (proof.same, proof.how) == (True, "a clean update from main")
    (proof,) = Pull(hosted, names[base], names[edited]).proofs(names[approved])
    assert (proof.same, proof.differing) == (False, ("app.py",))


def known(found: CommitObject) -> Commit:
    """A commit as GitHub would tell it, for whom every address here belongs to an account."""

    def signature(email: str) -> Signature:
        person: Person | None = ACCOUNTS.get(email)
        return Signature(email, person)

    others = (trailer.value.partition("<")[2].rstrip(">") for trailer in found.trailers)
    authors = tuple(map(signature, (found.author_email, *others)))
    return Commit(found.sha, authors, signature(found.committer_email), parents=found.parents)


@pytest.mark.parametrize(
    ("author", "committer", "message"),
    [
        (BOBS, BOBS, "Side"),
        (ANA, BOBS, "Side"),
        (ANA, ANA, "Side\n\nCo-authored-by: Bob <bob@example.org>"),
    ],
    ids=["author", "committer", "co-author"],
)
def test_row_10_who_made_the_commits_of_a_side_branch_may_not_approve_them(
    hosted: Hosted, author: str, committer: str, message: str
) -> None:
    book = Book()
    base = book.commit((), MAIN)
    first = book.commit(base, MAIN | FEATURE, author=ANA)
    side = book.commit(base, MAIN | NEWS, message, author, committer)
    head = book.commit((first, side), MAIN | NEWS | FEATURE, author=ANA)
    names = hosted.publish(book, main=base, topic=head)
    commits = tuple(map(known, Pull(hosted, names[base], names[head]).commits()))
    assert len(commits) == 3

    def outcome(reviewer: Person) -> Outcome:
        reviews = (approval(reviewer, sha=names[head]),)
        decision = decide(
            "approvals: {count: 1}", head_sha=names[head], commits=commits, reviews=reviews
        )
        return decision.result.outcome

    assert (outcome(BOB), outcome(CARL)) == (Outcome.PENDING, Outcome.PASS)


def test_row_17_words_in_the_description_are_no_approval_of_any_commit(hosted: Hosted) -> None:
    book = Book()
    base = book.commit((), MAIN)
    approved = book.commit(base, MAIN | FEATURE)
    head = book.commit(approved, MAIN | FEATURE | NEWS)
    names = hosted.publish(book, main=base, topic=head)
    pull = Pull(hosted, names[base], names[head])
    body = f"Approved: {names[approved]}"
    comment = replace(approval(BOB, sha=names[approved]), state=ReviewState.COMMENTED)
    assert pull.with_proofs(change(body=body, reviews=(comment,))).proofs == ()


def test_rule_17_an_approval_given_on_another_base_does_not_come_back_with_a_force_push(
    hosted: Hosted,
) -> None:
    """The base that was reviewed against has to be recorded by somebody: git cannot know it."""
    book = Book()
    main = book.commit((), MAIN)
    other = book.commit(main, MAIN | {"evil.py": "steal()\n"})
    approved = book.commit(other, MAIN | FEATURE | {"evil.py": "steal()\n"})
    names = hosted.publish(book, main=main, other=other, topic=approved)
    (proof,) = hosted.clones().prove(
        hosted.source,
        hosted.token,
        Head(names[main], names[approved], "main"),
        {names[approved]: names[other]},
    )
    assert (proof.same, proof.differing) == (False, ("evil.py",))


def test_row_31_more_files_than_github_lists_are_all_seen(hosted: Hosted) -> None:
    book = Book()
    base = book.commit((), MAIN)
    many = {f"generated/{number:05}.json": "{}\n" for number in range(3_100)}
    head = book.commit(base, MAIN | many | {"zzz/payments.py": "steal()\n"})
    names = hosted.publish(book, main=base, topic=head)
    clones = hosted.clones()
    files = clones.files_between(hosted.source, hosted.token, names[base], names[head])
    assert len(files) == 3_101
    assert files[-1].path == "zzz/payments.py"


def test_row_32_more_commits_than_github_lists_are_all_seen(hosted: Hosted) -> None:
    book = Book()
    base = at = book.commit((), MAIN)
    for number in range(260):
        author = BOBS if number == 0 else ANA
        at = book.commit(at, MAIN | {"app.py": f"{number}\n"}, author=author)
    names = hosted.publish(book)
    commits = Pull(hosted, names[base], names[at]).commits()
    assert len(commits) == 260
    assert commits[0].author_email == "bob@example.org"


def test_a_clone_that_cannot_be_asked_is_a_gap_in_the_picture(hosted: Hosted) -> None:
    book = Book()
    base = book.commit((), MAIN)
    approved = book.commit(base, MAIN | FEATURE)
    head = book.commit(approved, MAIN | FEATURE | NEWS)
    names = hosted.publish(book, main=base, topic=head)
    pull = Pull(hosted, names[base], names[head])
    hosted.github.stop()
    seen = change(reviews=(approval(BOB, sha=names[approved]),))
    with pytest.raises(CloneError) as caught:
        pull.with_proofs(seen)
    completed = unanswered(replace(seen, head_sha=names[head]), str(caught.value))
    (proof,), (gap,) = completed.proofs, completed.unread
    assert (proof.same, proof.differing, gap.part) == (False, None, "proofs")
    assert proof.how == f"not proven: {gap.why}"


def test_handle_completes_a_snapshot_by_what_git_proves(hosted: Hosted) -> None:
    """From a pull request on GitHub to a change with proofs: the lines that `handle` needs."""
    github, repository = hosted.github, hosted.repository
    bob = github.person("bob")
    approved = repository.push(hosted.ana, "topic", {"app.py": text({3: "retry()"})}, "Retry")
    number = repository.open_pull_request(hosted.ana, "topic", "Retry", "Why")
    repository.review(bob, number, "APPROVED")
    main = repository.push(hosted.ana, "main", {"lib.py": text()}, "Meanwhile")
    files = {"app.py": text({3: "retry()"})}
    head = repository.force_push(hosted.ana, "topic", main, files, "Retry")

    auth = app_auth(github.app_id, load_private_key(github.private_key_pem))
    installation = GitHub(auth, github.api_url).installation(github.installation_id)
    snapshot = take_snapshot(
        installation,
        repository.full_name,
        number,
        own_app_id=github.app_id,
        clock=lambda: datetime.now(UTC),
    )
    seen = snapshot.change
    source = source_of(github.api_url, seen.repository.id, seen.repository.full_name)
    completed = with_proofs(seen, hosted.clones(), source, hosted.token)

    assert (completed.head_sha, completed.base_sha) == (head, main)
    (proof,) = completed.proofs
    assert (proof.commit, proof.how) == (approved, "a clean rebase")
    assert replace(completed, proofs=()) == seen
