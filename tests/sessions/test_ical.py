"""Tests of sessions/ical.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from sessions import ical
from sessions.ical import Appointment

ONE = Appointment(
    uid="0d9f@camp.example", sequence=2, changed_at=datetime(2027, 4, 20, 9, 30, 15, 7, UTC), zone="Europe/Berlin",
    starts=datetime(2027, 4, 24, 11), ends=datetime(2027, 4, 24, 12, 45), title="Zoll, Versand; und \\ mehr",
    description="Erste Zeile\nZweite 漢字 " + "sehr lang " * 20, location="B · Hörsaal 2, Mülheim", category="Recht",
    url="https://camp.example/ecm27/proposals/1")


def lines(body: bytes) -> list[str]:
    """The unfolded lines of a calendar."""
    return body.decode().replace("\r\n ", "").split("\r\n")


def read(body: bytes) -> Calendar:
    found = Calendar.from_ical(body)
    assert isinstance(found, Calendar)
    return found


def test_event_says_what_clients_need() -> None:
    assert lines(ical.event_bytes(ONE)) == [
        "BEGIN:VEVENT",
        "SUMMARY:Zoll\\, Versand\\; und \\\\ mehr",
        "DTSTART;TZID=Europe/Berlin:20270424T110000",
        "DTEND;TZID=Europe/Berlin:20270424T124500",
        "DTSTAMP:20270420T093015Z",
        "UID:0d9f@camp.example",
        "SEQUENCE:2",
        "CATEGORIES:Recht",
        "DESCRIPTION:Erste Zeile\\nZweite 漢字 " + "sehr lang " * 20,
        "LAST-MODIFIED:20270420T093015Z",
        "LOCATION:B · Hörsaal 2\\, Mülheim",
        "STATUS:CONFIRMED",
        "URL:https://camp.example/ecm27/proposals/1",
        "END:VEVENT", ""]


def test_calendar_has_name_refresh_and_no_method() -> None:
    told = lines(ical.calendar("E-Commerce-Camp", "Europe/Berlin", 2027, []))
    assert [line for line in told if line.partition(":")[0] in (
        "VERSION", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL", "METHOD")] == [
        "VERSION:2.0", "NAME:E-Commerce-Camp", "X-WR-CALNAME:E-Commerce-Camp",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M"]


def test_cached_bytes_equal_a_calendar_that_the_library_builds_anew() -> None:
    some = [replace(ONE, uid=f"{number}@camp.example", cancelled=number % 3 == 0) for number in range(30)]
    plain = ical.shell("Camp", "Europe/Berlin", 2027)
    for one in some:
        plain.add_component(ical.event(one))
    ical.event_bytes.cache_clear()
    cold = ical.calendar("Camp", "Europe/Berlin", 2027, some)
    warm = ical.calendar("Camp", "Europe/Berlin", 2027, [replace(one) for one in some])
    assert cold == warm == plain.to_ical()
    assert ical.event_bytes.cache_info().misses == 30


def test_one_changed_event_is_made_anew_alone() -> None:
    some = [replace(ONE, uid=f"{number}@camp.example") for number in range(30)]
    ical.calendar("Camp", "Europe/Berlin", 2027, some)
    before = ical.event_bytes.cache_info().misses
    ical.calendar("Camp", "Europe/Berlin", 2027, [*some[:-1], replace(some[-1], location="C · Foyer")])
    assert ical.event_bytes.cache_info().misses == before + 1


def test_text_is_folded_whole_and_free_of_control_characters() -> None:
    body = ical.calendar("Camp", "Europe/Berlin", 2027, [replace(
        ONE, title="Nul\0, Glocke\x07, Tab\t und \x0bEnde", description="eins\r\nzwei\rdrei" + "👩‍💻" * 60)])
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"") and b"\r" not in body.replace(b"\r\n", b"")
    [event] = read(body).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Nul, Glocke, Tab\t und Ende"
    assert str(event["DESCRIPTION"]) == "eins\nzwei\ndrei" + "👩‍💻" * 60


def test_parsed_back_the_times_are_the_moments_meant() -> None:
    [event] = read(ical.calendar("Camp", "Europe/Berlin", 2027, [replace(ONE, cancelled=True)])).walk("VEVENT")
    assert (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC), str(event["STATUS"])) \
        == (datetime(2027, 4, 24, 9, tzinfo=UTC), datetime(2027, 4, 24, 10, 45, tzinfo=UTC), "CANCELLED")


@pytest.mark.parametrize(("zone", "daylight", "standard"), [
    ("Europe/Berlin", ("19700329T020000", "BYDAY=-1SU;BYMONTH=3"), ("19701025T030000", "BYDAY=-1SU;BYMONTH=10")),
    ("America/New_York", ("19700308T020000", "BYDAY=2SU;BYMONTH=3"), ("19701101T020000", "BYDAY=1SU;BYMONTH=11")),
    ("Australia/Sydney", ("19701004T020000", "BYDAY=1SU;BYMONTH=10"), ("19700405T030000", "BYDAY=1SU;BYMONTH=4")),
])
def test_timezone_is_one_standard_and_one_daylight_with_yearly_rules(
        zone: str, daylight: tuple[str, str], standard: tuple[str, str]) -> None:
    made = ical.timezone(zone, 2027)
    found = {part.name: (part["DTSTART"].to_ical().decode(),
                         part["RRULE"].to_ical().decode().removeprefix("FREQ=YEARLY;")) for part in made.subcomponents}
    assert found == {"DAYLIGHT": daylight, "STANDARD": standard}
    assert b"RDATE" not in made.to_ical()


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Europe/Dublin", "Asia/Tokyo"])
def test_timezone_rules_give_the_offsets_of_the_zone(zone: str) -> None:
    moments = [datetime(2027, 1, 1, 12) + timedelta(days=days) for days in range(0, 365, 3)]
    told = ical.timezone(zone, 2027).to_tz(lookup_tzid=False)
    assert [moment.replace(tzinfo=told).utcoffset() for moment in moments] \
        == [moment.replace(tzinfo=ZoneInfo(zone)).utcoffset() for moment in moments]


def test_timezone_without_yearly_rule_keeps_one_offset() -> None:
    [part] = ical.timezone("Asia/Tokyo", 2027).subcomponents
    assert (part.name, part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td) \
        == ("STANDARD", timedelta(hours=9), timedelta(hours=9))
    assert [part.name for part in ical.timezone("Africa/Casablanca", 2027).subcomponents] == ["STANDARD"]
