"""A-28 and A-17: what errors, files and refused bodies carry, and what cookies; every route by everybody: test_matrix.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from camp.app import create_app
from camp.config import Config
from camp.paths import STATIC
from tests.safety.calls import Call, may_call, raw, send
from tests.safety.carried import faults
from tests.safety.test_matrix import CALLS
from tests.safety.world import World

_LIKELY = ("anonymous", "host", "organiser", "administrator", "door", "participant")
_FILES = sorted(path for path in STATIC.rglob("*") if path.is_file() and "__pycache__" not in str(path))


def test_a28_other_methods_carry_the_headers(world: World) -> None:
    paths = {call.path(world) for call in CALLS}
    found = {(path, method): faults(raw(world, method, path, "anonymous")) for path in paths for method in ("HEAD", "OPTIONS", "DELETE")}
    assert {key: lacking for key, lacking in found.items() if lacking} == {}


@pytest.mark.parametrize(("path", "status"), [
    ("/nirgends", 308), ("/nirgends/", 404), ("/camp-a", 308), ("/camp-a/nirgends", 404), ("/static/nirgends.css", 404), ("/static/../camp/app.py", 404),
    ("/static/", 404), ("/camp-a/proposals/1000000", 404), ("/b/" + "A" * 16, 404), ("/%ff%fe", 308), ("/camp-a/%00", 404)])
def test_a28_errors_carry_them(path: str, status: int, world: World) -> None:
    for actor in ("anonymous", "organiser"):
        answer = raw(world, "GET", path, actor)
        assert (answer.status_code, faults(answer)) == (status, [])


def test_a28_refused_bodies_and_strange_requests_carry_them(guarded: World) -> None:
    sent: list[tuple[int, str, str, dict[str, Any]]] = [
        (400, "POST", "/sign-in", {"data": {"email": "x"}}),
        (413, "POST", "/sign-in", {"data": b"x" * 2_000_000, "content_type": "application/x-www-form-urlencoded"}),
        (405, "PUT", "/", {}), (405, "BREW", "/", {}),
        (400, "GET", "/", {"headers": {"Host": "evil.example"}}), (400, "GET", "/", {"headers": {"Host": "a b"}}),
        (400, "POST", "/camp-a/door/events", {"data": "{", "content_type": "application/json"})]
    found = [(raw(guarded, method, path, "anonymous", **values), status) for status, method, path, values in sent]
    assert [(answer.status_code, faults(answer)) for answer, _ in found] == [(status, []) for _, status in found]


@pytest.mark.parametrize("error", [RuntimeError("Geheim"), OSError(28, "Geheim"), RecursionError("Geheim"), MemoryError("Geheim")], ids=repr)
def test_a28_a_mistake_of_ours_carries_them_and_tells_nothing(error: Exception, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> str:
        raise error

    broken.policy = "public"  # type: ignore[attr-defined]
    monkeypatch.setitem(world.app.view_functions, "public.licences", broken)
    for actor in ("anonymous", "organiser"):
        answer = raw(world, "GET", "/licences", actor)
        assert (answer.status_code // 100, faults(answer), "Geheim" in answer.text, "Traceback" in answer.text) == (5, [], False, False)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_a28_every_file_carries_them(path: Path, world: World) -> None:
    answer = raw(world, "GET", f"/static/{path.relative_to(STATIC)}", "anonymous")
    assert (answer.status_code, faults(answer), answer.headers.get("Set-Cookie")) == (200, [], None)
    again = raw(world, "GET", f"/static/{path.relative_to(STATIC)}", "anonymous", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, faults(again)) == (304, [])


@pytest.mark.parametrize(("base_url", "wanted"), [("https://camp.example", True), ("http://localhost:8000", False), ("http://127.0.0.1:8000", False)])
def test_a28_browsers_are_held_to_https_only_where_there_is_https(base_url: str, wanted: bool, tmp_path: Path) -> None:
    config = Config(folder=tmp_path, base_url=base_url, secret_key="s" * 43, vote_key="v" * 43, badge_key="b" * 43)
    answer = create_app(config).test_client().get("/healthz", base_url=base_url)
    assert (answer.status_code, "Strict-Transport-Security" in answer.headers) == (200, wanted)


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/wait", "/sign-in/{token}", "/camp-a/my/{secret}.ics", "/camp-a/door"])
def test_a17_pages_behind_a_secret_are_not_kept(path: str, world: World) -> None:
    answer = raw(world, "GET", path.format(**world.values["a"]), "anonymous")
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (200, True)


def test_a17_signing_out_empties_what_the_browser_keeps(world: World) -> None:
    answer = raw(world, "POST", "/sign-out", "participant")
    assert '"cache"' in answer.headers["Clear-Site-Data"]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.key)
def test_a28_cookies_are_out_of_reach_of_scripts_and_other_sites(call: Call, world: World) -> None:
    for line in send(world, call, may_call(call, _LIKELY), query_string={"lang": "en"}).headers.getlist("Set-Cookie"):
        name, attributes = line.partition("=")[0], {part.strip().lower() for part in line.split(";")[1:]}
        assert "httponly" in attributes and attributes & {"samesite=lax", "samesite=strict"}, line
        assert name == "camp-language" or "secure" in attributes and name.startswith(("__Host-", "__Secure-")), line
        assert not name.startswith("__Host-") or "path=/" in attributes and not any(part.startswith("domain") for part in attributes), line
