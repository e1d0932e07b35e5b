"""Who may call what: JWTs, installation tokens and people's tokens."""

import re
from collections.abc import Callable
from typing import Any

import github as pygithub
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.bot.conftest import StartGithub
from tests.bot.sandbox.conftest import Scene, call, client, installed, integration
from tests.fakes.clock import ManualClock
from warden_bot.sandbox import Role, Sandbox


def app_jwt(github: Sandbox, clock: Callable[[], Any], **changed: object) -> str:
    now = int(clock().timestamp())
    claims = {"iat": now - 60, "exp": now + 540, "iss": str(github.app_id)} | changed
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, github.private_key_pem, algorithm="RS256")


@pytest.fixture
def timed(start_github: StartGithub, clock: ManualClock) -> Sandbox:
    return start_github(clock=clock)


@pytest.mark.parametrize("issuer", ["id", "client_id"])
def test_the_app_is_known_by_its_id_and_by_its_client_id(github: Sandbox, issuer: str) -> None:
    names = {"id": str(github.app_id), "client_id": github.client_id}
    assert integration(github, names[issuer]).get_app().id == github.app_id


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"exp": +601}, "too far in the future", id="exp beyond ten minutes"),
        pytest.param({"exp": 0}, "Expiration time", id="expired"),
        pytest.param({"iat": +5}, "Issued at", id="issued in the future"),
        pytest.param({"iss": "999"}, "Integration not found", id="another app"),
        pytest.param({"iss": None}, "could not be decoded", id="no issuer"),
    ],
)
def test_a_jwt_that_github_would_refuse_is_refused(
    timed: Sandbox, clock: ManualClock, changed: dict[str, Any], words: str
) -> None:
    now = int(clock().timestamp())
    moved = {key: now + it if isinstance(it, int) else it for key, it in changed.items()}
    status, answer, _ = call(timed, "GET", "/app", app_jwt(timed, clock, **moved))
    assert (status, words in answer["message"]) == (401, True)


def test_a_jwt_signed_with_another_key_is_refused(timed: Sandbox, clock: ManualClock) -> None:
    now = int(clock().timestamp())
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = {"iat": now, "exp": now + 60, "iss": str(timed.app_id)}
    forged = jwt.encode(claims, stranger, algorithm="RS256")
    assert call(timed, "GET", "/app", forged)[0] == 401


def test_an_unsigned_jwt_is_refused(timed: Sandbox, clock: ManualClock) -> None:
    now = int(clock().timestamp())
    claims = {"iat": now, "exp": now + 60, "iss": str(timed.app_id)}
    # changewarden: ignore-next-line[py-jwt-unverified] it has to be refused
    unsigned = jwt.encode(claims, "", algorithm="none")
    assert call(timed, "GET", "/app", unsigned)[0] == 401


def test_the_installation_is_found_for_a_repository(scene: Scene) -> None:
    found = integration(scene.github).get_repo_installation("demo", "payments")
    assert found.id == scene.github.installation_id
    assert [each.id for each in integration(scene.github).get_installations()] == [found.id]
    assert integration(scene.github).get_app_installation(found.id).app_id == scene.github.app_id


def test_an_installation_token_has_the_long_shape_and_names_its_permissions(
    github: Sandbox,
) -> None:
    token = integration(github).get_access_token(github.installation_id)
    assert re.fullmatch(rf"ghs_{github.app_id}_[\w-]+\.[\w-]+\.[\w-]+", token.token)
    assert 500 <= len(token.token) <= 540
    assert token.permissions["checks"] == "write"


def test_an_installation_token_lives_for_an_hour(timed: Sandbox, clock: ManualClock) -> None:
    timed.repository("demo/payments")
    path = f"/app/installations/{timed.installation_id}/access_tokens"
    _, minted, _ = call(timed, "POST", path, app_jwt(timed, clock), {})
    assert call(timed, "GET", "/repos/demo/payments", minted["token"])[0] == 200
    clock.advance(hours=1)
    assert call(timed, "GET", "/repos/demo/payments", minted["token"])[0] == 401


def test_a_token_can_be_narrowed_to_a_repository_and_to_permissions(
    timed: Sandbox, clock: ManualClock
) -> None:
    chosen, other = (timed.repository(f"demo/{name}") for name in ("payments", "ledger"))
    path = f"/app/installations/{timed.installation_id}/access_tokens"
    wanted = {"repository_ids": [chosen.id], "permissions": {"contents": "read"}}
    status, minted, _ = call(timed, "POST", path, app_jwt(timed, clock), wanted)
    assert (status, minted["permissions"]) == (201, {"contents": "read", "metadata": "read"})
    token = minted["token"]
    assert call(timed, "GET", f"/repos/{chosen.full_name}", token)[0] == 200
    assert call(timed, "GET", f"/repos/{other.full_name}", token)[0] == 404
    sha = chosen.head()
    status, _, headers = call(
        timed,
        "POST",
        f"/repos/{chosen.full_name}/check-runs",
        token,
        {"name": "x", "head_sha": sha},
    )
    assert (status, headers["X-Accepted-GitHub-Permissions"]) == (403, "checks=write")


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({"permissions": {"administration": "write"}}, id="permission not granted"),
        pytest.param({"repository_ids": [4]}, id="unknown repository"),
        pytest.param({"repositories": ["nothing"]}, id="unknown name"),
    ],
)
def test_a_token_cannot_be_wider_than_the_installation(
    timed: Sandbox, clock: ManualClock, wanted: dict[str, Any]
) -> None:
    path = f"/app/installations/{timed.installation_id}/access_tokens"
    assert call(timed, "POST", path, app_jwt(timed, clock), wanted)[0] == 422


def test_a_suspended_installation_mints_nothing_and_its_tokens_are_dead(
    timed: Sandbox, clock: ManualClock
) -> None:
    timed.repository("demo/payments")
    path = f"/app/installations/{timed.installation_id}/access_tokens"
    _, minted, _ = call(timed, "POST", path, app_jwt(timed, clock))
    timed.suspend()
    status, answer, _ = call(timed, "POST", path, app_jwt(timed, clock))
    assert (status, "suspended" in answer["message"]) == (403, True)
    assert call(timed, "GET", "/repos/demo/payments", minted["token"])[0] == 401
    timed.suspend(suspended=False)
    assert call(timed, "POST", path, app_jwt(timed, clock))[0] == 201


def test_a_garbage_token_is_nobody(scene: Scene) -> None:
    with pytest.raises(pygithub.BadCredentialsException):
        client(scene.github, "garbage").get_repo("demo/payments").get_pull(scene.number).complete()


def test_a_person_cannot_create_a_check_run(scene: Scene) -> None:
    repository = client(scene.github, scene.github.token_of(scene.ana)).get_repo("demo/payments")
    with pytest.raises(pygithub.GithubException) as refused:
        repository.create_check_run("changewarden", scene.head)
    assert refused.value.status == 403
    assert refused.value.headers is not None
    assert refused.value.headers["x-accepted-github-permissions"] == "checks=write"


def test_a_person_without_access_does_not_learn_that_the_repository_exists(scene: Scene) -> None:
    stranger = scene.github.person("mallory", Role.NONE)
    repository = client(scene.github, scene.github.token_of(stranger)).get_repo("demo/payments")
    with pytest.raises(pygithub.UnknownObjectException):
        repository.get_pull(scene.number).complete()


def test_a_jwt_does_not_do_where_a_token_is_needed(timed: Sandbox, clock: ManualClock) -> None:
    timed.repository("demo/payments")
    assert call(timed, "GET", "/repos/demo/payments", app_jwt(timed, clock))[0] == 401


def test_a_token_does_not_do_where_a_jwt_is_needed(scene: Scene) -> None:
    token = scene.github.token_of(scene.ana)
    assert call(scene.github, "GET", "/app", token)[0] == 401
    assert call(scene.github, "GET", "/app", None)[0] == 401


def test_a_permission_that_was_taken_away_is_missed(scene: Scene) -> None:
    scene.github.set_permissions({"metadata": "read"})
    with pytest.raises(pygithub.GithubException) as refused:
        installed(scene.github).get_repo("demo/payments").get_pull(scene.number).complete()
    assert refused.value.status == 403


def test_replies_count_the_rate_limit_and_carry_an_id(scene: Scene) -> None:
    token = scene.github.token_of(scene.ana)
    _, _, first = call(scene.github, "GET", "/repos/demo/payments", token)
    _, _, second = call(scene.github, "GET", "/repos/demo/payments", token)
    used = [int(each["X-RateLimit-Used"]) for each in (first, second)]
    assert used[1] == used[0] + 1
    assert first["X-GitHub-Request-Id"] != second["X-GitHub-Request-Id"]
