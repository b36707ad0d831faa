from __future__ import annotations

from flask import Flask

from camp import log
from camp.db import db, writing
from camp.models import LogEntry
from tests import make


def test_note_keeps_verb_person_and_numbers(app: Flask) -> None:
    camp, who = make.camp(), make.person()
    with writing():
        log.note("moved", camp_id=camp.id, person_id=who.id, session=7)
    entry = db.session.query(LogEntry).one()
    assert (entry.verb, entry.camp_id, entry.person_id, entry.detail) == ("moved", camp.id, who.id, {"session": 7})
