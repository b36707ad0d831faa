"""camp.toml: what it says, and every mistake named with its key."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from camp import camp_file
from camp.camp_file import CampRecord, RoomRecord, SlotRecord
from camp.phases import Span
from tests.conftest import TESTS

REAL = (TESTS / "data" / "camp" / "camp.toml").read_text("utf-8")
SMALL = """
title = " Small  camp "
slug = "small"
capacity = 5
[[day]]
date = 2027-04-24
slots = [ { start = 10:00:00, end = 10:45:00, kind = "session" }, { start = 09:00:00, end = 10:00:00, kind = "break", title = "Tea" } ]
[[room]]
name = "Hall"
seats = 30
[[partner]]
name = "Library"
tier = "supporter"
url = "https://library.example"
[[phase]]
name = "voting"
opens = 2027-03-01 09:00:00
"""


def test_a_small_camp_becomes_a_record() -> None:
    day = date(2027, 4, 24)
    assert camp_file.parse(SMALL.encode()) == (CampRecord(
        slug="small", values={"title": "Small camp", "capacity": 5, "timezone": "Europe/Berlin"}, days=(day,),
        slots=(SlotRecord(day, time(9), time(10), "break", "Tea"), SlotRecord(day, time(10), time(10, 45), "session", "")),
        rooms=(RoomRecord("Hall", 30, ()),), partners=(("Library", "supporter", "https://library.example"),),
        phases={"voting": Span(datetime(2027, 3, 1, 8, tzinfo=UTC))}), [])


def test_windows_line_ends_and_a_mark_are_no_mistake() -> None:
    record, problems = camp_file.parse(b"\xef\xbb\xbf" + REAL.replace("\n", "\r\n").encode())
    assert problems == []
    assert record is not None
    assert (len(record.slots), len(record.rooms)) == (11, 8)


def test_a_file_that_is_not_utf8_or_not_toml_is_named_with_its_line() -> None:
    assert [problem.sentence() for problem in camp_file.parse(REAL.encode("cp1252"))[1]] == [
        "camp.toml:2: camp.toml has to be saved as UTF-8."]
    assert [problem.sentence() for problem in camp_file.parse(b"a = 1\nb = \n")[1]] == [
        "camp.toml:2: This is no TOML: Invalid value."]


TOML = [
    ("title = \"E-Commerce-Camp Mülheim 2027\"\n", "", "camp.toml: “title” is missing."),
    ("capacity = 260", "capacity = -1", "camp.toml: “capacity” cannot be -1; at least 1, at most 100000."),
    ("capacity = 260", 'capacity = "many"', "camp.toml: “capacity” has to be a whole number."),
    ("capacity = 260", "capacty = 260",
     "camp.toml: There is no key “capacty”; the nearest one is “capacity”.|camp.toml: “capacity” is missing."),
    ("Europe/Berlin", "Europe/Berlni", "camp.toml: There is no time zone “Europe/Berlni”. For example: Europe/Berlin."),
    ('["de", "en"]', '["de", "fr"]', "camp.toml: “languages” cannot be “fr”; it is one of: de, en."),
    ("date = 2027-04-24", "date = 2027-02-30", "camp.toml:28: There is no day 2027-02-30; a day is written like 2027-04-24."),
    ("date = 2027-04-24", 'date = "24.4."', "camp.toml, day 1: “date” has to be a day like 2027-04-24."),
    ("start = 11:00:00, end = 11:45:00", "start = 11:50:00, end = 11:45:00",
     "camp.toml, day 1, slot 3: It ends at 11:45, before it begins at 11:50."),
    ("start = 12:00:00", "start = 11:30:00", "camp.toml, day 1: The slots from 11:00 and from 11:30 overlap."),
    ("date = 2027-04-24", "date = 2026-13-45", "camp.toml:28: There is no day 2026-13-45; a day is written like 2027-04-24."),
    ("start = 12:00:00", "start = 25:00:00", "camp.toml:33: There is no time 25:00:00; a time is written like 09:30:00."),
    ('kind = "plenary", title = "Ab', 'kind = "party", title = "Ab',
     "camp.toml, day 1, slot 11: “kind” cannot be “party”; it is one of: session, break, plenary."),
    ('name = "Hörsaal 3"', 'name = "Hörsaal 2"', "camp.toml, room 3: The room “Hörsaal 2” comes twice."),
    ("seats = 16", "seats = 0", "camp.toml, room 7: “seats” cannot be 0; at least 1, at most 100000."),
    ("seats = 16\n", "", "camp.toml, room 7: “seats” is missing."),
    ('"power", "step-free", "stream"', '"power", "pool"',
     "camp.toml, room 1: “features” cannot be “pool”; it is one of: beamer, whiteboard, power, step-free, stream."),
    ('tier = "sponsor"', 'tier = "gold"',
     "camp.toml, partner 4: “tier” cannot be “gold”; it is one of: organiser, supporter, sponsor."),
    ('name = "Ruhr:Hub"', 'name = "' + "x" * 101 + '"',
     "camp.toml, partner 3: “name” is too long: at most 100 characters."),
    ("[[partner]]", "[[phase]]\nname = \"pitch\"\nopens = 2027-04-24 10:00:00\ncloses = 2027-04-24 09:00:00\n[[partner]]",
     "camp.toml, phase 1: It closes before it opens."),
    ("[[partner]]", "[[phase]]\nname = \"party\"\n[[partner]]", "camp.toml, phase 1: “name” cannot be “party”; it is one of: "
     "registration, call, voting, pitch, camp, follow-up."),
    ("[[partner]]", "[[partner]]\nurl = \"javascript:1\"", "camp.toml, partner 1: “url” has to begin with https://."),
    ("[[day]]", "[[day]]\ndate = 2027-04-24\n[[day]]", "camp.toml: The day 2027-04-24 comes twice."),
]


@pytest.mark.parametrize(("old", "new", "wanted"), TOML, ids=[row[2][:60] for row in TOML])
def test_a_mistake_is_named_with_its_key(old: str, new: str, wanted: str) -> None:
    assert old in REAL
    record, problems = camp_file.parse(REAL.replace(old, new, 1).encode())
    assert record is None
    assert [problem.sentence() for problem in problems] == wanted.split("|")
