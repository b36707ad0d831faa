"""Every rule that needs a count or a look before it writes holds when many come at the same moment, on both databases."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from badges import door, pairing, printing
from badges.models import Admission, Badge, Device, Scan
from camp import (
    camps,
    clock,
    jobs,
    lease,
    mail,
    mail_limits,
    people,
    places,
    registration,
    settings,
    signing_in,
    tokens,
    venue,
)
from camp.db import Model, db, writing
from camp.errors import BadInput, CampError, Conflict, NotOpen
from camp.models import Camp, Job, Mail, Participant, Person, Role, SignIn
from camp.registration_models import Reservation
from sessions import agenda, merging, outcomes, picks, planning, projects, proposals, standing, voting
from sessions.models import Agenda, Entry, Outcome, Pick, Placement, Session, Vote
from sessions.planner.problem import Placement as Put
from tests import make
from tests.badges import made
from tests.races import race
from tests.sessions import leave

CROWD = 5
KEY = "k" * 43


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture(autouse=True)
def _fast_switching() -> Iterator[None]:
    """Threads give way after every few steps, so that they meet inside the rules and not only before them."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def count(table: type, *where: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def each(app: Flask, verb: Callable[..., Any], *whose: tuple[Any, ...]) -> list[Any]:
    """Run the verb at the same moment for each tuple of arguments, in a writing transaction; rows are read anew by id."""
    return race(app, *_calls(verb, list(whose)))


def refusals(given: list[Any], kind: type[Exception]) -> int:
    """How many were refused; whatever else went wrong is no refusal."""
    assert [one for one in given if isinstance(one, Exception) and not isinstance(one, kind)] == []
    return sum(isinstance(one, kind) for one in given)


def test_places_are_never_given_twice(app: Flask) -> None:
    camp = make.camp(capacity=7)
    for _ in range(20):
        make.participant(camp, state="waiting")

    def come(at: Camp, number: int) -> None:
        who = people.ensure(f"new{number}@example.org")
        db.session.add(Participant(camp_id=at.id, person_id=who.id, given_name="N", family_name="N", registered_at=clock.now()))
        db.session.flush()
        places.admit_in_order(at)

    assert each(app, come, *[(camp, number) for number in range(CROWD)]) == [None] * CROWD
    assert count(Participant, Participant.state == "admitted") == 7


def test_the_same_job_is_queued_once(app: Flask, camp: Camp) -> None:
    given = each(app, lambda at: jobs.ask(at, "plan", {}, None).id, *[(camp,)] * CROWD)
    assert given == [given[0]] * CROWD
    assert count(Job) == 1


def test_each_job_is_claimed_once(app: Flask) -> None:
    ran: list[int] = []
    jobs.register(app, "count", lambda progress, at, args: ran.append(progress.job_id) or {})  # type: ignore[func-returns-value]
    with writing():
        for number in range(8):
            jobs.ask(camps.make(f"camp-{number}", "C", 1, [make.DAY]), "count", {}, None)

    def work() -> None:
        while jobs.run_next():
            pass

    assert race(app, *[work] * CROWD) == [None] * CROWD
    assert sorted(ran) == list(db.session.scalars(select(Job.id).order_by(Job.id)))
    assert count(Job, Job.state == "done", Job.tries == 1) == 8


def test_a_mail_is_laid_down_and_claimed_once(app: Flask) -> None:
    put = partial(mail.put, "sign_in", to="mai@example.org", language="de", dedupe_key="one", values={})
    assert each(app, put, *[()] * CROWD) == [None] * CROWD
    claims = each(app, lambda: [letter.id for letter in mail.claim()], *[()] * CROWD)
    assert (count(Mail), sum(claims, [])) == (1, [db.session.scalars(select(Mail.id)).one()])


def test_a_version_is_published_once(app: Flask, camp: Camp) -> None:
    one = make.session(camp)
    room, slot = _cell(camp)
    with writing():
        planning.move(camp, one.id, room, slot)
    given = each(app, lambda at: agenda.publish(at).number, *[(camp,)] * CROWD)
    assert (refusals(given, agenda.Unchanged), count(Agenda), count(Entry)) == (CROWD - 1, 1, 1)


def test_a_camp_keeps_its_last_organiser(app: Flask, camp: Camp) -> None:
    organisers = [make.person() for _ in range(CROWD)]
    for who in organisers:
        make.role(camp, who, "organiser")
    given = each(app, lambda at, who: people.take_role(at, who, "organiser"), *[(camp, who) for who in organisers])
    assert (refusals(given, Conflict), count(Role)) == (1, 1)


def test_a_role_and_a_person_are_made_once(app: Flask, camp: Camp) -> None:
    given = each(app, lambda at: people.give_role(at, people.ensure("mai@example.org"), "moderator"), *[(camp,)] * CROWD)
    assert (given, count(Role), count(Person)) == ([None] * CROWD, 1, 1)


def test_a_cell_holds_one_session_and_a_session_lies_in_one_cell(app: Flask, camp: Camp) -> None:
    rivals = [make.session(camp, f"S{number}") for number in range(CROWD)]
    room, slot = _cell(camp)
    given = each(app, planning.move, *[(camp, one.id, room, slot) for one in rivals])
    assert (refusals(given, planning.Blocked), count(Placement)) == (CROWD - 1, 1)
    placed = db.session.scalars(select(Placement.session_id)).one()
    cells = [(camp, placed, *_cell(camp, number)) for number in range(4)]
    assert refusals(each(app, planning.move, *cells), planning.Blocked) == 0
    assert count(Placement) == 1


def test_two_plans_at_once_leave_one_whole(app: Flask, camp: Camp) -> None:
    one, two = make.session(camp, "One"), make.session(camp, "Two")
    names = [(standing.room_id(room), standing.slot_id(slot)) for room, slot in (_cell(camp, 0), _cell(camp, 1))]
    ids = [standing.session_id(one.id), standing.session_id(two.id)]
    plans = [[Put(ids[0], *names[0]), Put(ids[1], *names[1])], [Put(ids[0], *names[1]), Put(ids[1], *names[0])]]
    assert each(app, planning.apply, *[(camp, plan) for plan in plans * 2]) == [2] * 4
    assert count(Placement) == 2


@pytest.mark.parametrize("begun", [False, True])
def test_of_two_who_write_the_same_notes_one_is_overtaken(app: Flask, camp: Camp, begun: bool) -> None:
    session, who = make.session(camp), make.participant(camp)
    if begun:
        leave.outcome(camp, session, who)
    given = each(app, lambda at, of, by, text: outcomes.record(at, of, outcomes.Notes(findings=text), int(begun), by.id).id,
                 *[(camp, session, who.person, f"text {number}") for number in range(CROWD)])
    assert refusals(given, outcomes.Overtaken) == CROWD - 1
    assert db.session.scalars(select(Outcome.edit_number)).one() == 1 + begun


def test_of_two_hosts_who_save_a_proposal_one_is_told(app: Flask, camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "call", None, clock.now() + timedelta(hours=1))
    host = make.participant(camp)
    session = make.session(camp, "One", [host])
    given = each(app, lambda at, of, by, title: proposals.edit(at, of, by, proposals.Draft(title), 0),
                 *[(camp, session, host, f"Title {number}") for number in range(CROWD)])
    assert (refusals(given, Conflict), count(Session, Session.edit_number == 1)) == (CROWD - 1, 1)
    twice = each(app, lambda at, by: proposals.propose(at, by, proposals.Draft("Again")).id, *[(camp, host)] * CROWD)
    assert (refusals(twice, Conflict), count(Session, Session.title == "Again")) == (CROWD - 1, 1)


def test_a_project_keeps_its_last_member(app: Flask, camp: Camp) -> None:
    members = [make.participant(camp) for _ in range(CROWD)]
    outcome = leave.outcome(camp, make.session(camp), members[0])
    begun = each(app, lambda at, of, by: projects.found(at, of, by, "Cold chain").id, *[(camp, outcome, who) for who in members])
    assert refusals(begun, Conflict) == CROWD - 1
    project = projects.of_outcome(outcome)[0]
    db.session.rollback()
    each(app, projects.join, *[(camp, project, who) for who in members * 2])
    db.session.expire_all()
    assert len(projects.all_of(camp)[0][0].members) == CROWD
    db.session.rollback()
    given = each(app, projects.leave, *[(camp, project, who) for who in members])
    assert refusals(given, Conflict) == 1


def test_a_pairing_code_is_spent_once(app: Flask, camp: Camp) -> None:
    with writing():
        code = pairing.offer(camp, "main")
    given = each(app, lambda at: pairing.pair(at, code)[1].id, *[(camp,)] * CROWD)
    assert (refusals(given, BadInput), count(Device)) == (CROWD - 1, 1)


def test_a_sign_in_link_is_spent_once(app: Flask) -> None:
    who = make.person()
    with writing():
        token = signing_in.operator_link(who, "/")
    given = each(app, lambda: signing_in.enter(token, None).then, *[()] * CROWD)
    assert (refusals(given, Conflict), count(SignIn)) == (CROWD - 1, 1)


def test_a_code_is_tried_five_times_however_fast(app: Flask) -> None:
    who = make.person()
    with writing():
        signing_in.ask(who.email, browser="mine", key=KEY, then="/", language="de", camp_id=None)

    def guess() -> str:
        with writing():
            try:
                signing_in.enter_by_code("AAAAAAAA", "mine")
            except BadInput as error:  # counted, so it is kept
                return error.text
        return "in"

    given = race(app, *[guess] * 9)
    assert given.count("This is not the code.") == 5
    assert given.count("No code is awaited here.") == 4


def test_a_double_tap_sends_one_sign_in_mail(app: Flask) -> None:
    who = make.person()
    ask = partial(signing_in.ask, who.email, browser="mine", key=KEY, then="/", language="de", camp_id=None)
    assert each(app, ask, *[()] * CROWD) == [None] * CROWD
    assert count(Mail) == 1


def test_votes_and_picks_may_be_said_twice(app: Flask, camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "voting", None, clock.now() + timedelta(hours=1))
    session, who = make.session(camp), make.participant(camp)
    leave.agenda(camp, session)
    assert each(app, voting.cast, *[(camp, session, who, True, KEY)] * CROWD) == [None] * CROWD
    assert refusals(each(app, lambda at, by, of: picks.pick(at, by, of.id).id, *[(camp, who, session)] * CROWD), Conflict) == 0
    assert (count(Vote), count(Pick)) == (1, 1)
    assert each(app, voting.cast, *[(camp, session, who, False, KEY)] * CROWD) == [None] * CROWD
    assert count(Vote) == 0


def test_a22_twenty_votes_at_once_against_a_budget_of_three_leave_three(app: Flask, camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "voting", None, clock.now() + timedelta(hours=1))
        voting.change_rules(camp, budget=3, hidden=True, least_seen=False)
    who, sessions = make.participant(camp), [make.session(camp, f"S{number}") for number in range(20)]
    given = each(app, voting.cast, *[(camp, one, who, True, KEY) for one in sessions])
    assert (refusals(given, Conflict), count(Vote)) == (17, 3)
    given = each(app, voting.judge, *[(camp, one, who, True, KEY) for one in sessions])
    assert count(Vote) == 3


def test_a23_a_vote_meets_the_close_the_withdrawal_and_the_merge(app: Flask, camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "call", None, clock.now() + timedelta(hours=1))
        camps.set_phase(camp, "voting", None, clock.now() + timedelta(hours=1))
    host, voters = make.participant(camp), [make.participant(camp) for _ in range(CROWD)]
    gone, kept, merged = (make.session(camp, title, [host]) for title in ("Gone", "Kept", "Merged"))
    votes = [(camp, gone, who, True, KEY) for who in voters]
    given = race(app, *_calls(voting.cast, votes), *_calls(proposals.withdraw, [(camp, gone, host)]))
    assert refusals(given, CampError) == CROWD - count(Vote)
    votes = [(camp, merged, who, True, KEY) for who in voters]
    given = race(app, *_calls(voting.cast, votes), *_calls(merging.merge, [(camp, kept, merged, None)]))
    assert refusals(given, CampError) == CROWD - count(Vote, Vote.session_id == merged.id)
    assert sum(voting.counts(camp).values()) == count(Vote, Vote.session_id == merged.id)
    db.session.rollback()
    last = make.session(camp, "Last", [host])
    given = race(app, *_calls(voting.cast, [(camp, last, who, True, KEY) for who in voters]),
                 *_calls(lambda at: settings.close_phase(at, "voting"), [(camp,)]))
    assert refusals(given, NotOpen) == CROWD - count(Vote, Vote.session_id == last.id)


def _calls(verb: Callable[..., Any], whose: list[tuple[Any, ...]]) -> list[Callable[[], Any]]:
    """The verb for each tuple of arguments, in a writing transaction of its own; rows are read anew by id."""
    def call(keys: list[tuple[Any, Any]]) -> Any:
        with writing():
            return verb(*[db.session.get_one(table, key) if table else key for table, key in keys])

    return [partial(call, [(type(value), value.id) if isinstance(value, Model) else (None, value) for value in values])
            for values in whose]


def test_everybody_has_one_badge_and_is_let_in_once(app: Flask, camp: Camp) -> None:
    whole = [make.participant(camp) for _ in range(3)]
    assert sum(each(app, printing.ensure_badges, *[(camp, made.KEY)] * CROWD)) == 3
    assert count(Badge) == 3
    text, doors = made.code(whole[0]), [made.phone(camp)[1] for _ in range(CROWD)]
    scan = partial(door.check_in, host=made.HOST)
    given = [answer.verdict for answer in each(app, scan, *[(camp, one, f"nonce-{one.id:04}", text) for one in doors])]
    assert (sorted(given), count(Admission), count(Scan)) == (["admitted"] + ["already"] * (CROWD - 1), 1, CROWD)
    other = made.code(whole[1])
    given = [answer.verdict for answer in each(app, scan, *[(camp, doors[0], "nonce-again", other)] * CROWD)]
    assert (given, count(Admission), count(Scan)) == (["admitted"] * CROWD, 2, CROWD + 1)


def test_one_of_many_takes_the_lease(app: Flask) -> None:
    given = each(app, partial(lease.take, "leader", seconds=30.0), *[(tokens.draw(),) for _ in range(CROWD)])
    assert sorted(given, key=str) == [1, None, None, None, None]


def _cell(camp: Camp, number: int = 0) -> tuple[int, int]:
    grid = venue.grid(camp)
    cells = [(room.id, slot.id) for slot in grid.session_slots for room in grid.rooms]
    db.session.rollback()
    return cells[number]


def test_a06_what_comes_free_at_once_goes_to_as_many_who_wait(app: Flask) -> None:
    camp = make.camp(capacity=CROWD)
    inside = [make.participant(camp) for _ in range(CROWD)]
    line = [make.participant(camp, state="waiting", registered_at=make.EARLY + timedelta(minutes=n)) for n in range(8)]
    assert each(app, registration.leave, *[(camp, who) for who in inside[:3]]) == [None] * 3
    assert count(Participant, Participant.offered_until.is_not(None)) == 3
    assert [who.id for who in line[:3]] == list(db.session.scalars(
        select(Participant.id).where(Participant.offered_until.is_not(None)).order_by(Participant.id)))
    assert each(app, registration.settle, *[(camp,)] * CROWD) == [0] * CROWD
    given = each(app, registration.accept, *[(camp, line[0])] * CROWD)
    assert (given, count(Mail, Mail.template == "place_certain")) == ([None] * CROWD, 1)


def test_a06_a_reservation_is_confirmed_once(app: Flask) -> None:
    camp = make.camp(capacity=1)
    asker = mail_limits.asker(KEY, "a", "b", "c")
    with writing():
        registration.register(camp, "mai@example.org", registration.Entry({"given_name": "Mai", "family_name": ""}), asker, "de")
    made = db.session.scalars(select(Reservation)).one()
    token = tokens.link(KEY, registration.CONFIRM, made.id, made.salt)
    given = each(app, lambda at: registration.confirm(at, token, KEY).state, *[(camp,)] * CROWD)
    assert (refusals(given, BadInput), count(Participant, Participant.state == "admitted"), count(Person)) == (CROWD - 1, 1, 1)
