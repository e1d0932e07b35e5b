"""Every row of docs/explanation/edge-cases.md is a test, named after its number."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "edge-cases.md"

_SCENARIO = re.compile(r"\bscenario\(\s*(\d+),")
_TEST = re.compile(r"def test_(?:row_)?(\d+)_")


def test_every_row_is_at_least_one_test() -> None:
    rows = [int(row) for row in re.findall(r"^\| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE)]
    sources = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py")]
    tested = {
        int(row)
        for source in sources
        for pattern in (_SCENARIO, _TEST)
        for row in pattern.findall(source)
    }

    assert rows == [*range(1, 49)]
    assert [row for row in rows if row not in tested] == []
