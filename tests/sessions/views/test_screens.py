from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from camp import clock, pictures, venue
from camp.db import writing
from camp.models import Camp, Partner
from sessions import absence, agenda, desk, introductions, pitches, planning, screens, stage
from tests import make
from tests.sessions.pitching import in_english, joined, live_camp, titles


def _screen(camp: Camp, kind: str = "beamer") -> str:
    with writing():
        return screens.make(camp, "Stage", kind)[0]


def test_the_address_is_shown_once_and_ends_when_it_is_revoked(app: Flask, client: FlaskClient) -> None:
    browser = in_english(app, live_camp(), "organiser")
    made = browser.post("/ecm27/organise/screens", data={"name": "Stage", "kind": "beamer"}).text
    address = re.search(r'href="https://localhost(/ecm27/screen/[\w-]+)"', made)
    assert address is not None and address[1] not in browser.get("/ecm27/organise/screens").text
    assert [client.get(address[1] + more).status_code for more in ("", "/part")] == [200, 200]
    row = re.search(r"/screens/(\d+)/revoke", browser.get("/ecm27/organise/screens").text)
    assert row is not None
    browser.post(f"/ecm27/organise/screens/{row[1]}/revoke")
    assert [client.get(address[1] + more).status_code for more in ("", "/part")] == [404, 404]


def test_the_beamer_shows_the_pitch_large_with_clock_and_hands_and_who_is_next(app: Flask, client: FlaskClient) -> None:
    camp = live_camp()
    joined(camp, "Mai", "Ben", "Jo", "Eva", "Zoe")
    with writing():
        stage.call_next(camp)
    page = client.get(f"/ecm27/screen/{_screen(camp)}?lang=en").text
    assert '<h1 class="" dir="auto">Mais topic</h1>' in page and 'data-left="60"' in page and "data-clock" in page
    assert [name for name in ("Ben", "Jo", "Eva", "Zoe") if f"{name}s topic" in page] == ["Ben", "Jo", "Eva"]


def test_without_a_pitch_the_beamer_shows_grid_hashtags_and_partners_in_leaves(app: Flask, client: FlaskClient) -> None:
    camp = live_camp()
    who = make.participant(camp, hashtags=["#KI"])
    with writing():
        introductions.wish(who, cloud=True, buddy="")
        desk.save(camp, desk.Pitch("n", "Returns", "Mai", 3))
    page = client.get(f"/ecm27/screen/{_screen(camp)}?lang=en").text
    assert "#KI" in page and "Room A, “Returns”. 3 hands." in page and "1 of 4 cells" in page and "What would you come to?" in page and page.count("data-leaf") == 4


def test_what_was_called_off_on_the_day_stands_on_the_beamer(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    session, grid = make.session(camp, "Returns"), venue.grid(camp)
    with writing():
        planning.move(camp, session.id, grid.rooms[0].id, grid.session_slots[0].id)
        agenda.publish(camp)
    address = f"/ecm27/screen/{_screen(camp)}?lang=en"
    assert "Cancelled" not in client.get(address).text
    with clock.shifted(make.until_noon(camp)), writing():
        absence.call_off(camp, session.id)
    page = client.get(address).text
    assert '<h1>Cancelled</h1>' in page and '<s dir="auto">Returns</s>' in page


def test_the_part_is_empty_while_nothing_differs_and_hands_and_votes_show_without_the_change_number(app: Flask, client: FlaskClient) -> None:
    camp = live_camp()
    address = f"/ecm27/screen/{_screen(camp)}/part"
    first = client.get(address)
    mark = first.headers["ETag"]
    assert (first.status_code, first.headers["Cache-Control"], float(first.headers["Camp-Now"]) > 0) == (200, "no-store", True)
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    with writing():
        pitches.join(camp, name="Mai", title="T")
    number = camp.change_number
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 200
    assert camp.change_number == number


def test_at_the_tablet_people_stand_in_line_without_signing_in(app: Flask, client: FlaskClient) -> None:
    camp = live_camp()
    session = make.session(camp, "Returns", [make.participant(camp)])
    address = f"/ecm27/terminal/{_screen(camp, 'terminal')}"
    assert "Returns" in client.get(address).text
    for data, status in (({"session": session.id}, 303), ({"title": "Neues", "name": "Jo"}, 303), ({"title": "Namenlos"}, 422),
                         ({"session": session.id}, 422), ({"session": "999"}, 422)):
        assert client.post(address, data=data).status_code == status, data
    assert titles(camp) == ["Returns", "Neues"]
    assert client.post(f"/ecm27/terminal/{_screen(camp)}", data={"title": "T", "name": "N"}).status_code == 404


def test_the_beamer_carries_the_logos_of_the_camp_and_its_partners(app: Flask, client: FlaskClient) -> None:
    camp = make.camp(title="Camp with a logo")
    address = f"/ecm27/screen/{_screen(camp)}?lang=en"
    assert ("<img" in client.get(address).text, "<span>Camp with a logo</span>" in client.get(address).text) == (False, True)
    with writing():
        camp.partners.append(Partner(name="Aquarium", tier="sponsor"))
        logos = [pictures.put(camp, owner, make.picture()).id for owner in (camp, camp.partners[0])]
    page = client.get(address).text
    assert re.findall(r'<img class="logo" src="/ecm27/pictures/(\d+)" alt="([^"]*)">', page) == [
        (str(logos[0]), "Camp with a logo"), (str(logos[1]), "")]
    assert client.get(f"/ecm27/pictures/{logos[0]}").status_code == 200
