"""Act two: one pull request from its opening to its merge, on a GitHub of our own."""

from dataclasses import dataclass
from pathlib import Path

from warden_bot.config import Settings, load
from warden_bot.demo.stage import expect, say, step, wait_for
from warden_bot.sandbox import Refusal, RequiredCheck, Sandbox

REPOSITORY = "demo/payments"
POLICY = """\
version: 1
requirements:
  Peer review:
    require:
      approvals: {count: 2}
  Change record:
    require:
      change_record: {sections: [reason, rollback_plan]}
  Tests:
    require:
      checks: [{name: test, app_id: 15368}]
"""
_CODE = "def settle(payment):\n    return bank.send(payment)\n"
_RETRY = "def settle(payment):\n    return retrying(bank.send)(payment)\n"
_CAPPED = "def settle(payment):\n    return retrying(bank.send, times=5)(payment)\n"
_WHY = "## Why\n\nThe bank's gateway times out now and then, and the payment is lost.\n"
_ROLLBACK = (
    "\n## Rollback plan\n\nRevert this commit and deploy the release before; no data moves.\n"
)


def settings_for(github: Sandbox, folder: Path, port: int) -> Settings:
    """The settings of a service that talks to this GitHub."""
    return load(
        {
            "CHANGEWARDEN_APP_ID": str(github.app_id),
            "CHANGEWARDEN_PRIVATE_KEY": github.private_key_pem,
            "CHANGEWARDEN_WEBHOOK_SECRET": github.webhook_secret,
            "CHANGEWARDEN_GITHUB_API_URL": github.api_url,
            "CHANGEWARDEN_DATA_DIR": str(folder),
            "CHANGEWARDEN_PORT": str(port),
        }
    )


_WORD = {"success": "ready", "failure": "blocked"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A check run as a person sees it."""

    conclusion: str
    title: str
    summary: str


class AppAct:
    """The people, their repository, and what GitHub shows of it."""

    def __init__(self, github: Sandbox) -> None:
        self._github = github
        files = {".github/changewarden.yml": POLICY, "settle.py": _CODE}
        self._repository = github.repository(REPOSITORY, files)
        self._repository.protect("main", RequiredCheck("changewarden", github.app_id))
        self._ana, self._bob, self._carl = map(github.person, ("ana", "bob", "carl"))
        self.number = 0

    def play(self) -> None:
        """Run the act.

        Raises:
            WrongTurnError: GitHub showed something else than what should have been decided.
        """
        self._ana_opens_it()
        self._bob_approves_it()
        self._ana_pushes_again()
        self._both_approve_it()
        self._nobody_can_merge_it_yet()
        self._ana_completes_it()
        self._carl_merges_it()

    def _ana_opens_it(self) -> None:
        first = self._push(_RETRY, "Retry settlement")
        title = "Retry settlement when the bank times out"
        self.number = self._repository.open_pull_request(self._ana, "retry", title, _WHY)
        say(f"[2/3] The App: {REPOSITORY}#{self.number} on {self._github.base_url}, real webhooks")
        self._shows("ana opens it", first, "failure", "Blocked", "0 of 3 done")

    def _bob_approves_it(self) -> None:
        head = self._head()
        self._tests_pass(head)
        self._repository.review(self._bob, self.number, "APPROVED")
        self._shows("tests pass, bob approves", head, "failure", "Blocked", "1 of 3 done")

    def _ana_pushes_again(self) -> None:
        second = self._push(_CAPPED, "Cap the retries at five")
        self._shows("ana pushes again", second, "failure", "Blocked", "0 of 3 done")
        summary = self._shown(second).summary
        dropped = "bob's approval"
        expect(dropped in summary, f"the check to say that {dropped} was dropped", summary)
        step("", "", f"{dropped} was for the commit before: it does not count any more")

    def _both_approve_it(self) -> None:
        head = self._head()
        self._tests_pass(head)
        self._repository.review(self._bob, self.number, "APPROVED")
        self._repository.review(self._carl, self.number, "APPROVED")
        self._shows("bob and carl approve", head, "failure", "rollback plan", "2 of 3 done")

    def _nobody_can_merge_it_yet(self) -> None:
        try:
            self._repository.merge(self._carl, self.number)
        except Refusal as refusal:
            step("carl tries to merge", "refused", refusal.message)
        else:
            expect(holds=False, what="GitHub to refuse the merge", but="it was merged")

    def _ana_completes_it(self) -> None:
        self._repository.edit_body(self._ana, self.number, _WHY + _ROLLBACK)
        self._shows("ana adds a rollback plan", self._head(), "success", "complete", "3 of 3")

    def _carl_merges_it(self) -> None:
        sha = self._repository.merge(self._carl, self.number)
        step("carl merges", "merged", f"as {sha[:7]}")
        say()

    def _push(self, code: str, message: str) -> str:
        return self._repository.push(self._ana, "retry", {"settle.py": code}, message)

    def _head(self) -> str:
        return self._repository.head("retry")

    def _tests_pass(self, sha: str) -> None:
        self._repository.report_check(self._github.app(), sha, "test", "completed", "success")

    def _shown(self, sha: str) -> Shown:
        """What GitHub shows of our check on a commit."""
        runs = [run for run in self._repository.check_runs(sha) if run.name == "changewarden"]
        expect(len(runs) <= 1, "one check run on a commit", f"{len(runs)}")
        if not runs:
            return Shown("", "no check yet", "")
        return Shown(runs[0].conclusion or "", runs[0].title or "", runs[0].summary or "")

    def _shows(self, what: str, sha: str, conclusion: str, *words: str) -> None:
        """Wait until GitHub shows this on the commit, and tell what it shows."""

        def look() -> Shown | None:
            shown = self._shown(sha)
            told = shown.conclusion == conclusion and all(word in shown.title for word in words)
            return shown if told else None

        wanted = f"the check to be {conclusion} and to say {' and '.join(map(repr, words))}"
        shown = wait_for(look, wanted, lambda: self._shown(sha))
        step(what, _WORD[conclusion], shown.title.removeprefix("Blocked: "))
