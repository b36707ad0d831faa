"""A-01, A-17, A-28: every route and method × everybody who might come by: the status, no word that is not theirs, and the headers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from camp.app import create_app
from camp.config import Config
from camp.paths import STATIC
from tests.safety.calls import Call, all_calls, raw, send
from tests.safety.carried import faults, kept
from tests.safety.table import ALLOWED, READERS, ROUTES, refused
from tests.safety.world import ACTORS, PEOPLE_OF_A, World


def _map() -> Flask:
    """The address map, for collecting; this application is never called."""
    return create_app(Config(folder=STATIC, secret_key="s" * 43, vote_key="v" * 43, badge_key="b" * 43))


CALLS = all_calls(_map())


def test_a01_every_route_stands_in_the_table_and_nothing_else() -> None:
    """A new route needs a line in tests/safety/table.py: who may call it, with which data."""
    assert {call.key for call in CALLS} == set(ROUTES)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.rule.rule}")
def test_a01_everybody_gets_the_status_of_the_table_the_headers_and_no_word_that_is_not_theirs(
        call: Call, world: World, restore: Callable[[], None]) -> None:
    found = {}
    for actor in ACTORS:
        answer = send(world, call, actor)
        found[actor] = _outcome(answer)
        assert _leaks(world, answer, actor, call.route.shows) + faults(answer) + kept(answer, call, actor) == [], actor
        if call.method != "GET":
            restore()
    assert found == {actor: _expected(call, actor) for actor in ACTORS}


@pytest.mark.parametrize("call", [call for call in CALLS if call.takes_ids], ids=lambda call: call.key)
def test_a01_what_belongs_to_the_other_camp_is_not_there(call: Call, world: World, restore: Callable[[], None]) -> None:
    found = {}
    for actor in (*PEOPLE_OF_A, "door", "anonymous"):
        answer = send(world, call, actor, values_of="b")
        found[actor] = _outcome(answer)[0]
        asked = sorted((str(value) for value in world.values["b"].values()), key=len, reverse=True)  # a token whole, not its digits
        assert _leaks(world, answer, actor, (*call.route.shows, *asked)) + faults(answer) == [], actor
        if call.method != "GET":
            restore()
    for actor in ("half signed in", "participant of B", "administrator"):
        assert faults(send(world, call, actor, values_of="b")) == [], actor
    assert found == {actor: _foreign(call, actor) for actor in found}


@pytest.mark.parametrize("call", [call for call in CALLS if "camp" in call.rule.arguments], ids=lambda call: call.key)
def test_a01_no_camp_no_page(call: Call, world: World) -> None:
    path = call.path(world).replace("/camp-a/", "/camp-x/")
    statuses = {actor: raw(world, call.method, path, actor).status_code for actor in ("anonymous", "organiser", "administrator")}
    assert statuses == {"anonymous": 404, "organiser": 404, "administrator": 404}


@pytest.mark.parametrize("call", [call for call in CALLS if call.method == "GET"], ids=lambda call: call.key)
def test_a01_head_and_options_tell_no_more_than_get(call: Call, world: World) -> None:
    for actor in ("anonymous", "participant of B", "organiser"):
        head = send(world, call, actor, method="HEAD")
        assert (*_outcome(head), head.data) == (*_expected(call, actor), b"")
        options = send(world, call, actor, method="OPTIONS")
        assert options.status_code in (200, refused(call.route.policy, actor))
        assert _leaks(world, options, actor) == []


def test_a01_other_methods_are_refused_everywhere(world: World) -> None:
    answers: dict[str, set[str]] = {}
    for call in CALLS:
        answers.setdefault(call.path(world), set()).add(call.method)
    found = {(path, method): raw(world, method, path, "organiser").status_code
             for path, known in answers.items() for method in {"PUT", "PATCH", "DELETE", "TRACE", "POST"} - known}
    assert {key: status for key, status in found.items() if status != 405} == {}


SEARCHES = ("proposals?q=ei-Wand", "proposals?q=wei-Wan", "proposals?tag=Bzwei-Wand-Wort", "proposals?page=2", "agenda?mine=1",
            "agenda?view=grid", "agenda?view=grid&mine=1", "notes?show=documented", "notes?show=empty",
            "organise/people?q=wei-adr", "organise/people?q=wei-Geh", "organise/people?q=%25", "organise/people?page=2",
            f"organise/people?page={10**30}", f"proposals?page={10**30}", "organise/people?page=-1")


@pytest.mark.parametrize("search", SEARCHES)
def test_a01_a_search_finds_nothing_of_the_other_camp(search: str, world: World) -> None:
    for actor in ACTORS:
        answer = raw(world, "GET", f"/camp-a/{search}", actor)
        assert answer.status_code in (200, 303, 403)
        assert _leaks(world, answer, actor, ("Bzwei-Wand-Wort",) if "tag=" in search else ()) == [], actor


@pytest.mark.parametrize("call", [call for call in CALLS if call.route.policy not in ("everyone", "door", "half")], ids=lambda call: call.key)
def test_a01_a_part_of_a_page_leads_strangers_to_the_sign_in(call: Call, world: World) -> None:
    answer = send(world, call, "anonymous", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.data, answer.headers["HX-Redirect"].partition("?")[0]) == (200, b"", "/sign-in")


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a01_numbers_that_no_row_has_lead_nowhere(number: int, world: World) -> None:
    """Also those that no database column can hold."""
    found = {}
    for call in CALLS:
        name = next((name for name in call.rule.arguments if name.endswith("_id")), None)
        if name:
            path = re.sub(r"<int:[a-z_]+>", str(number), call.rule.rule).replace("<camp>", "camp-a")
            actor = next(one for one in ("host", "organiser", "participant") if one in ALLOWED[call.route.policy])
            found[call.key] = raw(world, call.method, path, actor, data=dict(call.route.data)).status_code
    assert found and {key: status for key, status in found.items() if status != 404} == {}


def _expected(call: Call, actor: str) -> tuple[int, bool]:
    if actor == "half signed in" and call.route.half:
        return call.route.half, False
    if actor in ALLOWED[call.route.policy]:
        return call.route.status or (200 if call.method == "GET" else 303), False
    status = refused(call.route.policy, actor)
    return status, status == 303


def _foreign(call: Call, actor: str) -> int:
    """Whom the policy lets through finds nothing; whether somebody holds a session shows only with the session."""
    policy = "participant" if call.route.policy in ("host", "voter") else call.route.policy
    return call.route.foreign if actor in ALLOWED[policy] else refused(policy, actor)


def _outcome(answer: TestResponse) -> tuple[int, bool]:
    """The status, and whether it leads to the sign-in."""
    return answer.status_code, answer.headers.get("Location", "").partition("?")[0] in ("/sign-in", "/sign-in/second-factor")


def _leaks(world: World, answer: TestResponse, actor: str, shown: tuple[str, ...] = ()) -> list[str]:
    """Words of B, and words of A that this actor may not read, in the body or the headers."""
    text = (answer.get_data().decode("utf-8", "replace") + str(answer.headers)).replace("\u00ad", "").lower()
    text = re.sub(r"\r\n[ \t]", "", text)  # calendars fold their lines
    text = re.sub(r"-</text>\s*<text[^>]*>", "-", text)  # and badges theirs
    for word in sorted((*shown, *_own(actor)), key=len, reverse=True):  # a short one may be part of a longer
        text = text.replace(word.lower(), "")
    found = re.findall(r"bzwei-[\w@.-]*", text) + [number for number in re.findall(r"\d{9}", text) if number in world.ids_of_b]
    for kind, readers in READERS.items():
        if actor not in readers:
            found += re.findall(rf"aeins-{kind.lower()}[\w@.-]*", text)
    return found


def _own(actor: str) -> tuple[str, ...]:
    """What an actor may read about themselves: the name, the address; a phone its door."""
    role = {"half signed in": "organiser"}.get(actor, actor).replace(" ", "-").removesuffix("-of-B")
    mark = "Bzwei" if actor.endswith("of B") else "Aeins"
    own = (f"{mark}-Geheim-{role}-Firma", f"{mark}-Geheim-Ort-{role}", f"{mark}-Geheim-{role}", f"{mark}-adresse-{role}")
    return (*own, "Aeins-Geheim-Tuer") if actor == "door" else own
