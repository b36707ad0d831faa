"""Outcomes: written, kept apart from each other's edits, counted."""

import pytest
from flask import Flask

from camp.db import db, writing
from camp.editions import NEVER_SEEN
from camp.errors import BadInput, NotFound, NotOpen
from camp.models import Camp, LogEntry
from sessions import outcomes
from sessions.models import Outcome
from sessions.outcomes import MOST, Notes, Share
from tests import make
from tests.queries import count_queries
from tests.sessions import leave


def _stored() -> list[tuple[Notes, int]]:
    return [(outcomes.notes_of(row), row.edit_number) for row in db.session.query(Outcome).all()]


def test_a_first_record_is_kept_cleaned_counted_and_logged(app: Flask) -> None:
    camp, who = make.camp(), None
    session, who = make.session(camp), make.participant(camp)
    leave.outcome(camp, session, who, question=" Why?\r\n", findings="Because\x07.")
    assert _stored() == [(Notes(question="Why?", findings="Because."), 1)]
    entry = db.session.query(LogEntry).filter_by(verb="wrote notes").one()
    assert (entry.person_id, entry.detail) == (who.person_id, {"session": session.id, "edit": 1})
    db.session.refresh(camp)
    assert camp.change_number == 1


def test_a_second_record_with_the_present_number_replaces_the_first(app: Flask) -> None:
    camp = make.camp()
    session, who = make.session(camp), make.participant(camp)
    leave.outcome(camp, session, who)
    with writing():
        outcomes.record(camp, session, Notes(findings="Better."), 1, who.person_id)
    assert _stored() == [(Notes(findings="Better."), 2)]


def test_an_old_number_is_refused_with_their_text_and_nothing_changes(app: Flask) -> None:
    camp = make.camp()
    session, who = make.session(camp), make.participant(camp)
    leave.outcome(camp, session, who, findings="Theirs.")
    for seen, said in ((0, "saved these notes"), (NEVER_SEEN, "did not say which text")):
        with pytest.raises(outcomes.Overtaken, match=said) as refusal, writing():
            outcomes.record(camp, session, Notes(findings="Mine."), seen, who.person_id)
        assert (refusal.value.theirs.findings, refusal.value.theirs.edit_number) == ("Theirs.", 1)
    assert _stored() == [(Notes(findings="Theirs."), 1)]


def test_the_same_text_sent_twice_is_no_clash_and_no_edit(app: Flask) -> None:
    camp = make.camp()
    session, who = make.session(camp), make.participant(camp)
    leave.outcome(camp, session, who)
    with writing():
        outcomes.record(camp, session, Notes(findings="It works. "), 0, who.person_id)
    assert _stored() == [(Notes(findings="It works."), 1)]


@pytest.mark.parametrize(
    ("notes", "field"),
    [
        (Notes(), "findings"),
        (Notes(decisions=" \n\t"), "findings"),
        (Notes(next_steps="x" * (MOST + 1)), "next_steps"),
    ],
)
def test_empty_and_overlong_notes_are_refused_beside_their_field(app: Flask, notes: Notes, field: str) -> None:
    camp = make.camp()
    session, who = make.session(camp), make.participant(camp)
    with pytest.raises(BadInput) as refusal, writing():
        outcomes.record(camp, session, notes, 0, who.person_id)
    assert (refusal.value.field, _stored()) == (field, [])


def test_the_longest_text_fits(app: Flask) -> None:
    camp = make.camp()
    leave.outcome(camp, make.session(camp), make.participant(camp), findings="x" * MOST)
    assert _stored() == [(Notes(findings="x" * MOST), 1)]


def test_a_withdrawn_session_takes_no_notes(app: Flask) -> None:
    camp = make.camp()
    session, who = make.session(camp, state="withdrawn"), make.participant(camp)
    with pytest.raises(NotOpen), writing():
        outcomes.record(camp, session, Notes(findings="Late."), 0, who.person_id)


def test_a_session_of_another_camp_is_not_found(app: Flask) -> None:
    here, there = make.camp(), make.camp("other")
    session = make.session(there)
    assert outcomes.row_of(there, session.id).session is session
    with pytest.raises(NotFound):
        outcomes.row_of(here, session.id)


def test_rows_come_by_time_and_room_then_by_title_without_withdrawn_ones(app: Flask) -> None:
    camp = make.camp()
    late, early, zebra, apple = (make.session(camp, title) for title in ("Late", "Early", "zebra", "Apple"))
    make.session(camp, "Gone", state="withdrawn")
    leave.agenda(camp, zebra, number=1)
    leave.agenda(camp, early, late, number=2, cancelled=(zebra,))
    leave.outcome(camp, late, make.participant(camp))
    found = [
        (row.session.title, row.entry and row.entry.room_letter, row.outcome is not None) for row in outcomes.rows(camp)
    ]
    assert found == [("Early", "A", False), ("Late", "B", True), ("Apple", None, False), ("zebra", None, False)]
    assert apple.state == "proposed"


def _with_outcomes(slug: str, number: int) -> Camp:
    camp = make.camp(slug)
    sessions = [make.session(camp, f"S{n}") for n in range(number)]
    leave.agenda(camp, *sessions)
    for session in sessions:
        leave.outcome(camp, session, make.participant(camp))
    return camp


def test_rows_need_as_many_queries_for_one_session_as_for_three(app: Flask) -> None:
    numbers = []
    for camp in (_with_outcomes("one", 1), _with_outcomes("three", 3)):
        db.session.expire_all()
        db.session.refresh(camp)
        with count_queries() as sent:
            assert all(row.session.hosts[0].participant.name for row in outcomes.rows(camp))
        numbers.append(len(sent))
    assert numbers == [numbers[0]] * 2
    assert numbers[0] <= 6


def test_the_share_counts_sessions_of_the_newest_agenda(app: Flask) -> None:
    camp = make.camp(rooms=3)
    assert outcomes.documented_share(camp) == Share(0, 0)
    one, two, three, loose = (make.session(camp, title) for title in "ABCD")
    leave.agenda(camp, one, two, three)
    who = make.participant(camp)
    leave.outcome(camp, one, who)
    leave.outcome(camp, loose, who)
    assert outcomes.documented_share(camp) == Share(1, 3)
    leave.agenda(camp, two, number=2, cancelled=(one, three))
    assert outcomes.documented_share(camp) == Share(0, 1)


def test_per_cent_is_rounded_down() -> None:
    assert [Share(0, 0).percent, Share(2, 3).percent, Share(199, 200).percent, Share(3, 3).percent] == [0, 66, 99, 100]
