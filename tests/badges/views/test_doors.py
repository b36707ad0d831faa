from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import pairing
from badges.models import Admission, Device, PairingCode, Scan
from badges.views.phones import COOKIE
from camp import clock, roster
from camp.db import db, writing
from camp.models import Camp
from tests import make
from tests.badges.made import at_door, code, english, phone

CHECK = "/ecm27/door/check-in"


def _typed(client: FlaskClient, text: str, nonce: str = "nonce-0001", **values: Any) -> Any:
    return client.post(CHECK, data={"nonce": nonce, "text": text}, **values)


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
                           ("\x00", "This is still empty.")):
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


def test_a_phone_that_is_not_paired_or_locked_out_is_told_so(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    mai, (token, device) = make.participant(camp), phone(camp)
    stranger = _typed(make.browser(app), code(mai))
    assert (stranger.status_code, "Mai" in stranger.text) == (401, False)
    assert organiser.post(f"/ecm27/organise/doors/{device.id}/revoke").status_code == 303
    client = at_door(app, camp, token)
    revoked = _typed(client, code(mai))
    assert (revoked.status_code, "This phone is locked out" in revoked.text, "Mai" in revoked.text) == (403, True, False)
    assert "This phone is locked out" in client.get("/ecm27/door?lang=en").get_data(as_text=True)
    assert db.session.query(Admission).count() == 0


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


def test_the_form_needs_its_token(app: Flask, camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    mai, (token, _) = make.participant(camp), phone(camp)
    client = at_door(app, camp, token)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    refused = client.post(CHECK, data={"nonce": "nonce-0001", "text": code(mai)})
    assert (refused.status_code, db.session.query(Scan).count()) == (400, 0)
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


def test_a_station_of_the_drill_is_offered_and_listed(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    page = organiser.post("/ecm27/organise/doors", data={"door": "Table", "station": "shirt", "once": "camp", "drill": "y"}).text
    typed = re.search(r'typed-code[^>]*>([0-9A-Z]{4}) ([0-9A-Z]{4})<', page)
    assert typed
    make.browser(app).post("/ecm27/door/pair", data={"code": typed[1] + typed[2]})
    device = db.session.query(Device).one()
    assert (device.station, device.once, device.drill) == ("shirt", "camp", True)
    listed = organiser.get("/ecm27/organise/doors?lang=en").text
    assert ("T-shirts are handed out" in listed, "Drill" in listed) == (True, True)


def test_an_organiser_brings_what_a_phone_could_not_send(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    mai, (_, device) = make.participant(camp), phone(camp)
    text = f'{{"camp": "ecm27", "device": {device.id}}}\n{{"id": "nonce-0001", "text": "{code(mai)}", "decision": "admitted"}}'
    assert organiser.post("/ecm27/organise/doors/rescue", data={"text": text}).status_code == 303
    assert db.session.query(Admission).count() == 1
    wrong = organiser.post("/ecm27/organise/doors/rescue?lang=en", data={"text": text + "\n{"})
    assert (wrong.status_code, "Line 3 is damaged." in wrong.text) == (422, True)


def test_a_door_names_who_is_in_charge_at_which_hour(app: Flask, camp: Camp) -> None:
    with writing():
        for starts, ends, who, number in ((8, 13, "Mai Krause", "0151 23"), (13, 18, "Ben", "")):
            roster.put(camp, None, roster.Duty("lead", "", make.DAY, time(starts), time(ends), who, number))
    with clock.shifted(make.until_noon(camp)):
        client = english(at_door(app, camp, phone(camp)[0]))
        page = " ".join(re.sub("<[^>]+>", " ", client.get("/ecm27/door?lang=en").text).split())
        assert "In charge on Saturday, 24 April 2027: 8:00 to 13:00 Mai Krause 0151 23 ; 13:00 to 18:00 Ben" in page
        assert "In charge on" not in english(make.browser(app)).get("/ecm27/door?lang=en").text
