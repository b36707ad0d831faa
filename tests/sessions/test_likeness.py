"""The worker's look: it finds what is similar, forgets what is no more, and rests while no text changes."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from camp import camps
from camp.db import db, writing
from sessions import likeness
from sessions.vote_models import Likeness
from tests import make

pytest.importorskip("simplemma", reason="its dictionaries are new: make setup")
ONE, TWO = "Wärmepumpe im Altbau", "Altbau und Wärmepumpe: passt das?"


def found() -> list[tuple[int, int]]:
    db.session.rollback()
    return [(row.one_id, row.other_id) for row in db.session.scalars(select(Likeness))]


def test_it_looks_when_texts_change_and_only_then(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    camp = make.camp()
    one, two = make.session(camp, ONE), make.session(camp, TWO)
    make.session(camp, "Etwas ganz anderes")
    watch = likeness.Watch()
    watch.look()
    assert found() == [(one.id, two.id)]
    looks: list[int] = []
    monkeypatch.setattr(likeness, "find", lambda camp_id, texts: looks.append(camp_id))
    watch.look()
    with writing():
        camps.changed(camp)
    watch.look()
    assert looks == []
    monkeypatch.undo()
    with writing():
        two.title = "Ganz neu"
        camps.changed(camp)
    watch.look()
    assert found() == []
