"""The badges wing's part of the demo: most people came in the morning, and another phone can be paired."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import func, select

from badges import arrivals, pairing
from badges.models import Admission, Badge
from camp import clock, demo_camp, venue
from camp.db import db, writing


def test_on_the_day_people_are_in_and_the_helpers_code_pairs_a_phone(app: Flask) -> None:
    camp = demo_camp.make(app, "day")
    assert db.session.scalar(select(func.count()).select_from(Badge)) == 260
    count = arrivals.head_count(camp)
    assert (count.here, count.expected, count.doors) == (216, 260, (("Haupteingang", 216),))
    first = venue.slots(camp)[0]
    opens = clock.at(first.date, first.starts, camp.timezone)
    times = db.session.scalars(select(Admission.at).order_by(Admission.at)).all()
    assert opens <= times[0] < times[-1] <= clock.now()
    db.session.rollback()
    with app.test_request_context("/", base_url="https://localhost"), writing():
        cast = demo_camp.cast(app, camp)
    [(who, line)] = cast.lines
    code = re.fullmatch(r"https://localhost/demo/door  code (\w{4}-\w{4})", line)
    assert who == "door helper"
    assert code is not None
    with writing():
        _, device = pairing.pair(camp, code[1])
    assert device.door == "Haupteingang"
