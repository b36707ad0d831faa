"""A-23: whoever may not vote is refused, whoever could vote twice is shown to organisers, and sums are what lies in the rows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from camp import camps, clock
from camp.db import db, writing
from camp.models import Camp, Participant
from camp.registration_models import Reservation
from sessions import proposals, voting
from sessions.models import Session, Vote
from tests import make

KEY = "v" * 43


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A camp whose voting is open, its counts hidden until the close."""
    made = make.camp()
    with writing():
        for name in ("call", "voting"):
            camps.set_phase(made, name, None, clock.now() + timedelta(hours=1))
    return made


def vote(browser: FlaskClient, session: Session) -> int:
    return browser.post(f"/ecm27/proposals/{session.id}/vote", data={"wanted": "yes"}).status_code


def test_a23_closed_withdrawn_unconfirmed_cancelled_and_own_are_refused_and_nothing_is_counted(app: Flask, camp: Camp, client: FlaskClient) -> None:
    host, mai = make.participant(camp, "Host"), make.participant(camp)
    session, gone = make.session(camp, "Open", [host]), make.session(camp, "Gone", [host])
    unconfirmed, cancelled = make.person("new@example.org"), make.participant(camp, "Left", state="cancelled")
    with writing():
        proposals.withdraw(camp, gone, host)
        db.session.add(Reservation(camp_id=camp.id, email="new@example.org", language="de", salt="s", days=[], holds=True, known=False, values={},
                                   made_at=clock.now(), until=clock.now() + timedelta(days=1)))
    browser = make.browser(app, mai)
    refused = [vote(browser, gone), vote(make.browser(app, unconfirmed), session), vote(make.browser(app, cancelled), session),
               vote(make.browser(app, host), session), vote(client, session)]
    assert refused == [409, 403, 403, 409, 303]
    with clock.shifted(timedelta(hours=2)):
        assert vote(browser, session) == 409
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 0


def test_a23_a_second_account_of_one_mailbox_is_shown_to_organisers(app: Flask, camp: Camp) -> None:
    session = make.session(camp)
    for address in ("mai@example.org", "mai+zwei@example.org"):
        assert vote(make.browser(app, make.participant(camp, address.partition("@")[0], address=address)), session) == 303
    who = make.person()
    make.role(camp, who, "organiser")
    page = make.browser(app, who).get("/ecm27/organise/votes?lang=en").text
    part = page.partition('id="mailboxes"')[2].partition("</section>")[0]
    assert "mai+zwei" in part and "mai@example.org" in part
    assert voting.counts(camp) == {session.id: 2}  # nobody is struck off by a guess


def test_a23_sums_are_what_lies_in_the_rows_and_hidden_everywhere_before_the_close(app: Flask, camp: Camp, client: FlaskClient) -> None:
    sessions = [make.session(camp, f"Topic {number}") for number in range(3)]
    people: list[Participant] = [make.participant(camp, f"P{number}") for number in range(37)]
    make.vote(app, people[0], *sessions)
    for who in people[:31]:
        make.vote(app, who, *([sessions[2]] if who is not people[0] else []))
    assert sum(voting.counts(camp).values()) == db.session.scalar(select(func.count()).select_from(Vote)) == 33
    reader = make.browser(app, people[36])
    addresses = ("", "proposals", f"proposals/{sessions[2].id}", "vote", "me", "agenda", "feed.ics", "proposals?q=topic")
    for browser in (reader, client):
        for address in addresses:
            text = browser.get(f"/ecm27/{address}", headers={"Accept-Language": "en"}).text
            assert "would come" not in re.sub(r"I would come|people would come", "", text), address
            assert not re.search(r"\b31\b(?! of 40)", re.sub(r"31 of \d+ registered people have voted", "", re.sub(r"<[^>]+>", " ", text))), address
    firsts = {re.findall(r'id="session-(\d+)"', make.browser(app, who).get("/ecm27/proposals").text)[0] for who in people[30:36]}
    assert len(firsts) > 1  # no order by votes
    with clock.shifted(timedelta(hours=2)):
        assert "31 would come" in " ".join(re.sub(r"<[^>]+>", " ", client.get("/ecm27/proposals", headers={"Accept-Language": "en"}).text).split())
