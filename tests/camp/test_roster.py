"""The roster: shifts, who is in charge when, which hours are open; nobody is in two places at once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask

from camp import clock, log, roster
from camp.db import db, writing
from camp.errors import BadInput, Conflict, NotFound
from camp.models import Camp, Day, Participant, Shift
from camp.names import traces_of
from camp.roster import Duty, Gap
from tests import make


def put(camp: Camp, starts: int, ends: int, who: str = "", task: str = "lead", **values: Any) -> Shift:
    duty = Duty(task, values.pop("title", ""), values.pop("date", make.DAY), time(starts), time(ends), who, values.pop("phone", ""))
    with writing():
        return roster.put(camp, values.pop("shift", None), duty)


def at(hour: int, minute: int = 0) -> datetime:
    return clock.at(make.DAY, time(hour, minute), "Europe/Berlin")


def test_a_whole_name_that_only_one_has_means_the_participant(app: Flask) -> None:
    camp = make.camp()
    mai, gone = make.participant(camp, "Mai", "Krause"), make.participant(camp, "Ada", "Weg", state="cancelled")
    for _ in range(2):
        make.participant(camp, "Jo", "Zwei")
    found = [put(camp, 8 + number, 9 + number, who) for number, who in enumerate(("mai  KRAUSE", "Jo Zwei", gone.name, "Security", ""))]
    assert [(one.participant_id, one.name, one.who) for one in found] == [
        (mai.id, "", "Mai Krause"), (None, "Jo Zwei", "Jo Zwei"), (None, "Ada Weg", "Ada Weg"), (None, "Security", "Security"), (None, "", "")]


def test_nobody_has_two_shifts_at_a_time(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    make.participant(camp, "Mai", "Krause")
    first = put(camp, 9, 11, "Mai Krause", "door")
    put(camp, 11, 12, "Mai Krause", "door")
    put(camp, 9, 11, "Security", "door")
    put(camp, 9, 11, "", "door")
    put(camp, 9, 11, "", "door")
    put(other, 9, 11, "Mai Krause")
    for who, starts, ends in (("Mai Krause", 10, 12), ("mai krause", 8, 10), ("SECURITY", 8, 13)):
        with pytest.raises(Conflict, match="has another shift then, from ") as caught:
            put(camp, starts, ends, who)
        assert caught.value.field == "who"
    assert put(camp, 9, 10, "Mai Krause", "rooms", shift=first).ends == time(10)


@pytest.mark.parametrize(("values", "field"), [
    ({"task": "king"}, "task"), ({"task": "other"}, "title"), ({"ends": 8}, "ends"), ({"ends": 9}, "ends"), ({"date": date(2027, 4, 26)}, "date"),
    ({"phone": "call me"}, "phone"), ({"phone": "1" * 50}, "phone")])
def test_what_is_no_shift_is_refused_beside_its_field(app: Flask, values: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        put(make.camp(), 9, who="Mai", **({"ends": 10} | values))
    assert caught.value.field == field
    assert db.session.query(Shift).count() == 0


def test_setting_up_the_day_before_is_a_shift(app: Flask) -> None:
    camp = make.camp()
    assert put(camp, 18, 20, "Mai", "rooms", date=date(2027, 4, 23)).date == date(2027, 4, 23)


def test_one_number_counts_for_all_shifts_of_a_person(app: Flask) -> None:
    camp = make.camp()
    first = put(camp, 9, 10, "Mai", phone="0151 1")
    put(camp, 9, 10, "Ben", phone="0151 2")
    second = put(camp, 10, 11, "mai")
    assert second.phone == "0151 1"
    put(camp, 11, 12, "Mai", phone="0151 3")
    assert (first.phone, second.phone) == ("0151 3", "0151 3")
    assert put(camp, 13, 14, "", phone="0151 4").phone == ""


def test_who_is_in_charge_by_the_clock_of_the_camp(app: Flask) -> None:
    camp = make.camp()
    morning, noon = put(camp, 9, 12, "Mai"), put(camp, 13, 15, "Ben")
    put(camp, 9, 18, "Ada", "door")
    put(camp, 15, 16, "")
    for moment, now, later in ((at(8, 59), (), (morning, noon)), (at(9), (morning,), (noon,)), (at(11, 59), (morning,), (noon,)), (at(12), (), (noon,)),
                               (at(13), (noon,), ()), (at(15), (), ())):
        assert roster.in_charge(camp, moment) == roster.Watch(make.DAY, now, later)
    assert roster.in_charge(camp, at(9) + timedelta(days=1)) == roster.Watch(make.DAY + timedelta(days=1), (), ())


def test_hours_of_the_camp_in_which_nobody_is_in_charge_are_open(app: Flask) -> None:
    camp = make.camp(slots=6)  # 10:00 to 16:45
    assert roster.open_hours(camp, roster.shifts(camp)) == [Gap(make.DAY, time(10), time(16, 45))]
    for starts, ends, who in ((9, 11, "Mai"), (10, 12, "Ben"), (13, 14, "Mai"), (14, 15, ""), (16, 19, "Mai")):
        put(camp, starts, ends, who)
    put(camp, 10, 17, "Ada", "door")
    assert roster.open_hours(camp, roster.shifts(camp)) == [Gap(make.DAY, time(12), time(13)), Gap(make.DAY, time(14), time(16))]
    assert roster.open_hours(make.camp("bare", slots=0), []) == []


def test_shifts_come_in_order_of_time_and_those_of_the_other_camp_are_not_there(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    with writing():
        db.session.add(Day(camp_id=camp.id, date=date(2027, 4, 25)))
    db.session.expire_all()
    late, next_day = put(camp, 14, 15, "A", "door"), put(camp, 8, 9, "A", date=date(2027, 4, 25))
    lead, door = put(camp, 9, 10, "B"), put(camp, 9, 10, "C", "door")
    foreign = put(other, 9, 10)
    assert list(roster.shifts(camp)) == [lead, door, late, next_day]
    for verb in (lambda: roster.of(camp, foreign.id), lambda: roster.remove(camp, foreign.id)):
        with pytest.raises(NotFound), writing():
            verb()
    with writing():
        roster.remove(camp, lead.id)
    assert len(roster.shifts(camp)) == 3
    assert log.entries(camp.id, 0, 1)[0].verb == "changed the roster"


def test_a_participants_shifts_are_told_and_open_when_they_are_erased(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Mai", "Krause")
    mine = [put(camp, 9, 10, "Mai Krause", phone="0151 1"), put(camp, 10, 11, "Mai Krause")]
    titled = put(camp, 9, 10, "Ben", "other", title="Keys from Krause, Mai", phone="0151 2")
    with writing():
        mine[1].participant_id, mine[1].participant, mine[1].name = None, None, "mai krause"
    assert list(roster.of_participant(mai)) == [mine[0]]
    with writing():
        roster.forget(camp, mai, traces_of(mai))
    assert [(one.who, one.phone) for one in mine] == [("", ""), ("", "")]
    assert (titled.title, titled.phone) == ("Keys from –", "0151 2")
    with writing():
        roster.forget_all(camp)
    assert roster.count(camp) == 0


def test_the_form_offers_everybody_with_a_place_as_german_lists_sort(app: Flask) -> None:
    camp = make.camp()
    for given, family, state in (("Zoë", "Zander", "admitted"), ("Özlem", "Öz", "admitted"), ("Jo", "Weg", "cancelled"), ("Zoë", "Zander", "admitted")):
        make.participant(camp, given, family, state=state)
    assert roster.names(camp) == ["Özlem Öz", "Zoë Zander"]


def test_a_participant_who_goes_leaves_an_open_shift(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Mai", "Krause")
    one = put(camp, 9, 10, "Mai Krause")
    with writing():
        db.session.query(Participant).filter_by(id=mai.id).delete()
    db.session.expire_all()
    assert (one.participant_id, one.who) == (None, "")
