"""Tests of sessions/views/feeds.py."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from icalendar import Calendar

from camp import clock, people, venue
from camp.db import db, writing
from camp.models import Participant, Room
from sessions import agenda, picks, planning
from tests import make
from tests.sessions.leave import published


def events(body: bytes) -> dict[str, tuple[str, str, int, str]]:
    """UID → summary, start, sequence, status."""
    return {str(event["UID"]): (str(event["SUMMARY"]), event["DTSTART"].to_ical().decode(), event["SEQUENCE"],
                                str(event["STATUS"])) for event in Calendar.from_ical(body).walk("VEVENT")}


def test_camp_feed_holds_sessions_and_breaks_with_stable_uids(app: Flask) -> None:
    camp = make.camp(slots=3, venue="Hochschule, Mülheim")
    one = make.session(camp, "One", description="About *it*", tag="SEO")
    published(camp, (one, 1, 0))
    answer = make.browser(app).get("/ecm27/agenda.ics")
    lunch = next(slot for slot in venue.slots(camp) if slot.kind == "break")
    assert answer.content_type == "text/calendar; charset=utf-8" and "Set-Cookie" not in answer.headers
    assert events(answer.data) == {
        f"{one.guid}@localhost": ("One", "20270424T100000", 0, "CONFIRMED"),
        f"slot-{lunch.id}-ecm27@localhost": ("Lunch", "20270424T120000", 1, "CONFIRMED")}
    text = answer.text.replace("\r\n ", "")
    assert "LOCATION:B · Room B\\, Hochschule\\, Mülheim\r\n" in text and "CATEGORIES:SEO\r\n" in text
    assert f"URL:https://localhost/ecm27/proposals/{one.id}\r\n" in text
    assert "DESCRIPTION:Host of One Krause\\n\\nAbout *it*\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == text.count("BEGIN:STANDARD") == text.count("BEGIN:DAYLIGHT") == 1


def test_camp_feed_before_the_first_version_holds_the_breaks(app: Flask) -> None:
    make.camp(slots=3)
    assert [row[0] for row in events(make.browser(app).get("/ecm27/agenda.ics").data).values()] == ["Lunch"]
    make.camp("ecm28")
    answer = make.browser(app).get("/ecm28/agenda.ics")
    assert answer.status_code == 200 and events(answer.data) == {}


def test_unchanged_feed_is_a_304_and_head_has_no_body(app: Flask) -> None:
    camp = make.camp()
    published(camp, (make.session(camp), 0, 0))
    browser = make.browser(app)
    first = browser.get("/ecm27/agenda.ics")
    again = browser.get("/ecm27/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = browser.head("/ecm27/agenda.ics")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])


def test_a_moved_and_a_cancelled_session_count_up(app: Flask) -> None:
    camp = make.camp(rooms=3)
    stays, moves, goes = (make.session(camp, title) for title in ("Stays", "Moves", "Goes"))
    published(camp, (stays, 0, 0), (moves, 1, 0), (goes, 2, 0))
    first = make.browser(app).get("/ecm27/agenda.ics")
    with writing():
        planning.take_out(camp, goes.id)
    published(camp, (moves, 1, 1))
    answer = make.browser(app).get("/ecm27/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert events(answer.data) == {
        f"{stays.guid}@localhost": ("Stays", "20270424T100000", 0, "CONFIRMED"),
        f"{moves.guid}@localhost": ("Moves", "20270424T110000", 1, "CONFIRMED"),
        f"{goes.guid}@localhost": ("Goes", "20270424T100000", 1, "CANCELLED")}


def test_a_renamed_room_reaches_the_feed_with_the_next_version(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp)
    published(camp, (one, 0, 0))
    make.browser(app).get("/ecm27/agenda.ics")
    with writing():
        db.session.get_one(Room, venue.rooms(camp)[0].id).name = "Library"
        agenda.publish(camp)
    assert "LOCATION:A · Library" in make.browser(app).get("/ecm27/agenda.ics").text


def test_session_feed_has_one_event_or_leads_nowhere(app: Flask) -> None:
    camp, other = make.camp(slots=3), make.camp("ecm28")
    one, hidden = make.session(camp, "One"), make.session(camp, "Hidden")
    published(camp, (one, 0, 0))
    browser = make.browser(app)
    assert list(events(browser.get(f"/ecm27/sessions/{one.guid}.ics").data)) == [f"{one.guid}@localhost"]
    assert browser.get(f"/ecm27/sessions/{hidden.guid}.ics").status_code == 404
    assert browser.get(f"/{other.slug}/sessions/{one.guid}.ics").status_code == 404


def test_my_feed_holds_my_picks_and_is_kept_by_nobody(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    me, one, twin = make.participant(camp), make.session(camp, "One"), make.session(camp, "Twin")
    published(camp, (one, 0, 0), (twin, 1, 0))
    with writing():
        picks.pick(camp, me, one.id)
        secret = people.renew_feed(db.session.get_one(Participant, me.id))
    browser = make.browser(app)
    answer = browser.get(f"/ecm27/my/{secret}.ics")
    assert [row[0] for row in events(answer.data).values()] == ["One"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert browser.get(f"/{other.slug}/my/{secret}.ics").status_code == 404
    with writing():
        db.session.get_one(Participant, me.id).state = "cancelled"
    unknown, gone = browser.get(f"/ecm27/my/{'x' * 43}.ics?lang=en"), browser.get(f"/ecm27/my/{secret}.ics?lang=en")
    assert (unknown.status_code, gone.status_code) == (404, 404)
    assert unknown.text.split("<main")[1] == gone.text.split("<main")[1]


def test_feed_bytes_do_not_depend_on_the_time_of_the_request(app: Flask) -> None:
    camp = make.camp(slots=3)
    published(camp, (make.session(camp), 0, 0))
    first = make.browser(app).get("/ecm27/agenda.ics").data
    with clock.shifted(timedelta(days=3)):
        assert make.browser(app).get("/ecm27/agenda.ics").data == first


def test_mails_that_say_that_somebody_comes_carry_the_camps_days(app: Flask) -> None:
    camp = make.camp("with-days", title="ECM 27")
    bare = make.camp("bare-days", slots=0)
    carried = app.extensions["camp_mail_attachments"]
    assert set(carried) == {"place_certain", "reminder"}
    [(name, kind, body)] = carried["place_certain"](camp, {})
    assert (name, kind, b"SUMMARY:ECM 27" in body, b"URL" in body) == ("with-days.ics", "text/calendar", True, True)
    assert (carried["reminder"](bare, {}), carried["reminder"](None, {})) == ([], [])
