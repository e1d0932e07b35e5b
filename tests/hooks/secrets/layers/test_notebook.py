"""Notebooks: cells and outputs are texts, pictures are none, comments count on their own line."""

import base64
import json
import random
from collections.abc import Callable, Iterator

import pytest

from tests.fakes.growth import QUADRATIC, growth
from tests.hooks.planted import aws_key, characters, github_token, password, private_key
from tests.hooks.secrets.layers.encoded import in_base64, lines_of, notebook
from warden_hooks.scan import SourceResult, scan_source
from warden_hooks.secrets.engine import SecretEngine
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.secrets.layers import notebook as module
from warden_hooks.secrets.layers.notebook import Notebook
from warden_hooks.source import LineIndex, Skipped, SkipReason, SourceFile

TOKEN, PASSWORD = github_token(), password()
PATH = "work/analysis.ipynb"


@pytest.fixture(scope="module")
def engine() -> Iterator[SecretEngine]:
    with secret_engine(patient=True) as opened:
        yield opened


def look(
    engine: SecretEngine,
    text: str,
    added: tuple[range, ...] | None = None,
    path: str = PATH,
) -> SourceResult:
    return scan_source(SourceFile(path, text, len(text), added), engine, b"for tests")


def texts(text: str) -> list[str]:
    return [piece.data.decode() for piece in Notebook(text).texts]


SOURCE = f'import os\nd = {{"a": \'é\'}}\nconnect(password="{PASSWORD}")\n'


def test_a_cell_is_one_text() -> None:
    assert texts(notebook(lines_of(SOURCE), SOURCE, [], "")) == [SOURCE, SOURCE]


def test_what_is_no_cell_stays_where_it_is() -> None:
    text = notebook(lines_of(SOURCE), title="é: the \\ title")
    taken = Notebook(text)
    assert len(taken.rest) == len(text)
    assert '"title": "é: the \\\\ title"' in taken.rest
    assert "import os" not in taken.rest
    assert json.loads(taken.rest)["nbformat"] == 4


def output(**data: object) -> str:
    cell = {"cell_type": "code", "id": "ab12", "metadata": {}, "source": "x", "outputs": [data]}
    return json.dumps({"cells": [cell], "nbformat": 4}, indent=1)


def test_the_texts_of_outputs_are_texts() -> None:
    assert texts(output(output_type="stream", text=["a\n", "b\n"])) == ["x", "a\nb\n"]
    data = {"text/plain": ["a"], "text/html": "<b>"}
    assert texts(output(output_type="display_data", data=data)) == ["x", "a", "<b>"]
    error = {"ename": "E", "evalue": "why", "traceback": ["line 1", "line 2"]}
    assert texts(output(output_type="error", **error)) == ["x", "why", "line 1\nline 2"]


def test_a_picture_is_not_looked_at_and_a_drawing_is(engine: SecretEngine) -> None:
    noise = base64.b64encode(random.Random(1).randbytes(90)).decode()
    picture = noise + "/" + aws_key() + "/" + noise
    text = output(data={"image/png": picture, "text/plain": "<Figure>"})
    assert aws_key() not in Notebook(text).rest
    assert look(engine, text).findings == ()
    text = output(data={"image/svg+xml": f"<svg key='{aws_key()}'/>"})
    assert len(look(engine, text).findings) == 1


def test_only_the_id_of_a_cell_is_one() -> None:
    text = output(id="of-an-output")
    assert "of-an-output" in Notebook(text).rest
    assert "ab12" not in Notebook(text).rest


def test_a_secret_is_found_at_its_place_in_the_file(engine: SecretEngine) -> None:
    text = notebook(lines_of("import os\n"), lines_of(SOURCE))
    (finding,) = look(engine, text).findings
    assert finding.rule == "generic-password"
    assert finding.layers == ("notebook",)
    place = finding.location
    line = text.split("\n")[place.line - 1]
    assert line[place.column - 1 : place.end_column - 1] == PASSWORD
    assert finding.redacted_line == line.replace(PASSWORD, "*" * len(PASSWORD))


def test_a_key_in_a_cell_is_found_whole(engine: SecretEngine) -> None:
    text = notebook(lines_of(f"key = '''{private_key()}'''\n"))
    (finding,) = look(engine, text).findings
    assert finding.rule == "private-key"
    assert finding.location.end_line - finding.location.line == private_key().count("\n") - 1


def test_what_a_cell_holds_encoded_is_found(engine: SecretEngine) -> None:
    text = notebook([f"x = '{in_base64('the token: ' + TOKEN)}'\n"])
    (finding,) = look(engine, text).findings
    assert finding.layers == ("notebook", "base64")


def test_what_stands_in_no_cell_is_found(engine: SecretEngine) -> None:
    (finding,) = look(engine, notebook("x = 1", token=TOKEN)).findings
    assert finding.layers == ()


COMMENTS = {
    "on the line": (f"t = '{TOKEN}'  # changewarden: ignore[github-token] revoked\n", 1),
    "before it": (
        f"# changewarden: ignore-next-line[github-token] revoked\nt = '{TOKEN}'\n",
        1,
    ),
    "a pragma": (f"t = '{TOKEN}'  # pragma: allowlist secret\n", 1),
    "a pragma before it": (f"# pragma: allowlist nextline secret\nt = '{TOKEN}'\n", 1),
    "on another line": (f"# pragma: allowlist secret\nt = '{TOKEN}'\n", 0),
    "after it": (f"t = '{TOKEN}'\n# pragma: allowlist secret\n", 0),
}


@pytest.mark.parametrize(("source", "allowed"), COMMENTS.values(), ids=COMMENTS)
@pytest.mark.parametrize("indent", [1, None], ids=["in lines", "on one line"])
def test_a_comment_in_a_cell_counts_on_its_line(
    engine: SecretEngine, source: str, allowed: int, indent: int | None
) -> None:
    text = json.dumps(json.loads(notebook(lines_of(source))), indent=indent)
    result = look(engine, text)
    assert (len(result.findings), result.allowed) == (1 - allowed, allowed)


def test_only_new_lines_count(engine: SecretEngine) -> None:
    text = notebook(lines_of(f"a = '{TOKEN}'\nb = '{github_token(2)}'\n"))
    lines = LineIndex(text)
    second = lines.position(text.index(github_token(2)))[0]
    (finding,) = look(engine, text, (range(second, second + 1),)).findings
    assert finding.location.line == second


BROKEN = {
    "no JSON": notebook(lines_of(f't = "{TOKEN}"\n'))[:-3],
    "nested deeply": "[" * 200_000 + f'"{TOKEN}"' + "]" * 200_000,
    "something else": f"t = '{TOKEN}'\n",
    "an endless number": "[" + "9" * 10_000 + f', "{TOKEN}"]',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_is_no_notebook_is_text(engine: SecretEngine, text: str) -> None:
    (finding,) = look(engine, text).findings
    assert finding.layers == ()


ODD = {
    "a value": '"source"',
    "a list": '["source", ["source"], {"source": null, "text": "a"}]',
    "keys only": '{"source": {"text": {"source": []}}, "text": ["a"]}',
    "escapes in a key": '{"so\\u0075rce": "x", "\\"text": "y", "text": "a"}',
    "names of keys as values": '{"x": "source", "y": "text", "text": "a"}',
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_json_is_taken_apart_all_the_same(text: str) -> None:
    assert texts(text) in (["a"], [])
    assert len(Notebook(text).rest) == len(text)


def test_of_more_than_can_be_taken_apart_the_rest_is_scanned_as_it_is(
    engine: SecretEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_TOKENS", 100)
    text = notebook(*([f"t = {number}\n"] for number in range(20)), f"t = '{TOKEN}'")
    result = look(engine, text)
    assert [finding.layers for finding in result.findings] == [()]
    assert result.skipped == (Skipped(PATH, SkipReason.NOT_DECODED),)


LARGE = {
    "many cells": lambda size: json.dumps([{"source": ["x = 1\n"]}] * (size // 40)),
    "one cell": lambda size: notebook('a "b"\n' * (size // 8)),
    "one line": lambda size: notebook('"' * (size // 2)),
    "a picture": lambda size: output(data={"image/png": characters("AB", size)}),
    "no cells": lambda size: "[" + "[]," * (size // 3) + "1]",
    "backslashes": lambda size: json.dumps({"text": "\\" * (size // 2)}),
}


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_time_grows_with_the_notebook(engine: SecretEngine, make: Callable[[int], str]) -> None:
    assert growth(lambda size: look(engine, make(size)), 600_000) < QUADRATIC


def test_a_hundred_thousand_cells_are_no_problem(engine: SecretEngine) -> None:
    cells = [{"source": ["x = 1\n"]} for _ in range(100_000)]
    result = look(engine, json.dumps({"cells": [*cells, {"source": f"t = '{TOKEN}'"}]}))
    assert len(result.findings) == 1
    assert result.skipped == ()
