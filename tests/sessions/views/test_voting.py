"""The button "I will come": with and without scripts, and what it refuses."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from camp import camps, clock
from camp.db import db, writing
from camp.models import Camp
from sessions.models import Vote
from tests import make

HTMX = {"HX-Request": "true"}


def close_voting(camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "voting", None, clock.now() - timedelta(hours=1))


def votes() -> list[int]:
    db.session.expire_all()
    return list(db.session.scalars(select(Vote.session_id).order_by(Vote.session_id)))


def test_without_scripts_it_leads_back_to_the_card_it_stood_on(app: Flask) -> None:
    camp = make.camp()
    session, browser = make.session(camp), make.browser(app, make.participant(camp))
    answer = browser.post(f"/ecm27/proposals/{session.id}/vote", data={"wanted": "yes"},
                          headers={"Referer": "https://localhost/ecm27/proposals?tag=SEO"})
    assert (answer.status_code, answer.location) == (303, f"/ecm27/proposals?tag=SEO#session-{session.id}")
    assert votes() == [session.id]
    page = browser.get("/ecm27/proposals?lang=en").text
    assert f'id="session-{session.id}"' in page
    assert "You said you will come – take back" in page and 'name="wanted" value="no"' in page
    browser.post(f"/ecm27/proposals/{session.id}/vote", data={"wanted": "no"})
    assert votes() == []


def test_it_never_leads_to_another_site(app: Flask) -> None:
    camp = make.camp()
    session, browser = make.session(camp), make.browser(app, make.participant(camp))
    answer = browser.post(f"/ecm27/proposals/{session.id}/vote", data={"wanted": "yes"},
                          headers={"Referer": "https://elsewhere.example/x"})
    assert answer.location == f"/ecm27/proposals#session-{session.id}"


def test_with_htmx_only_the_button_and_the_number_come_back(app: Flask) -> None:
    camp = make.camp()
    session, browser = make.session(camp, "A <b> title"), make.browser(app, make.participant(camp))
    address = f"/ecm27/proposals/{session.id}/vote"
    answer = browser.post(address + "?lang=en", data={"wanted": "yes"}, headers=HTMX)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert f'<form class="inline" id="vote-{session.id}" method="post" action="{address}"' in answer.text
    assert 'name="wanted" value="no"' in answer.text and "A &lt;b&gt; title" in answer.text
    assert '<span hx-swap-oob="innerHTML:#chosen">You will come to 1 session.</span>' in answer.text
    again = browser.post(address + "?lang=en", data={"wanted": "no"}, headers=HTMX)
    assert 'name="wanted" value="yes"' in again.text and "You have not chosen yet." in again.text


def test_a_refusal_takes_the_place_of_the_button(app: Flask) -> None:
    camp = make.camp()
    session, browser = make.session(camp), make.browser(app, make.participant(camp))
    close_voting(camp)
    answer = browser.post(f"/ecm27/proposals/{session.id}/vote?lang=en", data={"wanted": "yes"}, headers=HTMX)
    assert answer.status_code == 422
    assert f'id="vote-{session.id}" role="alert">Voting is not open.' in answer.text
    assert votes() == []


def test_without_scripts_a_refusal_is_told_on_the_page_before(app: Flask) -> None:
    camp = make.camp()
    session, browser = make.session(camp), make.browser(app, make.participant(camp))
    close_voting(camp)
    answer = browser.post(f"/ecm27/proposals/{session.id}/vote?lang=en", data={"wanted": "yes"},
                          headers={"Referer": "https://localhost/ecm27/proposals"}, follow_redirects=True)
    assert answer.status_code == 200 and "Voting is not open." in answer.text
    assert votes() == []


def test_who_may_not_vote(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    session, far = make.session(camp), make.session(other)
    address = f"/ecm27/proposals/{session.id}/vote"
    signed_out = make.browser(app).post(address, data={"wanted": "yes"})
    assert signed_out.status_code == 303 and "/sign-in" in signed_out.location
    for who in (make.person(), make.participant(camp, state="cancelled"), make.participant(other)):
        assert make.browser(app, who).post(address, data={"wanted": "yes"}).status_code == 403
    mai = make.browser(app, make.participant(camp))
    assert mai.post(f"/ecm27/proposals/{far.id}/vote", data={"wanted": "yes"}).status_code == 404
    assert mai.post(address, data={"wanted": "perhaps"}).status_code == 422
    assert mai.get(address).status_code == 405
    assert votes() == []
