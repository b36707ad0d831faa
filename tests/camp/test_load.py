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


SLUGS = [
    ('slug = "ecm27"', 'slug = "sign-in"', "camp.toml, slug: “sign-in” is a word the program needs itself."),
    ('slug = "ecm27"', 'slug = "ECM27"', "camp.toml, slug: Write the short name in small letters: ecm27."),
    ('slug = "ecm27"', 'slug = "e"', "camp.toml, slug: A short name has 3 to 40 small letters, digits or dashes."),
]


@pytest.mark.parametrize(("old", "new", "wanted"), SLUGS, ids=[row[1] for row in SLUGS])
def test_a_slug_that_cannot_be_one_is_refused(app: Flask, folder: Path, old: str, new: str, wanted: str) -> None:
    spoil(folder / "camp.toml", lambda text: text.replace(old, new, 1))
    assert mistakes(app, folder) == [wanted]


def test_an_address_may_stand_in_one_line_only(app: Flask, folder: Path) -> None:
    spoil(folder / "people-rest-utf8.csv", lambda text: text.replace("person001@example.org", "PERSON004@example.org", 1))
    for name in ("proposals.csv", "votes.csv"):
        (folder / name).unlink()
    assert mistakes(app, folder) == [
        "people-rest-utf8.csv:2: person004@example.org stands in people-excel-de.csv, line 3, already."]


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
    assert caught.value.sentence() == "Nothing was loaded. Places that need a look: 2286. Mend them and load again."


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
