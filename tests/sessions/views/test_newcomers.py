"""Tests of sessions/views/newcomers.py."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import venue
from camp.db import writing
from sessions import agenda, newcomers, planning
from tests import make

EN = {"Accept-Language": "en"}


def test_an_organiser_says_who_offers_it_and_newcomers_find_it_with_time_and_room(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    anna = make.participant(camp, "Anna", "Richter")
    who = make.person()
    make.role(camp, who, "organiser")
    organiser = make.browser(app, who)
    assert "None is chosen yet." in organiser.get("/ecm27/organise/newcomers", headers=EN).text
    answer = organiser.post("/ecm27/organise/newcomers", data={"title": "<b>New</b>", "host": ""}, headers=EN)
    assert (answer.status_code, "&lt;b&gt;New" in answer.text) == (422, True)
    assert organiser.post("/ecm27/organise/newcomers", data={"title": "<b>New</b>", "host": "Anna Richter"}).status_code == 303
    found, grid = newcomers.of(camp), venue.grid(camp)
    assert found is not None and [host.participant_id for host in found.hosts] == [anna.id]
    with writing():
        planning.move(camp, found.id, grid.rooms[1].id, grid.session_slots[1].id)
    with writing():
        agenda.publish(camp)
    page = client.get("/ecm27/", headers=EN).text.partition('id="newcomers"')[2].partition("</section>")[0]
    assert all(words in page for words in ("Here for the first time?", "&lt;b&gt;New", "Anna Richter", "11:00", "Room B"))
    first, other = (make.browser(app, make.participant(camp, first_time=new)) for new in (True, False))
    assert ['id="newcomers"' in browser.get("/ecm27/me").text for browser in (first, other)] == [True, False]
    assert "for newcomers" in client.get(f"/ecm27/proposals/{found.id}", headers=EN).text
    organiser.post("/ecm27/organise/newcomers/choose", data={"session": "0"})
    assert 'id="newcomers"' not in client.get("/ecm27/").text
