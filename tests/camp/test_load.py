"""A camp from a folder: the real files, a second time, and everything that can be wrong with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select

from camp import camps, load, loaders, people, venue
from camp.db import db, writing
from camp.load import LoadError, Report
from camp.models import Needs, Participant, Person
from sessions.models import Placement, Session, Vote
from tests.conftest import TESTS

DATA = TESTS / "data" / "camp"


def loaded(app: Flask, folder: Path = DATA) -> Report:
    parsed = load.parse(folder, loaders.of(app))
    db.session.rollback()
    with writing():
        return load.store(parsed)


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def everything() -> dict[str, list[Any]]:
    """Every row of every table, to compare a database with itself."""
    with db.engine.connect() as connection:
        return {table: connection.exec_driver_sql(f'select * from "{table}"').all()
                for table in inspect(connection).get_table_names()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real files, to spoil."""
    copy = tmp_path / "camp"
    shutil.copytree(DATA, copy)
    return copy


def spoil(file: Path, change: Callable[[str], str], encoding: str = "utf-8") -> None:
    text = file.read_bytes().decode(encoding)
    assert change(text) != text
    file.write_bytes(change(text).encode(encoding))


def mistakes(app: Flask, folder: Path) -> list[str]:
    """What loading says about a folder; nothing may be written."""
    before = everything()
    with pytest.raises(LoadError) as caught:
        loaded(app, folder)
    db.session.rollback()
    assert everything() == before
    return [problem.sentence() for problem in caught.value.problems]


def test_the_real_files_make_the_camp(app: Flask) -> None:
    camp = loaded(app).camp
    assert (count(Person), count(Participant), count(Needs), count(Session), count(Vote)) == (300, 300, 300, 69, 2283)
    assert (camp.title, camp.capacity, camp.timezone, [day.date for day in camp.days]) == (
        "E-Commerce-Camp Mülheim 2027", 260, "Europe/Berlin", [date(2027, 4, 24)])
    assert [(partner.name, partner.tier) for partner in camp.partners] == [
        ("Hochschule Ruhr West", "organiser"), ("Mülheim & Business", "organiser"), ("Ruhr:Hub", "supporter"),
        ("Muster Handelsgesellschaft mbH", "sponsor")]
    grid = venue.grid(camp)
    assert [(room.letter, room.name, room.seats) for room in grid.rooms][:2] == [
        ("A", "Audimax", 180), ("B", "Hörsaal 2", 90)]
    assert (len(grid.rooms), len(grid.slots), len(grid.session_slots)) == (8, 11, 6)
    assert [camps.open_now(camp, name) for name in ("registration", "call", "voting", "pitch")] == [
        True, True, True, False]


def test_the_forty_who_registered_last_wait(app: Flask) -> None:
    everybody = people.participants(loaded(app).camp)
    assert [who.state for who in everybody] == ["admitted"] * 260 + ["waiting"] * 40
    assert everybody[259].registered_at < everybody[260].registered_at


def test_a_row_of_each_encoding_reads_right(app: Flask) -> None:
    camp = loaded(app).camp
    found = {who.person.email: who for who in people.participants(camp)}
    who = found["person004@example.org"]
    needs = db.session.get_one(Needs, who.id)
    assert (who.name, who.organisation, who.kind, who.town, who.photo, who.first_time, who.hashtags) == (
        "Günther Großmann", "Regalhaus GmbH & Co. KG", "mittelstand", "Dortmund", "ask", True,
        ["Barrierefreiheit", "Personal", "Omnichannel"])
    assert (needs.shirt, needs.diet) == ("M", "alles")
    assert who.registered_at == datetime(2027, 3, 8, 8, 30, tzinfo=UTC)
    assert found["person002@example.org"].name == "Mehmet Yılmaz"
    assert found["person002@example.org"].registered_at == datetime(2027, 3, 27, 18, 16, tzinfo=UTC)


def test_proposals_have_their_hosts_needs_and_half_days(app: Flask) -> None:
    loaded(app)
    session = db.session.scalar(select(Session).where(Session.title.startswith("Retourenquote halbieren")))
    assert session is not None
    assert (session.tag, session.length, session.needs, [host.participant.person.email for host in session.hosts]) == (
        "Retouren", 1, ["beamer"], ["person275@example.org", "person115@example.org"])
    session = db.session.scalar(select(Session).where(Session.title.startswith("Welche Shopsoftware")))
    assert session is not None
    assert [host.away for host in session.hosts] == ["morning", "morning"]
    assert sum(session.length == 2 for session in db.session.scalars(select(Session))) == 5


def test_a_second_load_changes_nothing(app: Flask) -> None:
    loaded(app)
    before = everything()
    assert not loaded(app).changed
    assert everything() == before


def test_loading_again_updates_and_keeps_what_people_did(app: Flask, folder: Path) -> None:
    camp = loaded(app).camp
    grid = venue.grid(camp)
    with writing():
        session = db.session.scalars(select(Session).order_by(Session.id)).first()
        assert session is not None
        db.session.add(Placement(session_id=session.id, room_id=grid.rooms[0].id, slot_id=grid.session_slots[0].id))
        gone = people.participants(camp)[0]
        gone.state = "cancelled"
    spoil(folder / "camp.toml", lambda text: text.replace("seats = 90", "seats = 95").replace(
        'name = "Foyer"', 'name = "Mensa"')
        + '\n[[phase]]\nname = "voting"\nopens = 2027-03-01 09:00:00\n')
    spoil(folder / "people-excel-de.csv", lambda text: text.replace("Regalhaus GmbH & Co. KG", "Regal GmbH", 1), "cp1252")
    report = loaded(app, folder)
    assert {name: (tally.new, tally.changed, tally.gone) for name, tally in report.rows.items() if tally} == {
        "rooms": (1, 1, 1), "people": (0, 1, 0), "phases": (0, 1, 0), "places": (1, 0, 0)}
    assert db.session.scalar(select(Placement.room_id)) == grid.rooms[0].id
    assert (people.count(camp, "cancelled"), people.count(camp, "admitted"), count(Participant)) == (1, 260, 300)
    assert [room.letter for room in venue.rooms(camp)] == list("ABCDEFGI")
    assert camps.spans(camp)["voting"].opens == datetime(2027, 3, 1, 8, tzinfo=UTC)


def test_a_room_or_slot_that_holds_sessions_stays(app: Flask, folder: Path) -> None:
    camp = loaded(app).camp
    grid = venue.grid(camp)
    with writing():
        for number, session in enumerate(db.session.scalars(select(Session).order_by(Session.id).limit(2))):
            db.session.add(Placement(session_id=session.id, room_id=grid.rooms[7].id,
                                     slot_id=grid.session_slots[number].id))
    spoil(folder / "camp.toml", lambda text: text.replace('"Foyer"', '"Mensa"').replace(
        "start = 11:00:00", "start = 11:05:00").replace('12:45:00, kind = "session"', '12:45:00, kind = "break"'))
    assert mistakes(app, folder) == [
        "camp.toml: The session slot on 2027-04-24 at 12:00 holds sessions of the plan; keep it, or empty it first.",
        "camp.toml: The session slot on 2027-04-24 at 11:00 holds sessions of the plan; keep it, or empty it first.",
        "camp.toml: The room “Foyer” holds sessions of the plan; keep it, or empty it first."]


def test_votes_carry_no_person(app: Flask) -> None:
    loaded(app)
    names = set(db.session.scalars(select(Vote.pseudonym)))
    assert len(names) == 267
    assert all(len(name) == 32 and not name.startswith("person") for name in names)


TOML = [
    ("title = \"E-Commerce-Camp Mülheim 2027\"\n", "", "camp.toml: “title” is missing."),
    ('slug = "ecm27"', 'slug = "sign-in"', "camp.toml, slug: “sign-in” is a word the program needs itself."),
    ('slug = "ecm27"', 'slug = "ECM27"', "camp.toml, slug: Write the short name in small letters: ecm27."),
    ('slug = "ecm27"', 'slug = "e"', "camp.toml, slug: A short name has 3 to 40 small letters, digits or dashes."),
    ("capacity = 260", "capacity = -1", "camp.toml: “capacity” cannot be -1; at least 1, at most 100000."),
    ("capacity = 260", 'capacity = "many"', "camp.toml: “capacity” has to be a whole number."),
    ("capacity = 260", "capacty = 260",
     "camp.toml: There is no key “capacty”; the nearest one is “capacity”.|camp.toml: “capacity” is missing."),
    ("Europe/Berlin", "Europe/Berlni", "camp.toml: There is no time zone “Europe/Berlni”. For example: Europe/Berlin."),
    ('["de", "en"]', '["de", "fr"]', "camp.toml: “languages” cannot be “fr”; it is one of: de, en."),
    ("date = 2027-04-24", "date = 2027-02-30", "camp.toml:27: This is no TOML: Invalid date or datetime."),
    ("date = 2027-04-24", 'date = "24.4."', "camp.toml, day 1: “date” has to be a day like 2027-04-24."),
    ("start = 11:00:00, end = 11:45:00", "start = 11:50:00, end = 11:45:00",
     "camp.toml, day 1, slot 3: It ends at 11:45, before it begins at 11:50."),
    ("start = 12:00:00", "start = 11:30:00", "camp.toml, day 1: The slots from 11:00 and from 11:30 overlap."),
    ("start = 12:00:00", "start = 25:00:00", "camp.toml:32: This is no TOML: Unclosed inline table."),
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
]


@pytest.mark.parametrize(("old", "new", "wanted"), TOML, ids=[row[2][:60] for row in TOML])
def test_a_mistake_in_camp_toml_is_named_with_its_key(app: Flask, folder: Path, old: str, new: str, wanted: str) -> None:
    spoil(folder / "camp.toml", lambda text: text.replace(old, new, 1))
    for csv in folder.glob("[pv]*.csv"):
        csv.unlink()
    assert mistakes(app, folder) == wanted.split("|")


PEOPLE = [
    ("15.02.2027 11:05", "31.02.2027 11:05", "“31.02.2027 11:05” is no day and time; it looks like 24.04.2027 09:05."),
    ("person003@example.org", "person003", "“person003” is no mail address."),
    ("person003@example.org", "PERSON001@example.org",
     "person001@example.org stands in people-rest-utf8.csv, line 2, already."),
    (";mittelstand;Ober", ";Gilde;Ober", "“Gilde” cannot stand in the column “Art”; it takes: "),
    ("alles;ja;nein;15.02", "alles;vielleicht;nein;15.02", "“vielleicht” cannot stand in the column “Foto”; it takes: "),
    ("Inés;Lange", " ; ", "There is no name."),
    ("Inés", "I" * 101, "The column “Vorname” holds more than 100 characters."),
    ("#Recht #Gründung", "#" + "x" * 41, "At most 10 hashtags, each with at most 40 characters."),
    ("Inés;Lange", "Inés;Lange;Extra", "13 cells instead of 12: put a text that holds the separator into quotation marks."),
    ("Inés;Lange", "Inés", "11 cells instead of 12: the line breaks off."),
]


@pytest.mark.parametrize(("old", "new", "wanted"), PEOPLE, ids=[row[2][:40] for row in PEOPLE])
def test_a_bad_person_is_named_with_line_and_reason(app: Flask, folder: Path, old: str, new: str, wanted: str) -> None:
    for name in ("proposals.csv", "votes.csv"):
        (folder / name).unlink()
    spoil(folder / "people-excel-de.csv", lambda text: text.replace(old, new, 1), "cp1252")
    if "example.org" in wanted:  # the file that comes first keeps the address
        assert mistakes(app, folder) == ["people-rest-utf8.csv:2: person001@example.org stands in people-excel-de.csv, "
                                         "line 2, already."]
        return
    [found] = mistakes(app, folder)
    assert found.startswith(f"people-excel-de.csv:2: {wanted}")


SESSIONS = [
    ("proposals.csv", ",power beamer,", ",piano,", "proposals.csv:3: No room can have “piano”; there is: "),
    ("proposals.csv", ",1,power beamer,", ",3,power beamer,",
     "proposals.csv:3: “3” is no length; a session takes 1 slot or 2."),
    ("proposals.csv", "person214@example.org", "who@example.org",
     "proposals.csv:3: “who@example.org” stands in no file of people."),
    ("proposals.csv", "person214@example.org", "", "proposals.csv:3: Nobody holds this session; name at least one address."),
    ("proposals.csv", ",beamer,morning", ",beamer,noon",
     "proposals.csv:5: “noon” is no half-day; it is morning, afternoon or empty."),
    ("proposals.csv", "unavailable", "unavaliable",
     "proposals.csv:1: There is no column “unavaliable”; the nearest one is “unavailable”."),
    ("votes.csv", "person001@example.org", "who@example.org",
     "votes.csv:2: “who@example.org” stands in no file of people."),
    ("votes.csv", "Vom Ladenlokal in der Innenstadt zum Click-and-Collect", "Quark",
     "votes.csv:2: There is no proposal “Quark”."),
]


@pytest.mark.parametrize(("file", "old", "new", "wanted"), SESSIONS, ids=[row[3][:40] for row in SESSIONS])
def test_a_bad_proposal_or_vote_is_named_with_line_and_reason(app: Flask, folder: Path, file: str, old: str, new: str,
                                                              wanted: str) -> None:
    spoil(folder / file, lambda text: text.replace(old, new, 1))
    found = mistakes(app, folder)
    assert len(found) == 1
    assert found[0].startswith(wanted)


def test_a_proposal_twice_and_half_a_file(app: Flask, folder: Path) -> None:
    spoil(folder / "proposals.csv", lambda text: text + text.splitlines()[1] + "\r\n" + '"Half a')
    assert mistakes(app, folder) == [
        "proposals.csv:72: From here on the quotation marks do not match; the file is damaged or breaks off.",
        "proposals.csv:71: The proposal “Retourenquote halbieren: was bei uns wirklich half” comes twice."]


def test_all_mistakes_come_at_once_and_at_most_fifty_are_told(app: Flask, folder: Path) -> None:
    spoil(folder / "votes.csv", lambda text: text.replace("@example.org", "@example.net"))
    spoil(folder / "camp.toml", lambda text: text.replace("capacity = 260", "capacity = 0"))
    (folder / "people-more.csv").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    (folder / "propsals.csv").write_bytes(b"title\n")
    with pytest.raises(LoadError) as caught:
        load.parse(folder, loaders.of(app))
    assert (caught.value.count, len(caught.value.problems)) == (2283 + 3, 50)
    assert [problem.file for problem in caught.value.problems[:4]] == [
        "propsals.csv", "camp.toml", "people-more.csv", "votes.csv"]
    assert caught.value.sentence() == "Nothing was loaded; 2286 places need a look. Mend them and load again."


def test_a_folder_without_camp_toml_and_no_folder(app: Flask, tmp_path: Path) -> None:
    assert mistakes(app, tmp_path) == [f"camp.toml: This file is missing in {tmp_path}; it says what the camp is."]
    with pytest.raises(Exception, match="is no folder"):
        load.parse(tmp_path / "none", loaders.of(app))


def test_proposals_and_votes_are_optional(app: Flask, folder: Path) -> None:
    for file in folder.glob("*.csv"):
        file.unlink()
    camp = loaded(app, folder).camp
    assert (count(Participant), count(Session), len(venue.slots(camp))) == (0, 0, 11)
    slot = venue.slots(camp)[0]
    assert (slot.starts, slot.kind, slot.title) == (time(8, 30), "break", "Einlass und Kaffee")
