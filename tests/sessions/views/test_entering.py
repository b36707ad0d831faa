"""Tests of sessions/views/entering.py."""

from __future__ import annotations

from flask import Flask

from sessions import proposals
from tests import make


def test_staff_enters_a_proposal_for_somebody_with_all_a_host_could_say(app: Flask) -> None:
    camp = make.camp()
    anna = make.participant(camp, "Anna", "Richter")
    browsers = {}
    for role in ("helper", "organiser"):
        who = make.person()
        make.role(camp, who, role)
        browsers[role] = make.browser(app, who)
    assert "Enter one for somebody else" in browsers["helper"].get("/ecm27/proposals?lang=en").text
    address = "/ecm27/organise/proposals/new?lang=en"
    assert ["Anna Richter" in browsers[role].get(address).text for role in ("helper", "organiser")] == [False, True]
    answer = browsers["helper"].post(address, data={"title": "", "host": "Anna Richter"})
    assert (answer.status_code, 'value="Anna Richter"' in answer.text) == (422, True)
    answer = browsers["helper"].post(address, data={"title": "Returns", "host": "Anna Richter", "format": "talk", "off_record": "y"})
    made = proposals.open_proposals(camp)[0]
    assert answer.headers["Location"] == f"/ecm27/proposals/{made.id}"
    assert (made.format, made.off_record, [host.participant_id for host in made.hosts]) == ("talk", True, [anna.id])
    answer = browsers["helper"].post(address, data={"title": "Returns", "host": "Anna Richter"})
    assert (answer.status_code, "They have proposed this title already." in answer.text, len(proposals.open_proposals(camp))) == (422, True, 1)
