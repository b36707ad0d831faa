"""The camp book gathered: figures as sums, sessions by time, what had no cell, projects, partners."""

from dataclasses import replace
from datetime import time

import pytest
from flask import Flask

from camp import pictures
from camp.db import db, writing
from camp.models import Camp, Partner
from sessions.book import Book, Figures, Joint, Leaf, Picture, Where, gather
from sessions.book_files import html_file
from sessions.outcomes import Notes
from tests import make
from tests.queries import count_queries
from tests.sessions import leave


def test_an_empty_camp_gives_an_empty_book(app: Flask) -> None:
    camp = make.camp(rooms=1, slots=1)
    assert gather(camp) == Book(
        slug="ecm27",
        title="Camp ecm27",
        venue="",
        days=(make.DAY,),
        figures=Figures(0, 0, (), (), 0, 0, 0, 0),
        picture=Picture(("A",), ((make.DAY, time(10)),), frozenset()),
        leaves=(),
        loose=(),
        projects=(),
        partners=(),
    )
    assert gather(camp).empty


def test_the_book_holds_sessions_with_place_hosts_notes_and_projects(app: Flask) -> None:
    camp = make.camp(rooms=2, slots=1, venue="Campus")
    mai = make.participant(camp, organisation="Lagerpilot", kind="start-up")
    ben = make.participant(camp, "Ben", "Yilmaz", organisation="Regalhaus", kind="mittelstand")
    held, loose = (
        make.session(camp, "Invoices", [mai], tag="Access", description="Read aloud"),
        make.session(camp, "Left", []),
    )
    make.session(camp, "Gone", [], state="withdrawn")
    leave.agenda(camp, held)
    project = leave.project(camp, leave.outcome(camp, held, mai, question="How?", who_tries="We"), mai, ben)
    with writing():
        db.session.add(Partner(camp_id=camp.id, name="City", tier="organiser"))
    db.session.refresh(camp)
    book = gather(camp)
    assert book.leaves == (
        Leaf(
            held.id,
            "Invoices",
            "Access",
            "Read aloud",
            (("Mai Krause", "Lagerpilot"),),
            Where(make.DAY, time(10), time(10, 45), "A", "Room A"),
            Notes(question="How?", who_tries="We"),
        ),
    )
    assert book.loose == (Leaf(loose.id, "Left", "", "", (), None, Notes()),)
    assert book.projects == (
        Joint(
            project.id,
            "Hear your invoice",
            "",
            None,
            held.id,
            "Invoices",
            (("Mai Krause", "Lagerpilot", "start-up"), ("Ben Yilmaz", "Regalhaus", "mittelstand")),
            ("start-up", "mittelstand"),
        ),
    )
    assert (book.partners, book.venue, book.empty) == ((("organiser", "City"),), "Campus", False)
    assert book.picture.filled == {(0, 0)}


def test_figures_are_sums_and_small_towns_stand_together(app: Flask) -> None:
    camp = make.camp()
    people = [
        make.participant(camp, f"P{n}", town="Essen" if n < 3 else f"Town {n}", kind="university" if n else "start-up")
        for n in range(5)
    ]
    make.participant(camp, state="waiting", town="Bonn")
    make.participant(camp, state="cancelled", town="Bonn", arrived_at=make.EARLY)
    one, two = make.session(camp, "One", []), make.session(camp, "Two", [])
    leave.agenda(camp, one, two)
    leave.outcome(camp, one, people[0])
    make.vote(app, people[0], one, two)
    make.vote(app, people[1], one)
    make.vote(app, people[2], make.session(make.camp("other")))
    figures = gather(camp).figures
    assert figures == Figures(5, 0, (("start-up", 1), ("university", 4)), (("Essen", 3),), 2, 2, 1, 3)
    assert figures.people == 5


def test_after_the_first_arrival_only_those_who_came_are_counted(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, kind="start-up", arrived_at=make.EARLY)
    make.participant(camp, kind="university")
    figures = gather(camp).figures
    assert (figures.admitted, figures.arrived, figures.people, figures.kinds) == (2, 1, 1, (("start-up", 1),))


def test_a_session_of_two_slots_fills_two_cells_of_the_picture(app: Flask) -> None:
    camp = make.camp(rooms=2, slots=2)
    session = make.session(camp, length=2)
    agenda = leave.agenda(camp, session)
    with writing():
        from sessions.models import Entry

        db.session.query(Entry).filter_by(agenda_id=agenda.id).update({"ends": time(11, 45)})
    assert gather(camp).picture.filled == {(0, 0), (1, 0)}


@pytest.mark.parametrize("change", ["leaves", "projects", "loose"])
def test_a_book_with_an_agenda_a_project_or_notes_is_not_empty(app: Flask, change: str) -> None:
    book = gather(make.camp())
    leaf = Leaf(1, "T", "", "", (), None, Notes(findings="x"))
    joint = Joint(1, "T", "", None, 1, "S", (), ())
    assert not replace(book, **{change: (joint if change == "projects" else leaf,)}).empty
    assert replace(book, loose=(replace(leaf, notes=Notes()),)).empty


def _filled(slug: str, number: int) -> Camp:
    camp = make.camp(slug)
    sessions = [make.session(camp, f"S{n}") for n in range(number)]
    leave.agenda(camp, *sessions)
    for session in sessions:
        mai = make.participant(camp)
        leave.project(camp, leave.outcome(camp, session, mai), mai, make.participant(camp))
    return camp


def test_the_book_needs_as_many_queries_for_one_session_as_for_three(app: Flask) -> None:
    numbers = []
    for camp in (_filled("one", 1), _filled("three", 3)):
        db.session.expire_all()
        db.session.refresh(camp)
        with count_queries() as sent:
            assert len(gather(camp).projects) == len(gather(camp).leaves)
        numbers.append(len(sent) / 2)
    assert numbers == [numbers[0]] * 2
    assert numbers[0] <= 16


def test_the_book_carries_the_logos_of_the_camp_and_its_partners(app: Flask) -> None:
    camp = make.camp()
    with writing():
        db.session.add_all(Partner(camp_id=camp.id, name=name, tier="sponsor") for name in ("City", "Bank"))
    db.session.refresh(camp)
    with writing():
        for owner in (camp, camp.partners[0]):
            pictures.put(camp, owner, make.picture())
    book = gather(camp)
    assert (book.logo[:22], {name: address[:22] for name, address in book.partner_logos.items()}) == ("data:image/png;base64,", {"City": "data:image/png;base64,"})
    page = html_file(book, "de")
    assert (page.count('<img class="logo" src="data:image/png;base64,'), 'alt="Camp ecm27"' in page) == (2, True)
