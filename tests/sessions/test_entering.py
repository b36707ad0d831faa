"""Tests of sessions/entering.py."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from camp.db import db, writing
from camp.errors import BadInput, Conflict
from camp.models import Mail
from sessions import entering, proposals
from sessions.offers import Draft
from tests import make


def test_a_known_name_becomes_the_host_and_gets_a_mail_another_one_stands_there(app: Flask) -> None:
    camp = make.camp()
    anna = make.participant(camp, "Anna", "Richter", organisation="HRW")
    with writing():
        entering.enter(camp, Draft("Returns", tag="Recht", away="morning"), "anna richter, HRW")
        entering.enter(camp, Draft("Returns"), "A guest")
    found = proposals.open_proposals(camp)
    assert [(one.title, one.tag, [(host.participant_id, host.away) for host in one.hosts], one.guest) for one in found] == [
        ("Returns", "Recht", [(anna.id, "morning")], ""), ("Returns", "", [], "A guest")]
    mails = db.session.scalars(select(Mail)).all()
    assert [(mail.template, mail.to, mail.values) for mail in mails] == [
        ("proposal_entered", anna.person.email, {"title": "Returns", "path": f"proposals/{found[0].id}"})]


def test_who_enters_their_own_gets_no_mail_and_nobody_has_a_title_twice(app: Flask) -> None:
    camp = make.camp()
    anna = make.participant(camp, "Anna", "Richter")
    with writing():
        entering.enter(camp, Draft("Returns"), "Anna Richter", person_id=anna.person_id)
    for draft, host, error in ((Draft("Returns"), "Anna Richter", Conflict), (Draft(""), "Ben", BadInput), (Draft("New"), " ", BadInput)):
        with pytest.raises(error), writing():
            entering.enter(camp, draft, host)
    assert (len(proposals.open_proposals(camp)), db.session.scalars(select(Mail)).all()) == (1, [])
