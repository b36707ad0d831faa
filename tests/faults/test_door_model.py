"""R-17: two doors against a model: register, cancel, promote, scan live and late, undo, sync twice, erase, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from badges import door, erasing
from badges.events import Event
from badges.models import Admission, Device
from camp import clock
from camp.db import db, writing
from camp.models import Camp, Participant
from tests import databases, make
from tests.badges.made import HOST, code, phone

PEOPLE = st.integers(0, 3)
DOORS = st.integers(0, 1)


@dataclass
class Mark:
    """A scan as the model keeps it: of whom, at which door, when, what the helper saw; whether it was taken back."""

    who: int
    door: int
    at: int
    seen: str
    undone: bool = False


@dataclass
class Model:
    """Who may come in, who did: the earliest mark of each person that let somebody in and was not taken back."""

    state: dict[int, str] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    inside: dict[int, tuple[int, int]] = field(default_factory=dict)  # who → (when, door)

    def scan(self, number: str, mark: Mark, live: bool) -> str:
        before = self.inside.get(mark.who)
        if live:
            mark.seen = self.state[mark.who] if self.state[mark.who] != "admitted" else "already" if before else "admitted"
        self.marks[number] = mark
        if mark.seen in ("admitted", "already") and (before is None or not live and mark.at < before[0]):
            self.inside[mark.who] = (mark.at, mark.door)
        return mark.seen

    def undo(self, number: str) -> None:
        mark = self.marks[number]
        if mark.undone:
            return
        mark.undone = True
        if mark.seen not in ("admitted", "already") or mark.who not in self.inside:
            return
        others = sorted((one.at, one.door) for one in self.marks.values() if one.who == mark.who and not one.undone
                        and (one.seen == "admitted" or one.seen == "already" and one.door != mark.door))
        if not others:
            self.inside.pop(mark.who)
        elif self.inside[mark.who] == (mark.at, mark.door):
            self.inside[mark.who] = others[0]


class Doors(RuleBasedStateMachine):
    """The machine; `app` and `database` are given by the test."""

    app: Flask
    database: databases.Database

    @initialize()
    def begin(self) -> None:
        db.session.remove()
        db.engine.dispose()
        self.database.empty(self.app.config["CAMP"].folder)
        self.camp_id = make.camp().id
        self.noon = make.until_noon(self._camp())
        self.model, self.minute, self.events = Model(), 0, {}
        with clock.shifted(self.noon):
            self.phones = [phone(self._camp(), f"door {number}")[1].id for number in range(2)]
        self.people = [make.participant(self._camp(), f"P{number}").id for number in range(4)]
        self.codes = [code(db.session.get_one(Participant, number)) for number in self.people]
        self.model.state = dict.fromkeys(range(4), "admitted")

    def _camp(self) -> Camp:
        return db.session.get_one(Camp, self.camp_id)

    def _moment(self, minute: int) -> datetime:
        return self.start + timedelta(minutes=minute)

    @property
    def start(self) -> datetime:
        return db.session.get_one(Device, self.phones[0]).paired_at

    def _send(self, number: str) -> str:
        place, event = self.events[number]
        with clock.shifted(self.noon + timedelta(minutes=self.minute + 1)), writing():
            return door.take(self._camp(), db.session.get_one(Device, self.phones[place]), event, host=HOST).verdict

    @rule(who=PEOPLE, state=st.sampled_from(["admitted", "waiting", "cancelled"]))
    def register_promote_or_cancel(self, who: int, state: str) -> None:
        if who in self.model.state:
            with writing():
                db.session.get_one(Participant, self.people[who]).state = state
            self.model.state[who] = state

    @rule(who=PEOPLE, place=DOORS, live=st.booleans(), seen=st.sampled_from(["admitted", "already", "waiting", "cancelled"]), back=st.integers(0, 5))
    def scan(self, who: int, place: int, live: bool, seen: str, back: int) -> None:
        if who not in self.model.state:
            return
        self.minute += 1
        number, minute = f"nonce-{len(self.events):06}", self.minute if live else max(0, self.minute - back)
        at = self._moment(minute) + timedelta(seconds=len(self.events) % 50)
        self.events[number] = place, Event(number, text=self.codes[who], at=at, live=live, decision="" if live else seen)
        self._send(number)
        self.model.scan(number, Mark(who, place, round((at - self.start).total_seconds()), seen), live)

    @precondition(lambda self: self.events)
    @rule(data=st.data())
    def sync_again(self, data: st.DataObject) -> None:
        self._send(data.draw(st.sampled_from(sorted(self.events))))

    @precondition(lambda self: self.model.marks)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        target = data.draw(st.sampled_from(sorted(self.model.marks)))
        number = f"nonce-{len(self.events):06}"
        self.events[number] = self.events[target][0], Event(number, act="undo", of=target, live=False)
        for _ in range(2):
            assert self._send(number) == "undone"
        self.model.undo(target)

    @rule(who=PEOPLE)
    def erase(self, who: int) -> None:
        if who in self.model.state:
            with writing():
                erasing.forget(self._camp(), db.session.get_one(Participant, self.people[who]), "")
                db.session.execute(delete(Participant).where(Participant.id == self.people[who]))
            del self.model.state[who]
            self.model.inside.pop(who, None)
            self.events = {name: pair for name, pair in self.events.items() if pair[1].text != self.codes[who] and pair[1].act == "scan" or name not in self.model.marks}
            self.model.marks = {name: mark for name, mark in self.model.marks.items() if mark.who != who}

    @invariant()
    def the_same_people_are_in(self) -> None:
        if not hasattr(self, "model"):
            return
        db.session.rollback()
        rows = {row.participant_id: row for row in db.session.query(Admission)}
        found = {self.people.index(number): (round((row.at - self.start).total_seconds()), self.phones.index(row.device_id)) for number, row in rows.items()}
        assert found == self.model.inside
        for who, (when, _) in self.model.inside.items():
            arrived = db.session.get_one(Participant, self.people[who]).arrived_at
            assert arrived is not None
            assert round((arrived - self.start).total_seconds()) == when


@pytest.mark.slow
def test_r17_two_doors_do_what_the_model_does(app: Flask, database: databases.Database, request: pytest.FixtureRequest) -> None:
    runs = 500 if request.config.getoption("--faults") == "long" else 5
    machine = type("DoorsHere", (Doors,), {"app": app, "database": database})
    run_state_machine_as_test(machine, settings=settings(  # type: ignore[no-untyped-call]
        max_examples=runs, stateful_step_count=20, deadline=None, derandomize=runs < 100, suppress_health_check=list(HealthCheck)))
