from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from camp.cloners import Move, copied
from camp.db import db
from camp.models import Camp, Slot
from camp.registration_models import Rules
from tests import make


def test_a_row_is_copied_with_every_column_but_its_number(app: Flask) -> None:
    camp = make.camp(slots=3)
    lunch = db.session.query(Slot).filter_by(kind="break").one()
    made = copied(lunch, date=date(2028, 4, 22))
    assert (made.id, made.camp_id, made.date, made.starts, made.ends, made.kind, made.title) == (
        None, camp.id, date(2028, 4, 22), lunch.starts, lunch.ends, "break", "Lunch")


def test_a_moment_moves_by_days_and_keeps_its_time_on_the_wall() -> None:
    camp = Camp(timezone="Europe/Berlin")
    move = Move(camp, camp, timedelta(days=14))
    before_summer_time = datetime(2027, 3, 20, 8, tzinfo=UTC)  # 9:00 in Berlin, and two weeks later too
    assert (move.moment(before_summer_time), move.moment(None)) == (datetime(2027, 4, 3, 7, tzinfo=UTC), None)
    assert move.day(date(2027, 3, 20)) == date(2027, 4, 3)


@pytest.mark.usefixtures("write")
def test_what_a_camp_has_once_is_copied_if_it_is_there(app: Flask) -> None:
    one, two, three = (Camp(slug=slug, title=slug, capacity=1, made_at=make.EARLY) for slug in ("one", "two", "three"))
    db.session.add_all([one, two, three])
    db.session.flush()
    db.session.add(Rules(camp_id=one.id, curated=True, admit_more=7))
    db.session.flush()
    Move(one, two, timedelta()).settings(Rules, admit_more=0)
    Move(three, one, timedelta()).settings(Rules)
    db.session.flush()
    assert {row.camp_id: (row.curated, row.admit_more) for row in db.session.query(Rules)} == {one.id: (True, 7), two.id: (True, 0)}
