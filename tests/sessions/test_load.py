"""Proposals and votes from files: records, and every bad line named."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from camp import venue
from camp.db import db, writing
from camp.loaders import Folder, Held
from sessions import load
from sessions.load import Records, SessionRecord
from sessions.models import Placement, Session, Vote
from tests import make
from tests.conftest import TESTS

FILES = {name: (TESTS / "data" / "camp" / name).read_bytes() for name in (load.PROPOSALS, load.VOTES)}
ADDRESSES = frozenset(f"person{number:03}@example.org" for number in range(1, 301))


def test_the_real_files_become_records() -> None:
    records, problems = load.parse(Folder(FILES, ADDRESSES, None))
    assert (len(records.sessions), len(records.votes), problems) == (69, 2283, [])
    assert records.sessions[0] == SessionRecord(
        "Retourenquote halbieren: was bei uns wirklich half", "Retouren", ("person275@example.org", "person115@example.org"),
        1, ("beamer",), "", None)


def test_german_headings_and_two_votes_for_one() -> None:
    proposals = "Titel;Wer;Länge;nicht verfügbar;Beschreibung\nA;Person001@example.org;2;Vormittag;Text\n".encode()
    votes = b"person,title\nperson002@example.org,A\nPERSON002@example.org,A\n"
    assert load.parse(Folder({load.PROPOSALS: proposals, load.VOTES: votes}, ADDRESSES, None)) == (Records(
        (SessionRecord("A", "", ("person001@example.org",), 2, (), "morning", "Text"),),
        (("person002@example.org", "A"),)), [])


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
def test_a_bad_line_is_named_with_its_reason(file: str, old: str, new: str, wanted: str) -> None:
    text = FILES[file].decode()
    assert old in text
    _, problems = load.parse(Folder(FILES | {file: text.replace(old, new, 1).encode()}, ADDRESSES, None))
    assert len(problems) == 1
    assert problems[0].sentence().startswith(wanted)


def test_a_votes_file_alone_speaks_of_the_proposals_that_are_there(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp, address="host@example.org")
    make.session(camp, "Returns", [host])
    files = {load.VOTES: b"person,title\nhost@example.org,Returns\nhost@example.org,Other\n"}
    records, problems = load.parse(Folder(files, frozenset({"host@example.org"}), camp))
    assert records.votes == (("host@example.org", "Returns"),)
    assert [problem.sentence() for problem in problems] == ["votes.csv:3: There is no proposal “Other”."]


def test_storing_twice_updates_by_title_and_keeps_votes_and_withdrawals(app: Flask) -> None:
    camp = make.camp()
    first, second = (make.participant(camp, address=f"{name}@example.org") for name in ("first", "second"))
    old = make.session(camp, "Returns", [first], state="withdrawn")
    make.vote(app, second, old)
    records = Records((SessionRecord("Returns", "Retail", ("second@example.org",), 2, ("power",), "afternoon", None),),
                      (("second@example.org", "Returns"), ("first@example.org", "Returns")))
    key = app.config["CAMP"].vote_key
    with writing():
        tallies = load.store(camp, records, key)
    assert {name: (tally.new, tally.changed) for name, tally in tallies.items()} == {"proposals": (0, 1), "votes": (1, 0)}
    with writing():
        assert not any(load.store(camp, records, key).values())
    db.session.expire_all()
    [session] = db.session.scalars(select(Session))
    assert (session.state, session.tag, session.length, session.needs) == ("withdrawn", "Retail", 2, ["power"])
    assert [(host.participant_id, host.away) for host in session.hosts] == [(second.id, "afternoon")]
    assert len(db.session.scalars(select(Vote.pseudonym)).all()) == 2


def test_loading_another_length_takes_the_session_off_the_plan(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp, address="host@example.org")
    long, same = make.session(camp, "Long", [host], length=2), make.session(camp, "Same", [host], length=1)
    rooms, slots = [room.id for room in venue.rooms(camp)], [slot.id for slot in venue.slots(camp)]
    with writing():
        db.session.add_all([Placement(session_id=long.id, part=n, room_id=rooms[0], slot_id=slots[n - 1]) for n in (1, 2)])
        db.session.add(Placement(session_id=same.id, room_id=rooms[1], slot_id=slots[0]))
    records = Records(tuple(SessionRecord(title, "", ("host@example.org",), 1, (), "", None) for title in ("Long", "Same")))
    with writing():
        load.store(camp, records, app.config["CAMP"].vote_key)
    assert db.session.scalars(select(Placement.session_id)).all() == [same.id]


def test_held_names_rooms_and_slots_of_this_camp_only(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    grid = venue.grid(camp)
    session = make.session(camp)
    with writing():
        db.session.add(Placement(session_id=session.id, room_id=grid.rooms[1].id, slot_id=grid.slots[0].id))
    assert load.held(camp) == Held(frozenset({grid.rooms[1].id}), frozenset({grid.slots[0].id}))
    assert load.held(other) == Held()
