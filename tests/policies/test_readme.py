"""What policies/README.md shows is true."""

import re
import subprocess
import sys
from pathlib import Path

from tests.builders import POLICY_PATH, ready
from warden_policies.evaluate import evaluate
from warden_policies.language import parse_policy
from warden_policies.outcome import Verdict
from warden_policies.policy import Dialect
from warden_policies.predicates import PREDICATES

README = (Path(__file__).parents[2] / "policies" / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found


def test_the_policy_is_valid_and_decides() -> None:
    policy = parse_policy(blocks("yaml")[0].encode(), POLICY_PATH)

    assert evaluate(policy, ready()).verdict is Verdict.ALLOW


def test_the_policy_with_conditions_is_valid_and_decides() -> None:
    policy = parse_policy(blocks("yaml")[1].encode(), POLICY_PATH)
    decision = evaluate(policy, ready())

    assert [child.outcome.value for child in decision.result.children] == [
        "pass", "pending", "not_applicable", "pass", "not_applicable",
    ]  # fmt: skip


def test_every_predicate_is_in_its_table() -> None:
    native = [known for known in PREDICATES.values() if known.dialect is Dialect.NATIVE]
    required = sorted(known.name for known in native if not known.condition)
    conditions = sorted(known.name for known in native if known.condition)

    assert re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE) == [*required, *conditions]


def test_the_new_predicate_is_one_file_whose_examples_hold(tmp_path: Path) -> None:
    """In a process of its own: the table of predicates is for ever once a module is imported."""
    (tmp_path / "title.py").write_text(blocks("python")[0], encoding="utf-8")
    check = """
import sys
sys.path.insert(0, sys.argv[1])
import title
from warden_policies.language import parse_policy
from warden_policies.predicates import PREDICATES
for example in PREDICATES["title"].examples:
    result = PREDICATES["title"].check(example.arguments, example.change)
    assert (result.outcome, result.reason) == (example.outcome, example.reason), result
source = b"version: 1\\nrequirements: {Short: {require: {title: {}}}}"
print(parse_policy(source, "p.yml").requirements[0].members[0].members[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", check, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.stdout == "Question(predicate='title', arguments=Title(max_characters=72))\n"
