from __future__ import annotations

import io

from flask import Flask
from flask.testing import FlaskClient

from camp import partners, pictures, venue
from camp.db import db, writing
from camp.models import Camp
from tests import make

EN = {"Accept-Language": "en"}


def _file(data: bytes = b"", name: str = "logo.png") -> tuple[io.BytesIO, str]:
    return io.BytesIO(data or make.picture()), name


def test_logo_and_colour_are_shown_on_every_page(camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    answer = make.save(browser, "/ecm27/organise/look", data={"own_colour": "y", "accent": "#22338f", "file": _file()})
    assert answer.location == "/ecm27/organise/opening"
    db.session.refresh(camp)
    home = client.get("/ecm27/").text
    address = f"/ecm27/pictures/{camp.picture_id}"
    assert (f'<img class="logo" src="{address}" alt="Camp ecm27">' in home, 'href="/ecm27/accent.css?v=22338f"' in home) == (True, True)
    sheet = client.get("/ecm27/accent.css")
    assert (sheet.content_type, "--accent: #22338f;" in sheet.text) == ("text/css; charset=utf-8", True)
    for visitor in (client, browser):
        logo = visitor.get(address)
        assert (logo.content_type, logo.headers["Cache-Control"], logo.data[:4]) == ("image/png", "private, max-age=31536000, immutable", b"\x89PNG")


def test_a_look_without_a_file_keeps_the_logo_and_a_button_takes_it_away(camp: Camp, browser: FlaskClient) -> None:
    with writing():
        kept = pictures.put(camp, camp, make.picture()).id
    make.save(browser, "/ecm27/organise/look", data={"accent": "#22338f", "file": (io.BytesIO(), "")})
    db.session.refresh(camp)
    assert (camp.picture_id, camp.accent) == (kept, "")
    assert browser.post("/ecm27/organise/look/remove").location == "/ecm27/organise/look"
    db.session.refresh(camp)
    assert (camp.picture_id, browser.get(f"/ecm27/pictures/{kept}").status_code) == (None, 404)


def test_what_is_refused_stands_beside_its_field_and_nothing_is_saved(camp: Camp, browser: FlaskClient) -> None:
    colour = {"own_colour": "y", "accent": "#22338f"}
    for data, field, sentence in ((colour | {"accent": "#ffee00", "file": _file()}, "accent", "Words in this colour would have a contrast of 1.1 to 1"),
                                  (colour | {"file": _file(b"<svg/>", "logo.svg")}, "file", "An SVG can carry scripts, so it is not taken.")):
        page = make.save(browser, "/ecm27/organise/look", data=data, headers=EN)
        assert (page.status_code, sentence in page.text, f'id="{field}-error"' in page.text) == (422, True, True)
        db.session.refresh(camp)
        assert (camp.accent, camp.picture_id) == ("", None)


def test_rooms_and_partners_have_pictures_of_their_own(app: Flask, camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    with writing():
        partners.add(camp, "Stadtwerke", "sponsor", "https://example.org")
    room, partner = venue.rooms(camp)[0], camp.partners[0]
    for kind, owner in (("rooms", room), ("partners", partner)):
        path = f"/ecm27/organise/{kind}/{owner.id}/picture"
        assert browser.post(path, data={}, headers=EN).status_code == 422
        assert browser.post(path, data={"file": _file()}).location == path
        db.session.refresh(owner)
        assert f"/ecm27/pictures/{owner.picture_id}" in browser.get(path).text
        assert f"/ecm27/pictures/{owner.picture_id}" in browser.get(path.removesuffix("/picture")).text
    assert f"/ecm27/pictures/{partner.picture_id}" in client.get("/ecm27/").text
    mine = make.browser(app, make.participant(camp)).get("/ecm27/", headers=EN).text
    assert ("The way to Room A" in mine, f"/ecm27/pictures/{room.picture_id}" in mine) == (True, True)
    browser.post(f"/ecm27/organise/rooms/{room.id}/picture", data={"remove": "yes"})
    db.session.refresh(room)
    assert room.picture_id is None
    for path in ("/ecm27/organise/rooms/99999/picture", "/ecm27/organise/partners/99999/picture", "/ecm27/organise/slots/1/picture", "/ecm27/pictures/99999"):
        assert browser.get(path).status_code == 404


def test_pictures_of_a_camp_that_is_not_open_are_its_teams(camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    with writing():
        number = pictures.put(camp, camp, make.picture()).id
        camp.opened_at = None
    assert [visitor.get(f"/ecm27/pictures/{number}").status_code for visitor in (client, browser)] == [404, 200]
