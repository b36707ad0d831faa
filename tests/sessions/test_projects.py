"""Joint projects: founded from an outcome, joined once, left while others remain."""

from datetime import date, timedelta

import pytest
from flask import Flask

from camp import camps
from camp.db import db, writing
from camp.errors import BadInput, Conflict, NotFound
from camp.models import Camp, LogEntry, Participant
from sessions import projects
from sessions.models import Member, Outcome, Project
from tests import make
from tests.queries import count_queries
from tests.sessions import leave


def _camp() -> tuple[Camp, Outcome, Participant]:
    camp = make.camp()
    mai = make.participant(camp, kind="start-up")
    return camp, leave.outcome(camp, make.session(camp), mai), mai


def test_a_founder_is_the_first_member(app: Flask) -> None:
    camp, outcome, mai = _camp()
    day = camps.today(camp)
    with writing():
        project = projects.found(camp, outcome, mai, "  Hear  your invoice ", "Who tests?", day)
    assert (project.title, project.question, project.next_date) == ("Hear your invoice", "Who tests?", day)
    assert [(member.participant.name, projects.is_founder(project, member)) for member in project.members] == [
        ("Mai Krause", True)
    ]
    assert db.session.query(LogEntry).filter_by(verb="founded project").one().detail == {"project": project.id}


def test_without_an_outcome_nothing_is_founded(app: Flask) -> None:
    camp = make.camp()
    with pytest.raises(Conflict, match="begins with what was found out"), writing():
        projects.found(camp, None, make.participant(camp), "Early bird")
    assert db.session.query(Project).count() == 0


@pytest.mark.parametrize(
    ("title", "question", "days", "field"),
    [
        ("  ", "", None, "title"),
        ("x" * 151, "", None, "title"),
        ("Fine", "x" * 2001, None, "question"),
        ("Fine", "", -1, "next_date"),
    ],
)
def test_bad_entries_are_refused_beside_their_field(
    app: Flask, title: str, question: str, days: int | None, field: str
) -> None:
    camp, outcome, mai = _camp()
    day: date | None = None if days is None else camps.today(camp) + timedelta(days)
    with pytest.raises(BadInput) as refusal, writing():
        projects.found(camp, outcome, mai, title, question, day)
    assert (refusal.value.field, db.session.query(Project).count()) == (field, 0)


def test_the_same_title_from_the_same_notes_is_refused_once_more(app: Flask) -> None:
    camp, outcome, mai = _camp()
    leave.project(camp, outcome, mai)
    with pytest.raises(Conflict) as refusal, writing():
        projects.found(camp, outcome, mai, "HEAR YOUR INVOICE")
    assert (refusal.value.field, db.session.query(Project).count()) == ("title", 1)
    other = leave.outcome(camp, make.session(camp, "Another"), mai)
    leave.project(camp, other, mai)
    assert db.session.query(Project).count() == 2


def test_joining_twice_makes_one_member(app: Flask) -> None:
    camp, outcome, mai = _camp()
    ben = make.participant(camp, "Ben", "Yilmaz", kind="mittelstand")
    project = leave.project(camp, outcome, mai, ben, ben)
    assert db.session.query(Member.participant_id).order_by(Member.id).all() == [(mai.id,), (ben.id,)]
    assert [projects.is_founder(project, member) for member in project.members] == [True, False]
    assert projects.kinds(project) == ("start-up", "mittelstand")


def test_the_founder_may_leave_while_others_remain_and_the_last_one_may_not(app: Flask) -> None:
    camp, outcome, mai = _camp()
    ben = make.participant(camp, "Ben", "Yilmaz")
    project = leave.project(camp, outcome, mai, ben)
    with writing():
        projects.leave(camp, project, mai)
        projects.leave(camp, project, mai)
    with pytest.raises(Conflict, match="last one in"), writing():
        projects.leave(camp, project, ben)
    assert db.session.query(Member.participant_id).all() == [(ben.id,)]


def test_a_project_of_another_camp_is_not_found(app: Flask) -> None:
    camp, outcome, mai = _camp()
    project = leave.project(camp, outcome, mai)
    assert projects.in_camp(camp, project.id)[0] is project
    with pytest.raises(NotFound):
        projects.in_camp(make.camp("other"), project.id)


def test_lists_hold_what_belongs_to_them(app: Flask) -> None:
    camp, outcome, mai = _camp()
    ben = make.participant(camp, "Ben", "Yilmaz")
    first, second = leave.project(camp, outcome, mai, title="B"), leave.project(camp, outcome, ben, mai, title="A")
    assert [project for project, _session in projects.all_of(camp)] == [first, second]
    assert (projects.of_outcome(outcome), projects.of_outcome(None)) == ([first, second], ())
    assert (projects.of_participant(mai), projects.of_participant(ben)) == ([first, second], [second])
    assert projects.all_of(make.camp("other")) == []


def test_a_list_needs_as_many_queries_for_one_project_as_for_three(app: Flask) -> None:
    numbers = []
    for slug, many in (("one", 1), ("three", 3)):
        camp = make.camp(slug)
        mai = make.participant(camp)
        for n in range(many):
            leave.project(
                camp, leave.outcome(camp, make.session(camp, f"S{n}"), mai), mai, make.participant(camp), title=f"P{n}"
            )
        db.session.expire_all()
        db.session.refresh(camp)
        with count_queries() as sent:
            assert all(projects.kinds(project) and session.title for project, session in projects.all_of(camp))
        numbers.append(len(sent))
    assert numbers == [numbers[0]] * 2
    assert numbers[0] <= 5
