"""What the sessions wing forgets: the person's rows and name; what others wrote, chose and hold stays."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from camp.db import db, writing
from camp.models import Participant
from sessions import agenda, erasing, voting
from sessions.board_models import Step
from sessions.models import Entry, Member, Outcome, Pick, Placement, Project, Session
from tests import make
from tests.camp import lived

KEY = "v" * 43


def _forget(camp: object, who: Participant) -> None:
    with writing():
        row = db.session.get_one(Participant, who.id)
        from camp.models import Camp
        erasing.forget(db.session.get_one(Camp, row.camp_id), row, KEY)
    db.session.rollback()


def test_numbers_tell_what_there_is(app: Flask) -> None:
    camp, who, mai = lived.fill(app)
    assert erasing.numbers(camp, who, KEY) == {"votes": 1, "picks": 1, "sessions": 2, "projects": 2, "pitches": 1, "introduction": 1}
    _forget(camp, who)
    assert erasing.numbers(camp, who, KEY) == {"votes": 0, "picks": 0, "sessions": 0, "projects": 0, "pitches": 0, "introduction": 0}
    assert erasing.numbers(camp, mai, KEY) == {"votes": 2, "picks": 1, "sessions": 1, "projects": 1, "pitches": 0, "introduction": 0}


def test_a_session_without_another_host_is_withdrawn_and_a_shared_one_goes_on(app: Flask) -> None:
    camp, who, mai = lived.fill(app)
    _forget(camp, who)
    rows = db.session.scalars(select(Session).order_by(Session.id)).all()
    assert [(row.title, row.state, [host.participant_id for host in row.hosts]) for row in rows] == [
        ("Coelacanths", "withdrawn", []), ("Reefs at night", "proposed", [mai.id])]
    assert rows[0].description == "Held by –. Ask –."
    assert list(db.session.scalars(select(Placement.session_id))) == [rows[1].id]
    assert voting.counts(camp) == {rows[1].id: 1}
    assert list(db.session.scalars(select(Pick.participant_id))) == [mai.id]


def test_notes_stay_without_the_name_and_projects_with_their_others(app: Flask) -> None:
    camp, who, mai = lived.fill(app)
    _forget(camp, who)
    notes = db.session.scalars(select(Outcome).order_by(Outcome.session_id)).all()
    assert [(note.findings, note.who_tries, note.edit_number) for note in notes] == [("They live deep.", "– and Mai", 2)] * 2
    projects = db.session.scalars(select(Project)).all()
    assert [(project.title, project.question) for project in projects] == [("A reef", "Does – dive?")]
    assert list(db.session.scalars(select(Member.participant_id))) == [mai.id]


def test_every_published_version_loses_the_name_and_calendars_hear_of_it(app: Flask) -> None:
    camp, who, _ = lived.fill(app)
    _forget(camp, who)
    rows = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert [(row.title, row.hosts, row.sequence) for row in rows] == [
        ("Coelacanths", "–", 0), ("Reefs", "–, Mai Krause", 0), ("Coelacanths", "–", 1), ("Reefs at night", "–, Mai Krause", 2)]
    with writing():
        agenda.publish(camp)
    assert [(entry.title, entry.hosts, entry.cancelled) for entry in agenda.entries(agenda.current(camp))] == [  # type: ignore[arg-type]
        ("Coelacanths", "–", True), ("Reefs at night", "Mai Krause", False)]


def test_a_former_name_goes_too_and_a_namesake_stays(app: Flask) -> None:
    camp = make.camp()
    one, two = make.participant(camp, "Mai", "Krause"), make.participant(camp, "Mai", "Krause")
    both, hers, former = make.session(camp, "Both", [one, two]), make.session(camp, "Hers", [two]), make.session(camp, "Former", [one, two])
    with writing():
        from datetime import time

        from camp import clock
        from sessions.models import Agenda
        version = Agenda(camp_id=camp.id, number=1, published_at=clock.now())
        db.session.add(version)
        db.session.flush()
        for session, hosts in ((both, "Mai Krause, Mai Krause"), (hers, "Mai Krause"), (former, "Mai Krohn, Mai Krause")):
            db.session.add(Entry(agenda_id=version.id, session_id=session.id, title=session.title, description="", hosts=hosts, tag="",
                                 room_id=1, room_letter="A", room_name="A", date=make.DAY, starts=time(10), ends=time(11), changed_at=clock.now()))
    _forget(camp, one)
    assert list(db.session.scalars(select(Entry.hosts).order_by(Entry.id))) == ["–, Mai Krause", "Mai Krause", "Mai Krohn, –"]


def test_steps_on_the_board_stay_without_who_made_them(app: Flask) -> None:
    camp = make.camp()
    who, one = make.participant(camp, "Olga"), make.session(camp)
    with writing():
        db.session.add(Step(camp_id=camp.id, person_id=who.person_id, at=make.EARLY, verb="moved session", session_id=one.id))
    _forget(camp, who)
    assert db.session.execute(select(Step.person_id, Step.session_id)).tuples().all() == [(None, one.id)]
