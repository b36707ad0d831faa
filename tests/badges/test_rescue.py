from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from badges import pairing, rescue
from badges.models import Admission, Device, Scan
from camp import clock
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp
from tests import make
from tests.badges.made import HOST, at_door, code, phone


def _text(camp: Camp, device: Device, *events: dict[str, Any]) -> str:
    return "\n".join(json.dumps(line) for line in ({"camp": camp.slug, "device": device.id}, *events))


def _event(text: str, nonce: str = "nonce-0001") -> dict[str, Any]:
    return {"id": nonce, "text": text, "at": clock.now().timestamp() * 1000, "decision": "admitted"}


def test_what_a_locked_out_phone_had_not_sent_counts_once_however_often_it_is_brought(app: Flask) -> None:
    camp = make.camp()
    mai, (token, device) = make.participant(camp), phone(camp)
    event = _event(code(mai))
    with writing():
        pairing.revoke(camp, device.id)
    at_door(app, camp, token).post("/ecm27/door/events", json={"events": [event]}, headers={"X-Camp-Door": "1"})
    assert db.session.query(Admission).count() == 0
    for _ in range(2):
        with writing():
            assert rescue.take(camp, _text(camp, device, event), host=HOST) == 1
    assert [(scan.verdict, scan.decision) for scan in db.session.query(Scan)] == [("admitted", "admitted")]
    assert db.session.query(Admission).count() == 1


@pytest.mark.parametrize(("text", "said"), [
    ("", "not the text"), ("hello", "not the text"), ("[]", "Line 1"), ('{"camp": "other", "device": 1}', "not the text"), ('{"camp": "ecm27", "device": 99}', "not the text"),
    ('{"camp": "ecm27", "device": "1"}', "not the text"), ('{"camp": "ecm27", "device": {device}}\n{', "Line 2"), ('{"camp": "ecm27", "device": {device}}\n{"id": "x"}', "Line 2")])
def test_another_text_is_refused_with_its_line(app: Flask, text: str, said: str) -> None:
    camp = make.camp()
    _, device = phone(camp)
    with writing(), pytest.raises(BadInput, match=said):
        rescue.take(camp, text.replace("{device}", str(device.id)), host=HOST)
