from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import pairing
from badges.models import Admission, Device, PairingCode, Scan
from badges.views.doors import COOKIE
from camp import clock
from camp.db import db, writing
from camp.models import Camp
from tests import make
from tests.badges.made import at_door, code, english, phone

HEADER = {"X-Camp-Door": "1"}
CHECK = "/ecm27/door/check-in"


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def organiser(app: Flask, camp: Camp) -> FlaskClient:
    person = make.person()
    make.role(camp, person, "organiser")
    return english(make.browser(app, person))


def _sent(client: FlaskClient, text: str, nonce: str = "nonce-0001", **values: Any) -> Any:
    return client.post(CHECK, json={"nonce": nonce, "text": text}, headers=HEADER, **values)


def test_an_organiser_is_shown_a_code_with_which_a_phone_becomes_a_door(app: Flask, camp: Camp,
                                                                           organiser: FlaskClient) -> None:
    empty = organiser.get("/ecm27/organise/doors?lang=en").get_data(as_text=True)
    assert "No phone is paired yet" in empty
    page = organiser.post("/ecm27/organise/doors", data={"door": "Foyer <b>"})
    shown = page.get_data(as_text=True)
    typed = re.search(r'typed-code[^>]*>([0-9A-Z]{4}) ([0-9A-Z]{4})<', shown)
    assert typed
    assert ("Foyer &lt;b&gt;" in shown, "Foyer <b>" in shown) == (True, False)
    assert page.headers["Cache-Control"] == "no-store"
    client = english(make.browser(app))
    assert "Make this phone a door" in client.get("/ecm27/door?lang=en").get_data(as_text=True)
    answer = client.post("/ecm27/door/pair", data={"code": f"{typed[1]} {typed[2]}".lower()})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ecm27/door")
    cookie = answer.headers["Set-Cookie"]
    for part in (f"{COOKIE}=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/ecm27/door"):
        assert part in cookie
    ready = client.get("/ecm27/door").get_data(as_text=True)
    assert ("Foyer &lt;b&gt;" in ready, "Start scanning" in ready, "0 of 0 are here" in ready) == (True, True, True)
    listed = organiser.get("/ecm27/organise/doors?lang=en").get_data(as_text=True)
    assert ("may scan" in listed, "none yet" in listed) == (True, True)


def test_a_door_without_a_name_is_refused_beside_the_field(camp: Camp, organiser: FlaskClient) -> None:
    for name, sentence in (("", "This is still empty."), ("x" * 41, "at most 40 characters"),
                           ("\x00", "A door needs a name.")):
        answer = organiser.post("/ecm27/organise/doors?lang=en", data={"door": name})
        assert (answer.status_code, sentence in answer.get_data(as_text=True)) == (422, True)
    assert db.session.query(PairingCode).count() == 0


@pytest.mark.parametrize(("typed", "sentence"), [
    ("", "This is still empty."), ("ABCDEFGH", "We do not know this code.")])
def test_a_wrong_pairing_code_is_refused_and_stays_typed(camp: Camp, client: FlaskClient, typed: str,
                                                             sentence: str) -> None:
    answer = client.post("/ecm27/door/pair?lang=en", data={"code": typed})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, sentence in page, f'value="{typed}"' in page) == (422, True, True)
    assert "Set-Cookie" not in answer.headers or COOKIE not in answer.headers["Set-Cookie"]


def test_only_organisers_see_and_change_the_doors(app: Flask, camp: Camp) -> None:
    _, device = phone(camp)
    token, _ = phone(camp)
    for client in (make.browser(app, make.participant(camp)), make.browser(app), at_door(app, camp, token)):
        answers = [client.get("/ecm27/organise/doors"), client.post("/ecm27/organise/doors", data={"door": "A"}),
                   client.post(f"/ecm27/organise/doors/{device.id}/revoke")]
        assert {answer.status_code for answer in answers} <= {303, 403}
    assert (db.session.query(PairingCode).count(), pairing.standing(device)) == (2, "paired")


def test_a_scan_is_answered_in_words_and_counted(app: Flask, camp: Camp) -> None:
    mai = make.participant(camp, "Mai", "Krause", organisation="Lagerpilot", kind="start-up", photo="no")
    token, _ = phone(camp)
    client = at_door(app, camp, token)
    answer = _sent(client, f"HTTPS://LOCALHOST/B/{code(mai)}")
    since = answer.json["since"]
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert re.fullmatch(r"\d{1,2}:\d\d", since)
    common = {"name": "Mai Krause", "organisation": "Lagerpilot", "kind": "Start-up", "no_photo": True, "since": since,
              "door": "main entrance", "count": "1 of 1 are here"}
    assert answer.json == common | {"verdict": "admitted", "tone": "go", "word": "Welcome", "sentence": ""}
    assert _sent(client, code(mai), "nonce-0002").json == common | {
        "verdict": "already", "tone": "wait", "word": "Already in",
        "sentence": f"In since {since}, door: main entrance."}


def test_an_unknown_code_is_answered_without_a_name(app: Flask, camp: Camp) -> None:
    answer = _sent(at_door(app, camp, phone(camp)[0]), "ABCDEFGHIJKLMNOP")
    nobody = {"name": "", "organisation": "", "kind": "", "no_photo": False, "since": "", "door": ""}
    assert answer.json | nobody | {"verdict": "unknown", "tone": "stop"} == answer.json


def test_a_phone_that_is_not_paired_or_locked_out_is_told_so(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    mai, (token, device) = make.participant(camp), phone(camp)
    stranger = _sent(make.browser(app), code(mai))
    assert (stranger.status_code, stranger.json["verdict"], stranger.json["name"]) == (401, "not-paired", "")
    assert organiser.post(f"/ecm27/organise/doors/{device.id}/revoke").status_code == 303
    client = at_door(app, camp, token)
    revoked = _sent(client, code(mai))
    assert (revoked.status_code, revoked.json["verdict"]) == (403, "device-revoked")
    assert (revoked.json["name"], revoked.json["count"]) == ("", "")
    assert "This phone is locked out" in client.get("/ecm27/door?lang=en").get_data(as_text=True)
    assert db.session.query(Admission).count() == 0


def test_the_token_of_one_camp_does_not_open_another(app: Flask, camp: Camp) -> None:
    other = make.camp("other")
    mai, (token, _) = make.participant(other), phone(camp)
    client = at_door(app, other, token)
    answer = client.post("/other/door/check-in", json={"nonce": "nonce-0001", "text": code(mai)}, headers=HEADER)
    assert (answer.status_code, answer.json["verdict"]) == (401, "not-paired")


@pytest.mark.parametrize("sent", [
    {"json": {"nonce": "nonce-0001", "text": "x"}}, {"json": ["x"], "headers": HEADER},
    {"data": "{", "content_type": "application/json", "headers": HEADER},
])
def test_a_call_without_the_header_or_with_another_body_is_damaged(app: Flask, camp: Camp,
                                                                        sent: dict[str, Any]) -> None:
    answer = at_door(app, camp, phone(camp)[0]).post(CHECK, **sent)
    assert (answer.status_code, answer.json) == (400, {"sentence": "The request is damaged."})
    assert db.session.query(Scan).count() == 0


def test_a_call_without_its_number_is_refused_as_json(app: Flask, camp: Camp) -> None:
    answer = _sent(at_door(app, camp, phone(camp)[0]), "x", "")
    assert (answer.status_code, "no number" in answer.json["sentence"]) == (422, True)


def test_typing_works_without_scripts(app: Flask, camp: Camp) -> None:
    mai, (token, _) = make.participant(camp, "Mai", "<i>Krause"), phone(camp)
    client = at_door(app, camp, token)
    page = client.get("/ecm27/door?lang=en").get_data(as_text=True)
    nonce = re.search(r'name="nonce"[^>]*value="([^"]+)"', page)
    assert nonce
    form = {"nonce": nonce[1], "text": code(mai).lower()}
    for _ in range(2):  # a double tap sends the same number twice
        answer = client.post(CHECK, data=form)
        shown = answer.get_data(as_text=True)
        assert (answer.status_code, 'class="door go"' in shown, "Mai &lt;i&gt;Krause" in shown) == (200, True, True)
    again = client.post(CHECK, data=form | {"nonce": "another-nonce"}).get_data(as_text=True)
    assert ('class="door wait"' in again, "Already in" in again) == (True, True)
    empty = client.post(CHECK, data={"nonce": "third-nonce", "text": ""})
    assert (empty.status_code, "This is still empty." in empty.get_data(as_text=True)) == (422, True)


def test_the_form_needs_its_token_although_scripts_do_not(app: Flask, camp: Camp,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    mai, (token, _) = make.participant(camp), phone(camp)
    client = at_door(app, camp, token)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    refused = client.post(CHECK, data={"nonce": "nonce-0001", "text": code(mai)})
    assert (refused.status_code, db.session.query(Scan).count()) == (422, 0)
    assert _sent(client, code(mai)).json["verdict"] == "admitted"
    assert client.post("/ecm27/door/pair", data={"code": "ABCDEFGH"}).status_code == 400


@pytest.mark.parametrize(("host", "scheme", "safe"), [
    ("192.168.1.5:8000", "http", False), ("camp.local", "http", False), ("127.0.0.1:8000", "http", True),
    ("localhost:8000", "http", True), ("192.168.1.5", "https", True),
])
def test_plain_http_on_another_machine_is_named_and_pairs_nothing(app: Flask, camp: Camp, host: str, scheme: str,
                                                                   safe: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", [host.partition(":")[0]])
    with writing():
        typed = pairing.offer(camp, "A")
    client = english(app.test_client())
    page = client.get("/ecm27/door?lang=en", base_url=f"{scheme}://{host}").get_data(as_text=True)
    assert ("Pair this phone" in page, 'stack" hidden data-unsafe>' in page) == (safe, safe)
    assert "This address is not encrypted (http)." in page
    client.post("/ecm27/door/pair", data={"code": typed}, base_url=f"{scheme}://{host}")
    assert db.session.query(Device).count() == int(safe)


def test_behind_a_proxy_with_https_the_door_is_safe(app: Flask, camp: Camp) -> None:
    page = app.test_client().get("/ecm27/door?lang=en", base_url="http://localhost").get_data(as_text=True)
    assert 'stack" hidden data-unsafe>' in page


def test_after_the_camp_the_phone_is_told_that_it_is_over(app: Flask, camp: Camp) -> None:
    token, _ = phone(camp)
    with clock.shifted(make.until_noon(camp) + timedelta(days=2)):
        assert "The pairing has ended" in at_door(app, camp, token).get("/ecm27/door?lang=en").get_data(as_text=True)


def test_only_the_worker_of_the_door_may_compile_wasm(client: FlaskClient) -> None:
    policies = {path: client.get(f"/static/{path}").headers["Content-Security-Policy"] for path in (
        "door-worker.js", "door.js", "vendor/zxing-wasm-3.1.4/zxing_reader.js")}
    assert [path for path, policy in policies.items() if "'wasm-unsafe-eval'" in policy] == ["door-worker.js"]
    assert all("'unsafe" not in policy and "default-src 'none'" in policy for policy in policies.values())
