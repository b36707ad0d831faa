from __future__ import annotations

from flask import Flask

from badges import notes
from badges.models import DoorNote
from camp.db import db, writing
from tests import make


def test_a_note_is_kept_changed_and_taken_away(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    for text, kept in (("  Gutschein\ngeben ", "Gutschein geben"), ("Zum Infopunkt", "Zum Infopunkt"), ("x" * 300, "x" * 200), ("", "")):
        with writing():
            notes.put(camp, mai, text)
        db.session.rollback()
        assert notes.of(mai) == kept
    assert db.session.query(DoorNote).count() == 0
