from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Flask

from camp import catering, clock
from camp.catering import Line, ShowRate
from camp.db import db, writing
from camp.models import Camp, Day, Needs
from tests import make


def _eats(camp: Camp, diet: str | None, state: str = "admitted", **values: object) -> None:
    who = make.participant(camp, state=state, **values)  # type: ignore[arg-type]
    if diet is not None:
        with writing():
            db.session.add(Needs(participant_id=who.id, diet=diet))


def test_each_diet_is_rounded_up() -> None:
    assert catering.portions({"vegan": 3, "": 4, "alles": 10, "Äpfel": 3}, 80) == (
        Line("alles", 10, 8.0, 8), Line("Äpfel", 3, 2.4, 3), Line("vegan", 3, 2.4, 3), Line("", 4, 3.2, 4))


def test_whoever_has_a_place_eats_and_the_sheet_follows_cancellations(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    with writing():
        db.session.add(Day(camp_id=camp.id, date=make.DAY + timedelta(days=1)))
    for diet, state in (("vegan", "admitted"), ("Vegan ", "admitted"), ("", "admitted"), (None, "admitted"), ("vegan", "waiting"), ("vegan", "cancelled")):
        _eats(camp, diet, state)
    _eats(camp, "halal", days=["2027-04-25"])
    _eats(other, "vegan")
    db.session.expire_all()
    made = catering.sheets(camp, 75)
    assert [sheet.day for sheet in made] == [make.DAY, make.DAY + timedelta(days=1)]
    assert made[0].lines == (Line("Vegan", 2, 1.5, 2), Line("", 2, 1.5, 2))
    assert (made[0].registered, made[0].expected, made[0].order) == (4, 3.0, 4)
    assert made[1].lines == (Line("Vegan", 2, 1.5, 2), Line("halal", 1, 0.75, 1), Line("", 2, 1.5, 2))


def test_a_camp_without_people_has_empty_sheets(app: Flask) -> None:
    assert [sheet.lines for sheet in catering.sheets(make.camp(), 100)] == [()]


def test_rare_diets_become_one_line(app: Flask) -> None:
    camp = make.camp()
    for number in range(43):
        _eats(camp, f"diet {number:02}")
    lines = catering.sheets(camp, 100)[0].lines
    assert (len(lines), lines[0], sum(line.registered for line in lines)) == (41, Line("…", 3, 3.0, 3), 43)


def test_the_show_rate_is_that_of_the_camps_that_are_over(app: Flask) -> None:
    camp, old, open_door, unknown = (make.camp(slug) for slug in ("now", "old", "open", "unknown"))
    assert catering.show_rate(camp) == ShowRate(None, 0, 0, 0)
    with writing():
        for one in (old, unknown):
            one.days[0].date = date(2020, 5, 1)
        open_door.days[0].date = clock.now().date() + timedelta(days=9)
    came = datetime(2020, 5, 1, 9, tzinfo=UTC)
    for arrived in (came, came, came, None):
        make.participant(old, arrived_at=arrived)
    make.participant(old, state="cancelled")
    make.participant(open_door, arrived_at=came)
    make.participant(unknown)  # nobody counted at that door
    assert catering.show_rate(camp) == ShowRate(75, 1, 4, 3)
