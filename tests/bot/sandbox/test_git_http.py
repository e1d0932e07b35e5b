"""Real git against the sandbox's smart HTTP."""

import base64
import http.client
import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.bot.sandbox.conftest import Scene, integration
from warden_bot.sandbox import Account, Role, Sandbox, SandboxRepository


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git as somebody whose machine has no configuration at all."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_TRACE_CURL": "1",
        "GIT_TRACE_CURL_NO_DATA": "1",
        "GIT_AUTHOR_NAME": "Ana",
        "GIT_AUTHOR_EMAIL": "ana@example.org",
        "GIT_COMMITTER_NAME": "Ana",
        "GIT_COMMITTER_EMAIL": "ana@example.org",
    }
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def url_of(repository: SandboxRepository, token: str | None = None) -> str:
    """The clone address, with credentials as git takes them."""
    if token is None:
        return repository.clone_url
    return repository.clone_url.replace("://", f"://x-access-token:{token}@")


def url_for(github: Sandbox, repository: SandboxRepository, person: Account) -> str:
    return url_of(repository, github.token_of(person))


def clone(scene: Scene, folder: Path, *options: str) -> Path:
    url = url_for(scene.github, scene.repository, scene.ana)
    done = git(folder, "clone", "--quiet", *options, url, "clone")
    assert done.returncode == 0, done.stderr
    return folder / "clone"


def commit(work: Path, name: str, content: bytes) -> str:
    (work / name).write_bytes(content)
    git(work, "add", name)
    assert git(work, "commit", "--quiet", "-m", f"Add {name}").returncode == 0
    return git(work, "rev-parse", "HEAD").stdout.strip()


def test_a_clone_has_the_true_commits(scene: Scene, tmp_path: Path) -> None:
    work = clone(scene, tmp_path)
    assert git(work, "rev-parse", "origin/retry").stdout.strip() == scene.head


def test_the_address_works_with_and_without_its_ending(scene: Scene, tmp_path: Path) -> None:
    url = url_for(scene.github, scene.repository, scene.ana)
    for address in (url, url.removesuffix(".git")):
        assert git(tmp_path, "ls-remote", address, "main").returncode == 0


def test_a_partial_clone_is_served(scene: Scene, tmp_path: Path) -> None:
    work = clone(scene, tmp_path, "--filter=blob:none", "--no-checkout")
    missing = git(work, "rev-list", "--objects", "--missing=print", "HEAD").stdout
    assert any(line.startswith("?") for line in missing.splitlines())


def test_git_is_asked_for_credentials_and_then_let_in(scene: Scene, tmp_path: Path) -> None:
    clone(scene, tmp_path)
    asked = [each for each in scene.github.requests if each.path.endswith("/info/refs")]
    assert len(asked) >= 2
    connection = http.client.HTTPConnection(urlsplit(scene.github.base_url).netloc, timeout=10)
    connection.request("GET", "/demo/payments.git/info/refs?service=git-upload-pack")
    response = connection.getresponse()
    assert (response.status, response.headers["WWW-Authenticate"]) == (401, 'Basic realm="GitHub"')
    response.read()
    connection.close()


def test_an_installation_token_clones_and_without_contents_write_does_not_push(
    scene: Scene, tmp_path: Path
) -> None:
    token = integration(scene.github).get_access_token(scene.github.installation_id).token
    url = url_of(scene.repository, token)
    assert git(tmp_path, "clone", "--quiet", url, "clone").returncode == 0
    work = tmp_path / "clone"
    commit(work, "a.txt", b"a\n")
    done = git(work, "push", "origin", "HEAD:refs/heads/bot")
    assert done.returncode != 0
    assert token not in scene.repository.clone_url


def test_the_head_of_a_pull_request_can_be_fetched_and_follows_it(
    scene: Scene, tmp_path: Path
) -> None:
    work = clone(scene, tmp_path)
    heads = [scene.head]
    for expected in heads:
        assert git(work, "fetch", "--quiet", "origin", "refs/pull/1/head").returncode == 0
        assert git(work, "rev-parse", "FETCH_HEAD").stdout.strip() == expected
        if len(heads) == 1:
            heads.append(scene.repository.push(scene.ana, "retry", {"b.py": "1\n"}, "More"))


@pytest.mark.parametrize("size", [10, 3_000_000], ids=["small", "in chunks"])
def test_a_push_arrives_whole_and_moves_the_pull_request(
    scene: Scene, tmp_path: Path, size: int
) -> None:
    work = clone(scene, tmp_path, "--branch", "retry")
    content = os.urandom(size)
    sha = commit(work, "data.bin", content)
    done = git(work, "push", "--quiet", "origin", "retry")
    assert done.returncode == 0, done.stderr
    assert ("transfer-encoding: chunked" in done.stderr.lower()) is (size > 1_000_000)
    assert scene.repository.head("retry") == sha
    assert scene.repository.pull_request(scene.number).head_sha == sha
    git(tmp_path, "init", "--quiet", "check")
    url = url_for(scene.github, scene.repository, scene.bob)
    assert git(tmp_path / "check", "fetch", "--quiet", url, "retry").returncode == 0
    size_there = git(tmp_path / "check", "cat-file", "-s", "FETCH_HEAD:data.bin").stdout
    assert int(size_there) == size


def test_a_large_negotiation_sent_compressed_is_understood(scene: Scene, tmp_path: Path) -> None:
    """Git names hundreds of commits that the server has never seen, and gzips the list."""
    work = clone(scene, tmp_path)
    stream = b"".join(
        b"commit refs/heads/local\ncommitter A <a@example.org> %d +0000\ndata 1\nx\n"
        % (4 * 10**9 + n)
        for n in range(400)
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=work, input=stream, check=True)
    scene.repository.push(scene.bob, "retry", {"b.py": "1\n"}, "More")
    done = git(work, "-c", "protocol.version=0", "fetch", "origin", "retry")
    assert done.returncode == 0, done.stderr
    assert "content-encoding: gzip" in done.stderr.lower()


@pytest.mark.parametrize("role", [Role.READ, Role.TRIAGE])
def test_who_may_only_read_cannot_push(scene: Scene, tmp_path: Path, role: Role) -> None:
    reader = scene.github.person("rita", role)
    with pytest.raises(subprocess.CalledProcessError):
        scene.repository.push(reader, "mine", {"a.py": "1\n"}, "Mine")
    url = url_for(scene.github, scene.repository, reader)
    assert git(tmp_path, "ls-remote", url).returncode == 0


def test_a_stranger_is_told_that_there_is_nothing(scene: Scene, tmp_path: Path) -> None:
    stranger = scene.github.person("mallory", Role.NONE)
    url = url_for(scene.github, scene.repository, stranger)
    done = git(tmp_path, "ls-remote", url)
    assert "not found" in done.stderr


def test_a_public_repository_is_read_by_anybody_and_written_by_nobody(
    github: Sandbox, tmp_path: Path
) -> None:
    repository = github.repository("demo/open", private=False)
    assert git(tmp_path, "clone", "--quiet", url_of(repository), "clone").returncode == 0
    commit(tmp_path / "clone", "a.txt", b"a\n")
    assert git(tmp_path / "clone", "push", "--quiet", "origin", "HEAD").returncode != 0


def test_a_garbage_password_is_refused(scene: Scene) -> None:
    connection = http.client.HTTPConnection(urlsplit(scene.github.base_url).netloc, timeout=10)
    for header in ("Basic %%%", "Basic " + base64.b64encode(b"x:nothing").decode()):
        path = "/demo/payments.git/info/refs?service=git-upload-pack"
        connection.request("GET", path, headers={"Authorization": header})
        response = connection.getresponse()
        assert response.status == 401
        response.read()
    connection.close()


def test_refs_of_pull_requests_are_githubs_own(scene: Scene, tmp_path: Path) -> None:
    work = clone(scene, tmp_path)
    assert git(work, "push", "origin", "HEAD:refs/pull/1/head").returncode != 0


def test_files_are_deleted_and_branches_rewritten(scene: Scene) -> None:
    scene.repository.push(scene.ana, "retry", {"settle.py": None, "b.py": "1\n"}, "Swap")
    first = scene.repository.pull_request(scene.number).head_sha
    second = scene.repository.force_push(scene.ana, "retry", "main", {"c.py": "1\n"}, "Anew")
    assert second not in {first, scene.head}
    with pytest.raises(LookupError):
        scene.repository.force_push(scene.ana, "retry", "nowhere", {}, "Anew")


def test_a_history_with_nothing_in_common_is_taken_as_it_is(scene: Scene, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=retry", "orphan")
    sha = commit(tmp_path / "orphan", "a.txt", b"a\n")
    url = url_for(scene.github, scene.repository, scene.ana)
    assert git(tmp_path / "orphan", "push", "--quiet", "--force", url, "retry").returncode == 0
    assert scene.repository.pull_request(scene.number).head_sha == sha
