from __future__ import annotations

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import pairing
from badges.models import Admission, DoorNote, Scan
from badges.views import phones
from camp import clock
from camp.db import db, writing
from camp.models import Camp, Needs, Participant
from camp.paths import STATIC
from tests import make
from tests.badges.made import at_door, code, phone

HEADER = {"X-Camp-Door": "1"}
LIST, EVENTS = "/ecm27/door/list", "/ecm27/door/events"


@pytest.fixture
def mai(camp: Camp) -> Participant:
    return make.participant(camp, "Mai", "Krause", organisation="Lagerpilot", kind="start-up", photo="no", first_time=True,
                            address="mai@lagerpilot.example")


def _take(client: FlaskClient, *events: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = client.post(EVENTS, json={"events": list(events)}, headers=HEADER)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
    found: dict[str, Any] = answer.get_json()
    return found


def _scan(text: str, nonce: str = "nonce-0001", **values: Any) -> dict[str, Any]:
    return {"id": nonce, "text": text, "live": True} | values


def _lines(answer: Any) -> list[list[Any]]:
    return [line for lines in answer.get_json()["drawers"].values() for line in lines]


def test_a_live_scan_is_answered_with_the_name_and_the_second_with_time_and_door(app: Flask, camp: Camp, mai: Participant) -> None:
    client = at_door(app, camp, phone(camp)[0])
    answer = _take(client, _scan(code(mai)))["answers"]["nonce-0001"]
    since = answer["since"]
    assert since > 1_600_000_000_000
    common = {"person": f"p{mai.id}", "name": "Mai Krause", "organisation": "Lagerpilot", "kind": "start-up", "no_photo": True, "since": since,
              "door": "main entrance"}
    assert answer == common | {"verdict": "admitted"}
    assert _take(client, _scan(code(mai), "nonce-0002"))["answers"] == {"nonce-0002": common | {"verdict": "already"}}


def test_a31_the_list_names_people_by_hash_and_holds_no_address(app: Flask, camp: Camp, mai: Participant) -> None:
    text = code(mai)
    with writing():
        db.session.add_all([DoorNote(participant_id=mai.id, text="Zum Infopunkt"), Needs(participant_id=mai.id, diet="vegan", shirt="L")])
    answer = at_door(app, camp, phone(camp)[0]).get(LIST)
    assert answer.status_code == 200
    (line,) = _lines(answer)
    assert line[0] == f"p{mai.id}"
    assert line[2:] == ["Mai Krause", "Lagerpilot", "start-up", "admitted", "nf", [], "Zum Infopunkt", "L", 0, ""]
    whole = answer.get_data(as_text=True)
    assert [word for word in ("lagerpilot.example", "vegan", text) if word in whole] == []
    assert (answer.json["size"], answer.json["here"], answer.json["expected"], answer.json["days"]) == (1, 0, 1, ["2027-04-24"])


def test_a_phone_gets_only_what_differs_and_nothing_if_nothing_does(app: Flask, camp: Camp) -> None:
    people = [make.participant(camp, f"Mai{number}") for number in range(40)]
    client, text = at_door(app, camp, phone(camp)[0]), code(people[7])
    whole = client.get(LIST)
    assert len(_lines(whole)) == 40
    have = {"have": whole.json["version"]}
    assert client.get(LIST, query_string=have, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert _lines(client.get(LIST, query_string=have)) == []
    _take(client, _scan(text))
    later = client.get(LIST, query_string=have, headers={"If-None-Match": whole.headers["ETag"]})
    assert later.status_code == 200
    found = {line[0]: line for line in _lines(later)}
    assert f"p{people[7].id}" in found
    assert len(found) < 8  # of some drawers
    assert found[f"p{people[7].id}"][11] == "main entrance"


def test_the_list_is_packed_where_the_phone_takes_it(app: Flask, camp: Camp) -> None:
    for number in range(60):
        make.participant(camp, f"Mai{number}")
    answer = at_door(app, camp, phone(camp)[0]).get(LIST, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.data))["size"] == 60


def test_a31_the_token_counts_as_bearer_too_and_a_revoked_one_not_from_then_on(app: Flask, camp: Camp, mai: Participant) -> None:
    token, device = phone(camp)
    client, headers = make.browser(app), HEADER | {"Authorization": f"Bearer {token}"}
    assert client.get(LIST, headers=headers).status_code == 200
    sent = {"events": [_scan(code(mai))]}
    assert client.post(EVENTS, json=sent, headers=headers).get_json()["answers"]["nonce-0001"]["verdict"] == "admitted"
    with writing():
        pairing.revoke(camp, device.id)
    refused = client.get(LIST, headers=headers)
    assert (refused.status_code, refused.get_json()) == (403, {"verdict": "device-revoked"})
    answer = client.post(EVENTS, json={"events": [_scan(code(mai), "nonce-0009")]}, headers=headers)
    assert (answer.status_code, answer.get_json()["verdict"], "Mai" in answer.text) == (403, "device-revoked", False)
    assert [scan.verdict for scan in db.session.query(Scan).order_by(Scan.id)] == ["admitted", "device-revoked"]


def test_a31_after_the_camp_and_at_another_camp_the_token_opens_nothing(app: Flask, camp: Camp, mai: Participant) -> None:
    token, _ = phone(camp)
    other = make.camp("other")
    answer = at_door(app, other, token).get("/other/door/list")
    assert (answer.status_code, answer.get_json()) == (401, {"verdict": "not-paired"})
    with clock.shifted(make.until_noon(camp) + timedelta(days=2)):
        assert at_door(app, camp, token).get(LIST).get_json() == {"verdict": "device-expired"}


@pytest.mark.parametrize("sent", [
    {"json": {"events": []}}, {"json": ["x"], "headers": HEADER}, {"json": {"events": ["x"]}, "headers": HEADER},
    {"json": {"events": [{"id": f"nonce-{n:04}"} for n in range(51)]}, "headers": HEADER},
    {"data": "{", "content_type": "application/json", "headers": HEADER},
])
def test_a_call_without_the_header_or_with_another_body_is_damaged(app: Flask, camp: Camp, sent: dict[str, Any]) -> None:
    answer = at_door(app, camp, phone(camp)[0]).post(EVENTS, **sent)
    assert (answer.status_code, answer.json) == (400, {"sentence": "The request is damaged."})
    assert db.session.query(Scan).count() == 0


def test_a_damaged_event_is_named_and_the_others_count(app: Flask, camp: Camp, mai: Participant) -> None:
    answers = _take(at_door(app, camp, phone(camp)[0]), _scan("x", ""), {"id": "nonce-0007", "act": "dance"}, _scan(code(mai)))["answers"]
    assert {name: answer["verdict"] for name, answer in answers.items()} == {"": "damaged", "nonce-0007": "damaged", "nonce-0001": "admitted"}


def test_a_phone_of_the_drill_has_invented_people_and_leaves_no_trace(app: Flask, camp: Camp, mai: Participant) -> None:
    token, device = phone(camp)
    with writing():
        device.drill = True
        db.session.add(device)
    client = at_door(app, camp, token)
    answer = client.get(LIST)
    assert (answer.json["size"], answer.json["drill"], "Mai Krause" in answer.text) == (60, True, False)
    assert _take(client, _scan(code(mai)))["answers"]["nonce-0001"]["verdict"] == "drill"
    assert (db.session.query(Scan).count(), db.session.query(Admission).count()) == (0, 0)


def test_the_door_can_be_installed_and_is_kept_by_a_script_whose_scope_is_the_door(camp: Camp, client: FlaskClient) -> None:
    kept = client.get("/ecm27/door/sw.js")
    assert (kept.mimetype, kept.headers["Service-Worker-Allowed"]) == ("text/javascript", "/ecm27/door")
    assert all(f"door/{path.name}" in kept.text for path in (STATIC / "door").glob("*.js"))
    for name in phones.FILES:
        assert (STATIC / name).is_file(), name
    manifest = client.get("/ecm27/door/app.webmanifest")
    assert (manifest.mimetype, manifest.json["scope"], manifest.json["start_url"]) == ("application/manifest+json", "/ecm27/door", "/ecm27/door")


def test_only_the_reader_of_the_door_may_compile_wasm(camp: Camp, client: FlaskClient) -> None:
    policies = {path: client.get(path).headers["Content-Security-Policy"] for path in (
        "/ecm27/door/decoder.js", "/ecm27/door/sw.js", "/static/door/main.js", "/static/vendor/zxing-wasm-3.1.4/zxing_reader.js")}
    assert [path for path, policy in policies.items() if "'wasm-unsafe-eval'" in policy] == ["/ecm27/door/decoder.js"]
    assert all("'unsafe" not in policy and "default-src 'none'" in policy for policy in policies.values())
