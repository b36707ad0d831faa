"""A-19 and A-26: what another page's form, script or picture sends changes nothing; nor do fields that no form has."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy import select

from camp.db import db
from camp.models import Role
from tests.safety.calls import Call, filled, may_call, raw, send
from tests.safety.dump import dump
from tests.safety.table import ROUTES
from tests.safety.test_matrix import CALLS
from tests.safety.world import ACTORS, World

POSTS = [call for call in CALLS if call.method == "POST"]
GETS = [call for call in CALLS if call.method == "GET"]
_LIKELY = ("host", "organiser", "administrator", "door", "participant")
_EVIL = {"Origin": "https://evil.example", "Referer": "https://evil.example/", "Sec-Fetch-Site": "cross-site"}


def _data(call: Call, world: World) -> dict[str, str]:
    return {name: filled(text, world.values["a"]) for name, text in call.route.data.items()}


# How a foreign page sends: a form of each kind, a script's fetch without asking first, and one that would have to ask.
WAYS: dict[str, Callable[[dict[str, str]], dict[str, Any]]] = {
    "form": lambda data: {"data": data},
    "multipart": lambda data: {"data": data, "content_type": "multipart/form-data"},
    "text/plain": lambda data: {"data": json.dumps(data), "content_type": "text/plain"},
    "json": lambda data: {"data": json.dumps(data), "content_type": "application/json"},
    "no type": lambda data: {"data": json.dumps(data).encode(), "content_type": ""},
    "query": lambda data: {"query_string": data},
    "wrong token": lambda data: {"data": data | {"csrf_token": "IjEyMyI.Zh.abc"}},
}


@pytest.mark.parametrize("call", POSTS, ids=lambda call: call.key)
def test_a19_no_route_changes_anything_without_the_token(call: Call, guarded: World) -> None:
    actor, before = may_call(call, _LIKELY), guarded.untouched()
    found = {}
    for way, sent in WAYS.items():
        answer = raw(guarded, "POST", call.path(guarded), actor, **sent(_data(call, guarded)), headers=_EVIL)
        found[way] = answer.status_code
    assert {way: status for way, status in found.items() if status not in (400, 403, 422)} == {}
    assert dump() == before


@pytest.mark.parametrize("call", POSTS, ids=lambda call: call.key)
def test_a19_the_token_of_another_browser_is_none(call: Call, guarded: World) -> None:
    token, _ = _token(guarded)
    _, other_session = _token(guarded)
    actor, before = may_call(call, _LIKELY), guarded.untouched()
    for session in ("", other_session):
        sent = _data(call, guarded) | {"csrf_token": token}
        answer = raw(guarded, "POST", call.path(guarded), actor, data=sent,
                     headers={"Cookie": f"{guarded.cookie(actor)}; {session}", "X-CSRFToken": token})
        assert answer.status_code in (400, 422)
    assert dump() == before


@pytest.mark.parametrize("call", POSTS, ids=lambda call: call.key)
def test_a19_with_the_token_of_the_own_browser_it_works(call: Call, guarded: World) -> None:
    """The control: it is the token that the refusals above miss."""
    token, session = _token(guarded)
    actor = may_call(call, _LIKELY)
    sent: dict[str, Any] = {"data": _data(call, guarded) | {"csrf_token": token}}
    if call.route.json:  # a script's call needs no token, but a header that no foreign page can send
        assert send(guarded, call, actor).status_code == call.route.status
        return
    answer = raw(guarded, "POST", call.path(guarded), actor, **sent,
                 headers={"Cookie": f"{guarded.cookie(actor)}; {session}", "Referer": "https://localhost/"})
    # a conflict leads back to the page, or stands on one of its own
    assert answer.status_code in {0: (303,), 409: (303, 409)}.get(call.route.status, (call.route.status,))


@pytest.mark.parametrize("call", GETS, ids=lambda call: call.key)
def test_a19_a_look_changes_nothing(call: Call, guarded: World) -> None:
    """A picture on a foreign page can only look: with data in the address, too."""
    actor, before = may_call(call, _LIKELY), guarded.untouched("sign_in")
    data = next((other.route.data for other in POSTS if other.rule == call.rule), {})
    query = {name: filled(text, guarded.values["a"]) for name, text in data.items()} | {"_method": "POST"}
    for method in ("GET", "HEAD", "OPTIONS"):
        assert raw(guarded, method, call.path(guarded), actor, query_string=query,
                   headers={"X-HTTP-Method-Override": "POST"}).status_code < 500
    assert dump(ignore=("sign_in",)) == before


def test_a19_the_door_needs_its_header(guarded: World) -> None:
    call = next(call for call in POSTS if call.key == "POST phones.take")
    data, path, before = {"events": [_data(call, guarded) | {"live": True}]}, call.path(guarded), guarded.untouched()
    refused = [raw(guarded, "POST", path, "door", json=data, headers=headers).status_code
               for headers in ({}, _EVIL, {"X-Camp-Door": ""}, {"X-Camp-Door": "0"})]
    assert (refused, dump()) == ([400, 400, 400, 400], before)
    assert send(guarded, call, "door").json["answers"]["m" * 16]["verdict"] == "admitted"  # type: ignore[index]
    assert dump()["admission"] != before["admission"]


# Fields that say who one is, whose something is, or what state it is in; no form of ours has them.
EXTRA = {
    "role": "organiser", "roles": "organiser", "camp_id": "910000000", "camp": "camp-b", "owner_id": "1", "person_id": "1",
    "participant_id": "1", "session_id": "1", "checked_in": "1", "arrived_at": "2027-04-24", "arrived": "yes", "is_admin": "1",
    "admin": "true", "administrator": "1", "id": "1", "state": "admitted", "status": "done", "made_at": "2020-01-01", "guid": "x",
    "hosts": "1", "host": "1", "members": "1", "votes": "99", "pseudonym": "x", "token_hash": "x", "device_id": "1", "badge_id": "1",
    "feed_hash": "x", "change_number": "99", "proposed_at": "2020-01-01", "organiser_id": "1", "expires_at": "2099-01-01",
    "verdict": "admitted", "percent": "100", "result": "{}", "args": "{}", "seconds": "9999", "seed": "1", "timezone": "UTC",
    "languages": "xx", "then": "https://evil.example/", "second_factor_required": "0",
}


SAID_AT_HOME = ("POST arrivals.note", "POST pitches.join")  # forms beside others, which lead back to their page and say it there


@pytest.mark.parametrize("call", [call for call in POSTS if not call.route.json], ids=lambda call: call.key)
def test_a26_what_comes_with_a_field_that_no_form_has_is_refused_as_a_whole(
        call: Call, world: World, restore: Callable[[], None]) -> None:
    actor, data, before = may_call(call, _LIKELY), _data(call, world), world.untouched()
    plain = send(world, call, actor)
    good = {303 if call.key in SAID_AT_HOME else 422} | ({plain.status_code} if dump() == before else set())  # what changes nothing has nothing to refuse
    extra = {name: value for name, value in EXTRA.items() if name not in data}
    for more in (extra, {"is_admin": "1"}):
        restore()
        answer = send(world, call, actor, data=data | more)
        assert (answer.status_code in good, dump()) == (True, before)


@pytest.mark.parametrize("call", [call for call in POSTS if call.route.data], ids=lambda call: call.key)
def test_a26_such_fields_in_the_address_or_of_a_phone_change_nothing(
        call: Call, world: World, restore: Callable[[], None]) -> None:
    """The phones of the door may run another version of the program: what they say too much is left alone."""
    actor, data = may_call(call, _LIKELY), _data(call, world)
    extra = {name: value for name, value in EXTRA.items() if name not in {*data, "then"}}  # where to go has its test
    plain = send(world, call, actor)
    expected = plain.status_code, dump()
    restore()
    sent = {"json": {"events": [data | extra | {"live": True}]}} if call.route.json else {"query_string": extra}
    answer = send(world, call, actor, **sent)
    assert (answer.status_code, dump()) == expected


@pytest.mark.parametrize("call", [call for call in POSTS if "edit_number" in call.route.data], ids=lambda call: call.key)
def test_whoever_does_not_say_what_they_have_seen_overwrites_nothing(call: Call, world: World) -> None:
    data, before = _data(call, world), world.untouched()
    for number in ([], ["-1"], ["x"]):
        answer = send(world, call, may_call(call, _LIKELY), data=data | {"edit_number": number})
        assert (answer.status_code in (409, 422), dump()) == (True, before)


class _Forms(HTMLParser):
    """The forms of a page that change something: where each button sends which fields, as a browser fills them in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, dict[str, list[str]]]] = []
        self._form, self._select = ("", dict[str, list[str]](), list[tuple[str, str, str]]()), ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        name, value, (_, fields, buttons) = found.get("name", ""), found.get("value", ""), self._form
        if tag == "form":
            self._form = (found.get("action", "") if found.get("method") == "post" else "-", {}, [])
        elif tag == "button" and found.get("type", "submit") == "submit":
            buttons.append((found.get("formaction", ""), name, value))
        elif name and (tag == "textarea" or tag == "input" and found.get("type") != "file"):
            fields.setdefault(name, []).append(value or "Text")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in found or self._select not in fields):
            fields[self._select] = [value]

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        if tag == "form" and self._form[0] != "-":
            action, fields, buttons = self._form
            self.sent += [(other or action, fields | ({name: [value]} if name else {})) for other, name, value in buttons]
        self._form = ("-", {}, []) if tag == "form" else self._form


def test_every_form_of_every_page_sends_only_what_is_asked_for(world: World, restore: Callable[[], None]) -> None:
    tried: set[tuple[str, ...]] = set()
    for call in GETS:
        for actor in ("host", "organiser", "moderator"):
            page = send(world, call, actor)
            for action, fields in _Forms(page.text if page.status_code == 200 and page.mimetype == "text/html" else "").sent:
                way = action or call.path(world)
                kind = re.sub(r"\d+", "0", way), *sorted(fields)
                if kind not in tried:
                    tried.add(kind)
                    answer = raw(world, "POST", way, actor, data=fields, headers={"Accept-Language": "en"})
                    assert ("does not ask for" in answer.text, "in the meantime" in answer.text) == (False, False), (way, fields)
                    restore()
    assert len(tried) > 80


@pytest.mark.parametrize("name", ["administrator", "host", "", "organiser ", "ORGANISER", "organiser'--"])
def test_a26_there_are_no_other_roles_to_give(name: str, world: World) -> None:
    call = next(call for call in POSTS if call.key == "POST organise.role")
    before = db.session.scalars(select(Role.name).order_by(Role.id)).all()
    answer = send(world, call, "organiser", data={"name": name, "wanted": "yes"})
    assert (answer.status_code, db.session.scalars(select(Role.name).order_by(Role.id)).all()) == (422, before)


def test_the_likely_actors_reach_every_route() -> None:
    assert all(may_call(call, _LIKELY) in ACTORS for call in POSTS) and set(ROUTES) >= {call.key for call in POSTS}


def _token(world: World) -> tuple[str, str]:
    """A form's token and the cookie of the browser that loaded the form."""
    page = raw(world, "GET", "/sign-in", "anonymous")
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found is not None
    return found[1], page.headers["Set-Cookie"].partition(";")[0]
