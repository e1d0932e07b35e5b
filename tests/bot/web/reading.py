"""Reads pages the way a person does."""

import html
import json
import re
from typing import Any

from flask.testing import FlaskClient

ONE = "/changes/acme/shop/7"


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def words(markup: str) -> str:
    """What a person reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def twin(client: FlaskClient, path: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(page(client, path))
    return document


def block(markup: str, classes: str) -> str:
    """What stands in a block that is there to be copied."""
    match = re.search(rf'<pre class="{classes}"[^>]*>(.*?)</pre>', markup, re.DOTALL)
    assert match
    return match[1]
