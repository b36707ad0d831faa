"""Tests of sessions/calendars.py."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from icalendar import Calendar

from camp import venue
from camp.db import writing
from camp.errors import NotFound
from sessions import agenda, calendars, picks, planning
from tests import make
from tests.sessions.leave import published


def address(session: int) -> str:
    return f"https://camp.example/{session}"


def test_the_camp_itself_has_an_appointment_for_each_day_with_slots(app: Flask) -> None:
    camp = make.camp(title="ECM 27", venue="Aula", slots=3)
    [event] = Calendar.from_ical(calendars.of_days(camp, "camp.example", "https://camp.example/ecm27/")).walk("VEVENT")
    assert [str(event[key]) for key in ("UID", "SUMMARY", "LOCATION", "URL")] == ["day-2027-04-24-ecm27@camp.example", "ECM 27", "Aula", "https://camp.example/ecm27/"]
    assert (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) == (
        datetime(2027, 4, 24, 8, tzinfo=UTC), datetime(2027, 4, 24, 11, 45, tzinfo=UTC))
    assert calendars.of_days(make.camp("bare", slots=0), "camp.example", "https://camp.example/bare/") == b""


def test_a_two_slot_session_ends_with_its_second_slot(app: Flask) -> None:
    camp = make.camp()
    long = make.session(camp, "Long", length=2)
    published(camp, (long, 0, 0))
    [event] = Calendar.from_ical(calendars.of_session(camp, long.guid, "camp.example", address)).walk("VEVENT")
    assert (str(event["UID"]), event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) == (
        f"{long.guid}@camp.example", datetime(2027, 4, 24, 8, tzinfo=UTC), datetime(2027, 4, 24, 9, 45, tzinfo=UTC))
    assert str(event["URL"]) == f"https://camp.example/{long.id}"


def test_uids_do_not_depend_on_title_or_time(app: Flask) -> None:
    camp = make.camp(slots=3)
    one = make.session(camp, "Before")
    published(camp, (one, 0, 0))
    before = {str(event["UID"]) for event in Calendar.from_ical(calendars.of_camp(camp, "h", address)).walk("VEVENT")}
    with writing():
        camp.title = "Renamed"
        one.title = "After"
        for slot in venue.slots(camp):
            slot.title = f"{slot.title}!"
    published(camp, (one, 1, 1))
    after = {str(event["UID"]) for event in Calendar.from_ical(calendars.of_camp(camp, "h", address)).walk("VEVENT")}
    assert before == after and len(after) == 2


def test_of_participant_holds_cancelled_picks(app: Flask) -> None:
    camp = make.camp()
    me, one, stays = make.participant(camp), make.session(camp, "One"), make.session(camp, "Stays")
    published(camp, (one, 0, 0), (stays, 1, 0))
    with writing():
        picks.pick(camp, me, one.id)
    with writing():
        planning.take_out(camp, one.id)
        agenda.publish(camp)
    events = Calendar.from_ical(calendars.of_participant(camp, me, "h", address)).walk("VEVENT")
    assert [(str(event["SUMMARY"]), str(event["STATUS"])) for event in events] == [("One", "CANCELLED")]


def test_of_session_knows_the_agenda_only(app: Flask) -> None:
    camp = make.camp()
    with pytest.raises(NotFound, match="not on the agenda"):
        calendars.of_session(camp, make.session(camp).guid, "h", address)
