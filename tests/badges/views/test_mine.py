from __future__ import annotations

from flask import Flask

from badges import private_codes, public_cards
from camp.db import writing
from tests import make
from tests.badges.made import KEY, code, english


def test_my_page_shows_my_badge_as_it_will_be_printed(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Maximiliane", "Krause", badge_name="Maxi")
    browser = english(make.browser(app, mai))
    page = browser.get("/ecm27/me").text
    assert [word in page for word in (">Maxi</text>", ">Krause</text>", 'href="/ecm27/me/edit#badge_name"', "The code comes")] == [True, True, True, False]
    assert "The code comes with the print." in browser.get("/ecm27/me/badge").text
    text = code(mai)
    assert f">{text[:4]} {text[4:8]} {text[8:12]} {text[12:]}</text>" in browser.get("/ecm27/me/badge").text
    waiting = make.participant(camp, "Wei", state="cancelled")
    assert "badge-picture" not in make.browser(app, waiting).get("/ecm27/me").text


def test_i_say_what_those_see_who_scan_my_badge(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    browser = english(make.browser(app, mai))
    assert browser.post("/ecm27/me/badge", data={"shown": "y", "contact": " @mai "}).status_code == 303
    card = public_cards.of(mai)
    assert card is not None and card.contact == "@mai"
    assert 'value="@mai"' in browser.get("/ecm27/me/badge").text
    assert browser.post("/ecm27/me/badge", data={"shown": "y", "contact": "x" * 201}).status_code == 422
    browser.post("/ecm27/me/badge", data={"contact": "@mai"})
    assert public_cards.of(mai) is None


def test_i_end_my_own_private_code_and_nobody_elses(app: Flask) -> None:
    camp = make.camp()
    mai, wei = make.participant(camp), make.participant(camp, "Wei")
    browser = english(make.browser(app, mai))
    assert "Private code" not in browser.get("/ecm27/me/badge").text
    with writing():
        private_codes.ensure(camp, [mai.id, wei.id], KEY)
    assert "Revoke the private code" in browser.get("/ecm27/me/badge").text
    assert browser.post("/ecm27/me/badge/revoke-private").location == "/ecm27/me/badge"
    assert "The next folded badge carries another one." in browser.get("/ecm27/me/badge").text
    assert list(private_codes.addresses(camp, KEY, "h")) == [wei.id]
    assert browser.post("/ecm27/me/badge/revoke-private").status_code == 409
