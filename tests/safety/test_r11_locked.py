"""R-11: a database that somebody holds for 3 s keeps a writer waiting, and for much longer refuses her with 503 and when to come again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import text

from camp.db import begin_write, db
from sessions.models import Vote
from tests import make


@contextmanager
def _held(app: Flask, seconds: float) -> Iterator[None]:
    """Somebody else holds the database, or on PostgreSQL all votes, for a while, or until the block is over; readers go on."""
    db.session.rollback()
    taken, over = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context():
            begin_write()
            if db.engine.dialect.name == "postgresql":
                db.session.execute(text("LOCK TABLE vote IN EXCLUSIVE MODE"))
            taken.set()
            over.wait(seconds)
            db.session.rollback()
            db.session.remove()

    thread = threading.Thread(target=hold)
    thread.start()
    assert taken.wait(60)
    yield
    over.set()
    thread.join(60)


def test_r11_three_seconds_keep_waiting_and_much_longer_is_refused_for_now(app: Flask) -> None:
    camp = make.camp()
    session, mai = make.session(camp, "One"), make.participant(camp, "Mai")
    browser, path = make.browser(app, mai), f"/ecm27/proposals/{session.id}/vote"
    with _held(app, 120):
        refused = browser.post(path, data={"wanted": "yes"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "The database is busy." in refused.text or "Datenbank" in refused.text
    assert db.session.query(Vote).count() == 0
    with _held(app, 3):
        kept = browser.post(path, data={"wanted": "yes"})
    assert kept.status_code == 303
    db.session.rollback()
    assert db.session.query(Vote).count() == 1
