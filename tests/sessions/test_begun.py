"""What somebody has begun to write: one draft each, kept as typed, gone when it is on the wall."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from camp import erasers
from camp.db import db, writing
from camp.errors import BadInput
from sessions import begun, erasing, proposals
from sessions.proposal_models import Begun
from tests import make


def test_the_last_state_is_kept_and_others_have_their_own(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    for title in ("Wh", "Why?"):
        with writing():
            begun.keep(mai, {"title": [title], "needs": ["beamer", "power"]})
    draft = begun.of(mai)
    assert draft is not None and draft.fields == {"title": ["Why?"], "needs": ["beamer", "power"]}
    assert begun.of(ben) is None


def test_too_much_is_refused_and_what_was_there_stays(app: Flask) -> None:
    mai = make.participant(make.camp())
    with writing():
        begun.keep(mai, {"title": ["Why?"]})
    with pytest.raises(BadInput), writing():
        begun.keep(mai, {"description": ["x" * begun.MOST]})
    assert db.session.scalars(select(Begun)).one().fields == {"title": ["Why?"]}


def test_it_is_gone_when_the_proposal_is_on_the_wall(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    with writing():
        begun.keep(mai, {"title": ["Why?"]})
        begun.keep(ben, {"title": ["What?"]})
    with writing():
        proposals.propose(camp, mai, proposals.Draft("Why?"))
    assert [row.participant_id for row in db.session.scalars(select(Begun))] == [ben.id]


def test_it_is_told_and_erased(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    with writing():
        begun.keep(mai, {"title": ["Why?"]})
    key = app.config["CAMP"].vote_key
    told = [eraser.tell(camp, mai, key) for eraser in erasers.of(app) if eraser.tell]
    assert [row["title"] for part in told for row in part.get("begun", [])] == [["Why?"]]
    with writing():
        erasing.forget(camp, mai, key)
    assert db.session.scalars(select(Begun)).all() == []
