"""What git may see, and what nobody may see of git: tokens, configuration, programs, redirects."""

import base64
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.clone.book import Book, git, text
from tests.bot.clone.conftest import Hosted, OpenHistory, Update, stand_in
from tests.bot.clone.shapes import FEATURE, MAIN, MERGED, NEWS, SAME_FILE_NEWS, UPDATE
from warden_bot.clone.clones import Clones
from warden_bot.clone.proofs import Head, Proofs
from warden_bot.clone.source import Source


def test_the_token_is_in_no_argument_and_in_no_file(
    hosted: Hosted,
    update: Update,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = tmp_path / "arguments"
    stand_in(tmp_path / "bin", f'echo "$@" >> {log}\nexec $REAL "$@"', monkeypatch)
    assert hosted.prove(*update)[0].how == UPDATE
    encoded = base64.b64encode(f"x-access-token:{hosted.token}".encode()).decode()
    written = [path.read_bytes() for path in hosted.clone.rglob("*") if path.is_file()]
    for secret in (hosted.token, encoded, encoded[:40]):
        assert secret not in log.read_text()
        assert not any(secret.encode() in content for content in written)
    assert "fetch" in log.read_text()


def test_a_token_that_is_refused_proves_nothing_and_is_not_shown(
    hosted: Hosted, update: Update
) -> None:
    token = "ghs_" + "wrong" * 8
    (proof,) = hosted.clones().proofs(hosted.source, token, *update[:2], update[2:])
    assert (proof.same, proof.differing) == (False, None)
    assert proof.how.startswith("not proven: git fetch: ")
    assert token not in proof.how


def test_secrets_of_the_service_are_not_passed_on(
    hosted: Hosted,
    update: Update,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHANGEWARDEN_PRIVATE_KEY", "not for git")
    log = tmp_path / "environment"
    ours = f'[ "$1" = --git-dir=. ] && env >> {log}'
    stand_in(tmp_path / "bin", f'{ours}\nexec $REAL "$@"', monkeypatch)
    assert hosted.prove(*update)[0].same
    assert "GIT_CONFIG_COUNT" in log.read_text()
    assert "not for git" not in log.read_text()


def test_no_configuration_of_the_machine_or_its_user_is_heeded(
    hosted: Hosted,
    update: Update,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    evil = f'[url "file:///nowhere/"]\n\tinsteadOf = {hosted.source.url}\n[core]\n\tbare = maybe\n'
    (home / ".gitconfig").write_text(evil)
    (home / ".netrc").write_text("machine 127.0.0.1 login x password y\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.bare=maybe'")
    monkeypatch.setenv("GIT_DIR", str(home))
    monkeypatch.setenv("GIT_TRACE", str(home / "trace"))
    assert hosted.prove(*update)[0].how == UPDATE
    assert not (home / "trace").exists()


@pytest.mark.parametrize(
    "url", ["file:///srv/git/x.git", "ssh://git@host/x.git", "ext::sh -c x", "/srv/x", "--upload"]
)
def test_only_http_is_spoken(tmp_path: Path, url: str) -> None:
    clones = Clones(tmp_path / "clones")
    (proof,) = clones.proofs(Source(1, url), "t", "1" * 40, "2" * 40, ["3" * 40])
    assert proof.how == "not proven: repositories are fetched over HTTPS only"


@contextmanager
def redirecting_to(target: str) -> Iterator[str]:
    """A server that sends everybody elsewhere."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(301)
            self.send_header("Location", target + self.path)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_redirect_is_not_followed_because_the_token_would_travel_along(
    hosted: Hosted, update: Update
) -> None:
    with redirecting_to(hosted.github.base_url) as url:
        source = Source(hosted.source.id, f"{url}/demo/payments.git")
        (proof,) = hosted.clones().proofs(source, hosted.token, *update[:2], update[2:])
    assert not proof.same
    assert "301" in proof.how


def test_a_replaced_commit_is_not_replaced(tmp_path: Path, open_history: OpenHistory) -> None:
    """A way to make git lie about content. A clone never gets such a ref; if it had one..."""
    folder = tmp_path / "repository"
    book = Book()
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | FEATURE)
    evil = book.commit(reviewed, MAIN | FEATURE | {"evil.py": "steal()\n"})
    names = book.write(folder)
    git(folder, "replace", names[evil], names[reviewed])
    proof = Proofs(open_history(folder), Head(names[old], names[evil], "main")).of(
        names[reviewed], names[old]
    )
    assert (proof.same, proof.differing) == (False, ("evil.py",))


def test_a_grafted_parent_is_none(tmp_path: Path, open_history: OpenHistory) -> None:
    """Another way: then it would look as if this content had been in the base before."""
    folder = tmp_path / "repository"
    book = Book()
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | FEATURE)
    base = book.commit(old, MAIN | NEWS)
    head = book.commit(old, MAIN | NEWS | FEATURE)
    names = book.write(folder)
    (folder / "info").mkdir()
    (folder / "info" / "grafts").write_text(f"{names[head]} {names[base]}\n")
    proof = Proofs(open_history(folder), Head(names[base], names[head], "main")).of(
        names[reviewed], names[base]
    )
    assert (proof.same, proof.differing) == (False, ("lib.py",))


def test_attributes_in_the_clone_or_its_head_change_nothing(
    tmp_path: Path, open_history: OpenHistory
) -> None:
    folder = tmp_path / "repository"
    book = Book()
    main = MAIN | {".gitattributes": "* merge=union\n"}
    old = book.commit((), main)
    reviewed = book.commit(old, main | FEATURE)
    base = book.commit(old, main | {"app.py": text({3: "repeat()"})})
    head = book.commit((reviewed, base), main | {"app.py": text({3: "retry()\nrepeat()"})})
    names = book.write(folder)
    (folder / "HEAD").write_text(f"{names[base]}\n")
    history = open_history(folder)
    assert history.merged_tree(names[reviewed], names[base]) is None
    proof = Proofs(history, Head(names[base], names[head], "main")).of(names[reviewed], names[base])
    assert not proof.same


def test_a_parent_that_only_looks_like_one_is_none(
    tmp_path: Path, open_history: OpenHistory
) -> None:
    """A header further down than parents stand: git passes over it."""
    folder = tmp_path / "repository"
    book = Book()
    old = book.commit((), MAIN)
    reviewed = book.commit(old, MAIN | FEATURE)
    base = book.commit(old, MAIN | SAME_FILE_NEWS)
    update = book.commit((reviewed, base), MAIN | MERGED)
    names = book.write(folder)
    tree = git(folder, "rev-parse", f"{names[update]}^{{tree}}").strip()
    who = "Ana <ana@example.org> 1700000000 +0000"
    forged = (
        f"tree {tree}\nparent {names[reviewed]}\nauthor {who}\ncommitter {who}\n"
        f"parent {names[base]}\n\nUpdate\n"
    )
    head = git(
        folder,
        *("hash-object", "-t", "commit", "-w", "--literally", "--stdin"),
        given=forged.encode(),
    ).strip()
    history = open_history(folder)
    assert history.commit(head).parents == (names[reviewed],)
    proof = Proofs(history, Head(names[base], head, "main")).of(names[reviewed], names[base])
    assert not proof.same
