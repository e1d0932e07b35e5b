"""policy-bot's language means here what it means to policy-bot 1.36.2.

POLICY_BOT_VECTORS=FOLDER runs the cases of another folder: `cases.jsonl.gz` beside one
`expected-*.jsonl.gz`, as in tests/data/policy-bot.
"""

import gzip
import json
from pathlib import Path

import pytest

from tests.policies.policy_bot_vectors import SAMPLE_FOLDER, cases, differences, folder


def test_every_recorded_answer_of_policy_bot(capsys: pytest.CaptureFixture[str]) -> None:
    where = folder()
    found = cases(where)
    wrong = differences(found)

    with capsys.disabled():
        print(f"\n{len(found) - len(wrong)} of {len(found)} cases agree ({where})")
    listed = "\n".join(f"case {id}: {how}" for id, how in wrong.items())
    assert not wrong, f"{len(wrong)} of {len(found)} cases disagree\n{listed}"
    assert found


def test_the_sample_in_this_repository_has_every_status_and_kind_of_error() -> None:
    found = cases(SAMPLE_FOLDER)
    answers = json.dumps([case.expected for case in found])

    assert differences(found) == {}
    for status in ("approved", "pending", "skipped", "disapproved"):
        assert f'"status": "{status}"' in answers
    for word in ("too many commits", "too many files", "Invalidated by push", "Comment was edited"):
        assert word in answers


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "3",
        "{}",
        '{"id": 0}',
        '{"id": 0, "policy": {}}',
        '{"id": 0, "policy": {}, "context": []}',
        '{"id": 0, "policy": {"polcy": {}}, "context": {}}',
        '{"id": 0, "policy": {}, "context": {"CommitsValue": [{}]}}',
        '{"id": 0, "policy": {}, "context": {"ReviewsValue": [{"State": "no"}]}}',
    ],
)
def test_a_case_that_cannot_be_read_disagrees_and_does_not_end_the_run(
    line: str, tmp_path: Path
) -> None:
    good = '{"id": "good", "policy": {}, "context": {}}'
    children = (
        '[{"name": "approval", "status": "approved"}, {"name": "disapproval", "status": "skipped"}]'
    )
    answer = f'{{"name": "policy", "status": "approved", "children": {children}}}'
    expected = f'{{"id": 0, "result": {answer}}}\n{{"id": "good", "result": {answer}}}\n'
    for name, text in [("cases", f"{line}\n{good}\n"), ("expected-2.0", expected)]:
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress(text.encode()))

    found = cases(tmp_path)

    assert len(found) == 2
    assert len(differences(found)) == 1
    assert '"good"' not in differences(found)
