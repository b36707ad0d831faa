"""What a host offers: everything is kept as written, nothing that the camp does not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from flask import Flask

from camp import camps, clock, venue
from camp.db import db, writing
from camp.errors import BadInput, NotAllowed
from camp.models import Slot
from sessions import offers, outcomes, proposals
from sessions.models import Session
from sessions.offers import Draft
from sessions.standing import slot_id, standing_of
from tests import make
from tests.sessions import leave

TEN, ELEVEN = "2027-04-24T10:00/10:45", "2027-04-24T11:00/11:45"
WHOLE = Draft("Returns", "Text", "SEO", 2, (), "morning", ("KI", "Recht"), "challenge", "both", "advanced", True, True, "The warehouse", "Data", "Like this", (ELEVEN,))


def test_a_proposal_keeps_all_that_was_said(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    with writing():
        made = proposals.propose(camp, mai, WHOLE)
    db.session.expire_all()
    found = db.session.get_one(Session, made.id)
    assert {name: getattr(found, name) for name in offers.STORED} == {
        "title": "Returns", "description": "Text", "tag": "SEO", "more_tags": ["KI", "Recht"], "length": 2, "needs": [], "format": "challenge",
        "language": "both", "level": "advanced", "off_record": True, "note_taker": True, "who_comes": "The warehouse", "offers": "Data", "how": "Like this"}
    assert (found.tags, found.hosts[0].away, found.hosts[0].away_at) == (["SEO", "KI", "Recht"], "morning", [ELEVEN])


def test_only_a_challenge_has_its_three_texts(app: Flask) -> None:
    drawn = offers.checked(make.camp(), replace(WHOLE, format="talk"))
    assert (drawn.who_comes, drawn.offers, drawn.how) == ("", "", "")


def test_tags_are_spelt_as_usual_once_and_the_first_leads(app: Flask) -> None:
    camp = make.camp()
    make.session(camp, tag="SEO", more_tags=["Recht"])
    drawn = offers.checked(camp, Draft("T", tag=" ", more_tags=(" recht", "seo", "Seo", " neu  es ", "")))
    assert (drawn.tag, drawn.more_tags) == ("Recht", ("SEO", "neu es"))
    assert offers.tags(camp) == ["Recht", "SEO"]


@pytest.mark.parametrize(("draft", "field", "sentence"), [
    (Draft("t", format="opera"), "format", "This is not in the list. Choose one from the list."),
    (Draft("t", language="nl"), "language", "This is not in the list. Choose one from the list."),
    (Draft("t", level="gods"), "level", "This is not in the list. Choose one from the list."),
    (Draft("t", format="challenge", how="x" * 1001), "how", "This is too long: at most 1000 characters."),
    (Draft("t", tag="a", more_tags=("b", "c", "d", "e", "f")), "more_tags", "At most 5 tags."),
    (Draft("t", more_tags=("a", "x" * 41)), "more_tags", "This is too long: at most 40 characters."),
    (Draft("t", away_at=("2027-04-24T09:00/10:00",)), "away_at", "The slots have changed meanwhile. Choose once more when you cannot."),
])
def test_what_is_not_known_is_refused(app: Flask, draft: Draft, field: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        offers.checked(make.camp(), draft)
    assert (caught.value.field, caught.value.sentence()) == (field, sentence)


def test_the_planner_hears_of_half_days_and_of_single_slots(app: Flask) -> None:
    camp = make.camp(slots=4)  # 10, 11, 13, 14 o'clock
    mai, ben, eva = (make.participant(camp, name) for name in ("Mai", "Ben", "Eva"))
    make.session(camp, "One", [mai], away="morning", away_at=["2027-04-24T14:00/14:45"])
    make.session(camp, "Two", [ben], away_at=[TEN, ELEVEN])
    make.session(camp, "Three", [eva])
    ids = [slot_id(slot.id) for slot in venue.grid(camp).session_slots]
    assert standing_of(camp).problem.windows == {f"p{mai.id}": {ids[2]}, f"p{ben.id}": {ids[2], ids[3]}}


def test_a_slot_that_was_moved_a_little_stays_taken(app: Flask) -> None:
    slot = Slot(date=make.DAY, starts=time(10, 30), ends=time(11, 15))
    assert offers.covers([TEN], slot) and offers.covers([ELEVEN], slot)
    assert not offers.covers(["2027-04-24T11:15/12:00", "2027-04-25T10:30/11:15"], slot)


def test_nobody_writes_public_notes_of_what_is_off_the_record(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    session = make.session(camp, "Quiet", [mai])
    leave.outcome(camp, session, mai)
    with writing():
        camps.set_phase(camp, "call", None, clock.now().replace(year=2099))
        proposals.edit(camp, session, mai, Draft("Quiet", off_record=True), 0)
    with pytest.raises(NotAllowed), writing():
        outcomes.record(camp, session, outcomes.Notes(findings="Names"), 1, mai.person_id)
    assert outcomes.row_of(camp, session.id).outcome is None
    assert [row.outcome for row in outcomes.rows(camp)] == [None]
