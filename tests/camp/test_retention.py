"""Days after a camp its people are erased, but for those who go on; figures and a log stay."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from camp import camps, clock, place_rules, places, retention
from camp.db import db, writing
from camp.models import Camp, Needs, Participant
from camp.registration_models import Figure, Reservation
from tests import make
from tests.camp.test_places import reserve


def over(slug: str, days_ago: int) -> Camp:
    camp = make.camp(slug)
    with writing():
        camp.days[0].date = camps.today(camp) - timedelta(days=days_ago)
    return camp


def keep_days(camp: Camp, number: int) -> None:
    with writing():
        place_rules.change(camp, curated=False, answer_hours=24, admit_more=0, keep_days=number)


def test_the_day_is_so_many_after_the_last_of_the_camp(app: Flask) -> None:
    camp = make.camp()
    assert retention.erased_on(camp) == date(2027, 7, 23)
    keep_days(camp, 10)
    assert retention.erased_on(camp) == date(2027, 5, 4)


def test_due_are_those_whose_day_has_come_without_role_or_project(app: Flask) -> None:
    yesterday, today, fresh = over("yesterday", 31), over("today", 30), over("fresh", 29)
    for camp in (yesterday, today, fresh):
        keep_days(camp, 30)
    gone, cancelled, organiser, member = make.participant(yesterday), make.participant(yesterday, state="cancelled"), make.participant(yesterday), make.participant(yesterday)
    make.role(yesterday, organiser.person, "organiser")
    also = make.participant(today)
    make.participant(fresh)
    assert {camp.slug: ids for camp, ids in retention.due([lambda camp, who: who.id == member.id])} == {
        "yesterday": [gone.id, cancelled.id], "today": [also.id]}


def test_helpers_do_not_stay_and_a_camp_with_nobody_else_is_due_too(app: Flask) -> None:
    camp, empty = over("done", 100), over("empty", 100)
    helping, caterer = make.participant(camp), make.person("caterer@example.org")
    make.role(camp, helping.person, "helper")
    make.role(empty, caterer, "catering")
    assert {one.slug: ids for one, ids in retention.due([])} == {"done": [helping.id], "empty": []}
    assert list(retention.helpers(empty)) == [caterer.id]


def test_figures_are_counted_once_before_anybody_goes(app: Flask) -> None:
    first, camp = over("first", 400), over("second", 40)
    known = make.participant(first)
    with writing():
        for number in range(4):
            person = known.person if number == 0 else make_person(f"new{number}@example.org")
            db.session.add(Participant(camp_id=camp.id, person_id=person.id, person=person, given_name="N", family_name="N", state="admitted" if number < 3 else "cancelled",
                                       registered_at=make.EARLY, arrived_at=clock.now() if number < 2 else None))
    reserve(camp)
    for _ in range(2):
        with writing():
            retention.keep_figures(camp)
            db.session.query(Participant).filter(Participant.camp_id == camp.id, Participant.arrived_at.is_(None)).delete()
    assert {row.name: row.value for row in db.session.query(Figure)} == {"people": 4, "admitted": 3, "arrived": 2, "returning": 1}
    assert db.session.query(Reservation).count() == 0
    assert place_rules.past(make.camp("next"))[0].rate == 2 / 3


def make_person(address: str) -> object:
    from camp.models import Person
    person = Person(email=address)
    db.session.add(person)
    db.session.flush()
    return person


def test_everybody_may_read_how_many_were_erased_when(app: Flask) -> None:
    camp = make.camp()
    with writing():
        retention.note(camp, 7)
    assert retention.told(camp) == [(clock.local(clock.now(), camp.timezone).date(), 7)]
    assert places.rules(camp).keep_days == 90


def test_what_people_eat_and_wear_goes_first_a_week_after_the_camp(app: Flask) -> None:
    camp, later = make.camp(), make.camp("later")
    with writing():
        later.days[0].date = make.DAY + timedelta(days=300)
    for at in (camp, later):
        who = make.participant(at)
        with writing():
            db.session.add(Needs(participant_id=who.id, diet="vegan", shirt="M"))
    noon = make.until_noon(camp)
    for days, left in ((0, 2), (7, 2), (9, 1)):
        with clock.shifted(noon + timedelta(days=days)), writing():
            retention.prune_needs()
        assert db.session.query(Needs).count() == left
    assert db.session.query(Participant).count() == 2
