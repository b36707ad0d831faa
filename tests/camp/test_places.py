from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Flask

from camp import clock, people, places
from camp.db import db, writing
from camp.models import Camp, Day, Participant
from camp.registration_models import Reservation, Rules
from tests import make

FIRST, SECOND = make.DAY.isoformat(), "2027-04-25"


def two_days(capacity: int = 10) -> Camp:
    camp = make.camp(capacity=capacity)
    with writing():
        camp.days.append(Day(date=date(2027, 4, 25)))
    return camp


def reserve(camp: Camp, days: list[str] = [], *, holds: bool = True, hours: int = 1, address: str = "x@example.org",  # noqa: B006
            made_at: datetime = make.EARLY) -> None:
    with writing():
        db.session.add(Reservation(camp_id=camp.id, email=address, language="de", salt="s", values={}, days=days, holds=holds, known=False,
                                   made_at=made_at, until=clock.now() + timedelta(hours=hours)))


def offer(who: Participant, hours: int) -> None:
    with writing():
        who.offered_until = clock.now() + timedelta(hours=hours)


def test_who_is_admitted_offered_or_reserved_holds_a_place(app: Flask) -> None:
    camp = make.camp(capacity=10)
    for state in ("admitted", "admitted", "waiting", "cancelled"):
        make.participant(camp, state=state)
    offer(make.participant(camp, state="waiting"), 1)
    offer(make.participant(camp, state="waiting"), -1)
    reserve(camp)
    reserve(camp, holds=False, address="y@example.org")
    reserve(camp, hours=-1, address="z@example.org")
    make.participant(make.camp("other"))
    assert places.free(camp) == {FIRST: 10 - 2 - 1 - 1}


def test_places_are_counted_by_day(app: Flask) -> None:
    camp = two_days(3)
    make.participant(camp, days=[FIRST])
    make.participant(camp)
    reserve(camp, [SECOND])
    assert places.free(camp) == {FIRST: 1, SECOND: 1}
    with writing():
        db.session.add(Rules(camp_id=camp.id, admit_more=4))
        camp.days[1].capacity = 2
    assert places.free(camp) == {FIRST: 5, SECOND: 4}


def test_a_newcomer_does_not_overtake_those_who_wait_for_the_same_day(app: Flask) -> None:
    camp = two_days(1)
    make.participant(camp, days=[FIRST])
    make.participant(camp, state="waiting", days=[FIRST])
    assert [places.open_to_newcomers(camp, days) for days in ([], [FIRST], [SECOND])] == [False, False, True]
    make.participant(camp, state="waiting")
    assert not places.open_to_newcomers(camp, [SECOND])


def test_where_organisers_choose_nothing_is_open(app: Flask) -> None:
    camp = make.camp()
    assert places.open_to_newcomers(camp, [])
    with writing():
        db.session.add(Rules(camp_id=camp.id, curated=True))
    assert not places.open_to_newcomers(camp, [])
    assert (places.rules(camp).curated, places.rules(make.camp("other")).answer_hours) == (True, 48)


def test_places_go_by_time_of_registration_and_nobody_is_sent_back(app: Flask) -> None:
    camp = make.camp(capacity=3)
    early, late, gone, first = (
        make.participant(camp, name, state=state, registered_at=make.EARLY + timedelta(hours=hour))
        for name, state, hour in [("B", "waiting", 2), ("C", "admitted", 9), ("D", "cancelled", 0), ("A", "waiting", 1)])
    reserve(camp)
    with writing():
        places.admit_in_order(camp)
    assert {one.given_name: one.state for one in (early, late, gone, first)} == {
        "A": "admitted", "B": "waiting", "C": "admitted", "D": "cancelled"}


def test_ahead_of_counts_those_who_wait_before_and_may_yet_open_their_mail(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    make.participant(other, state="waiting")
    queue = [make.participant(camp, state="waiting", registered_at=make.EARLY + timedelta(minutes=n // 2)) for n in range(3)]
    assert [places.ahead_of(camp, one) for one in queue] == [0, 1, 2]
    reserve(camp, holds=False, made_at=make.EARLY - timedelta(minutes=1))
    reserve(camp, holds=True, address="y@example.org", made_at=make.EARLY - timedelta(minutes=1))
    assert [places.ahead_of(camp, one) for one in queue] == [1, 2, 3]
    offer(queue[0], 1)
    assert places.ahead_of(camp, people.of(camp, queue[2].id) or queue[2]) == 2


def test_the_evening_before_is_at_six_in_the_zone_of_the_camp(app: Flask) -> None:
    assert places.evening_before(two_days()) == datetime(2027, 4, 23, 16, tzinfo=UTC)
