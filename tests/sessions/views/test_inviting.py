"""Several hosts on the pages: the same answer for whoever is asked, a button for the one who is, hiding with its reason."""

from __future__ import annotations

import pytest
from flask import Flask

from camp.models import Camp
from sessions.models import Session
from tests import make


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


def test_the_answer_is_the_same_and_the_one_asked_has_a_button(app: Flask, camp: Camp) -> None:
    mai, ben = make.participant(camp), make.participant(camp, "Ben", address="ben@example.org")
    session = make.session(camp, "Returns", [mai])
    host, other, address = make.browser(app, mai), make.browser(app, ben), f"/ecm27/proposals/{session.id}"
    pages = []
    for who in ("ben@example.org", "nobody@example.org"):
        assert host.post(f"{address}/hosts?lang=en", data={"who": who}).status_code == 303
        pages.append(host.get(f"{address}?lang=en").text)
    assert all("Whoever is registered with this address or name sees your question now" in page for page in pages)
    assert pages[1].count("asked, no answer yet") == 2 and "Ben" not in pages[1]
    assert "ask you to hold it with them" in other.get("/ecm27/me?lang=en").text
    assert "Yes, I hold it too" in other.get(f"{address}?lang=en").text
    assert "nobody@example.org" not in other.get(f"{address}?lang=en").text
    other.post(f"{address}/hosts/answer?lang=en", data={"answer": "yes"})
    assert "You hold this session now." in other.get(f"{address}?lang=en").text
    other.post(f"{address}/hosts/leave?lang=en")
    assert "You do not hold this session any more." in other.get(f"{address}?lang=en").text


def test_what_is_hidden_is_seen_by_its_hosts_with_the_reason_and_by_organisers(app: Flask, camp: Camp) -> None:
    mai, orga = make.participant(camp), make.participant(camp, "Orga")
    make.role(camp, orga.person, "organiser")
    session: Session = make.session(camp, "Cheap watches", [mai], description="Buy")
    host, organiser, public, address = make.browser(app, mai), make.browser(app, orga), make.browser(app), f"/ecm27/proposals/{session.id}"
    assert organiser.post(f"{address}/hide", data={"reason": " "}).status_code == 422
    organiser.post(f"{address}/hide?lang=en", data={"reason": "It is <b>advertising</b>."})
    assert public.get(address).status_code == 404 and public.get(f"/ecm27/sessions/{session.id}/notes").status_code == 404
    assert "Cheap watches" not in public.get("/ecm27/proposals").text
    page = host.get(f"{address}?lang=en").text
    assert "It is &lt;b&gt;advertising&lt;/b&gt;." in page and "Bring it back" not in page
    assert host.post(f"{address}/restore").status_code == 409
    page = organiser.get("/ecm27/proposals?lang=en").text
    assert "Hidden by organisers" in page and "Undo" in page
    organiser.post(f"{address}/unhide")
    assert public.get(address).status_code == 200
    log = organiser.get("/ecm27/organise/log?lang=en").text
    assert "hid a proposal" in log and "showed a hidden proposal again" in log
