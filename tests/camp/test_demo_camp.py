"""The demo camp: at every hour of the day it takes place now, on one day, after everybody registered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from camp import camps, clock, demo_camp, load, loaders, people, profile, questions, venue
from camp.camp_file import SlotRecord
from camp.db import db, writing
from camp.load import Parsed
from camp.paths import DEMO


@pytest.fixture
def parsed(app: Flask) -> Parsed:
    return load.parse(DEMO, loaders.of(app))


def _at(parsed: Parsed, now: datetime) -> list[SlotRecord]:
    wall = clock.local(now, str(parsed.camp.values["timezone"]))
    return [slot for slot in parsed.camp.slots
            if slot.date == wall.date() and slot.starts <= wall.time() < slot.ends]


@pytest.mark.parametrize("phase", ["pitch", "day"])
def test_now_lies_inside_at_every_quarter_of_an_hour(parsed: Parsed, phase: str) -> None:
    gaps = [(slot.kind, slot.title) for slot in parsed.camp.slots]
    zones = set()
    for quarter in range(96):
        now = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(minutes=15 * quarter, seconds=59)
        moved = demo_camp.moved(parsed, phase, now)
        zones.add(moved.camp.values["timezone"])
        [here] = _at(moved, now)
        sessions = [slot for slot in moved.camp.slots if slot.kind == "session"]
        assert here == (sessions[2] if phase == "day" else moved.camp.slots[1])
        later = clock.local(now + timedelta(minutes=25), str(moved.camp.values["timezone"]))
        assert later.time() < here.ends
        assert [(slot.kind, slot.title) for slot in moved.camp.slots] == gaps
        assert all(slot.starts < slot.ends and slot.date == moved.camp.days[0] for slot in moved.camp.slots)
        assert max(person.values["registered_at"] for person in moved.people) < now
    assert "Europe/Berlin" in zones


def test_by_day_the_camp_stays_in_its_own_zone_with_slots_at_full_five_minutes(parsed: Parsed) -> None:
    now = datetime(2026, 7, 1, 10, 3, tzinfo=UTC)  # 12:03 in Berlin
    moved = demo_camp.moved(parsed, "day", now)
    assert moved.camp.values["timezone"] == "Europe/Berlin"
    assert [f"{slot.starts:%H:%M}" for slot in moved.camp.slots][:5] == ["06:35", "07:05", "09:05", "10:05", "10:50"]
    assert f"{moved.camp.slots[5].starts:%H:%M}" == "11:50"


@pytest.mark.parametrize(("phase", "days"), [("voting", 14), ("after", -1)])
def test_voting_comes_two_weeks_before_the_camp_and_after_the_day_after(parsed: Parsed, phase: str, days: int) -> None:
    now = datetime(2026, 11, 22, 15, tzinfo=UTC)
    moved = demo_camp.moved(parsed, phase, now)
    assert moved.camp.days == ((now + timedelta(days=days)).date(),)
    assert [slot.starts for slot in moved.camp.slots] == [slot.starts for slot in parsed.camp.slots]


@pytest.mark.parametrize(("phase", "is_open"), [
    ("voting", ["registration", "call", "voting"]), ("pitch", ["voting", "pitch", "camp"])])
def test_the_phases_of_the_demo_fit(app: Flask, phase: str, is_open: list[str]) -> None:
    camp = demo_camp.make(app, phase)
    assert [name for name in ("registration", "call", "voting", "pitch", "camp", "follow-up")
            if camps.open_now(camp, name)] == is_open
    assert (camp.slug, people.count(camp, "admitted"), people.count(camp, "waiting"), len(venue.slots(camp))) == (
        "demo", 260, 40, 11)
    with app.test_request_context("/", base_url="https://localhost"), writing():
        cast = demo_camp.cast(app, camp)
        again = demo_camp.cast(app, camp)
    assert list(cast.roles) == ["organiser", "moderator", "participant", "administrator", "helper", "catering", "host"]
    assert [who.id for who, _ in cast.roles.values()] == [who.id for who, _ in again.roles.values()]
    assert len({who.id for who, _ in cast.roles.values()}) == 7
    db.session.expire_all()
    assert people.roles_of(camp.id, cast.roles["organiser"][0].person_id) == {"organiser"}
    assert people.roles_of(camp.id, cast.roles["moderator"][0].person_id) == {"moderator"}
    assert cast.roles["administrator"][0].person.administrator
    assert cast.roles["host"][1] == "/demo/me"


def test_the_demo_shows_registration_a_question_and_people_who_want_to_be_seen(app: Flask) -> None:
    with app.test_request_context("/"):
        camp = demo_camp.make(app, "voting")
        [asked] = questions.of(camp)
        assert (questions.count(asked), len(profile.public_list(camp))) == (200, 44)
        assert camps.open_now(camp, "registration")
        assert people.count(camp, "waiting") == 40
