"""R-17: two doors against a model: register, cancel, promote, scan live and late, undo, sync twice, erase, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from badges import arrivals, door
from badges.events import Event
from badges.models import Admission, Device
from camp import clock, erasers, erasure, mail_limits, people, registration, tokens
from camp.db import db, writing
from camp.errors import Full
from camp.models import Camp, Participant
from camp.registration_models import Reservation
from tests import databases, make
from tests.badges.made import HOST, KEY, code, phone

PLACES = 3
WENT_IN = ("admitted", "already")


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
    """Who has a place, who waits, who is in: by the earliest mark that let somebody in and was not taken back."""

    state: dict[int, str] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    inside: dict[int, tuple[int, int]] = field(default_factory=dict)  # who → (when, door)

    def full(self) -> bool:
        return list(self.state.values()).count("admitted") >= PLACES

    def register(self, who: int) -> None:
        self.state[who] = "waiting" if self.full() or "waiting" in self.state.values() else "admitted"

    def promote(self, who: int) -> None:
        if self.state[who] == "waiting" and not self.full():
            self.state[who] = "admitted"

    def erase(self, who: int) -> None:
        del self.state[who]
        self.inside.pop(who, None)
        self.marks = {number: mark for number, mark in self.marks.items() if mark.who != who}

    def scan(self, number: str, mark: Mark, live: bool) -> str:
        """The server's word for a scan that waits for it; a late one is what its helper saw."""
        if mark.who not in self.state:
            return "unknown"
        if live:
            free = "already" if mark.who in self.inside else "admitted"
            mark.seen = free if self.state[mark.who] == "admitted" else self.state[mark.who]
        self.marks[number] = mark
        self._enter(mark, late=not live)
        return mark.seen

    def decided(self, number: str, seen: str) -> None:
        """A helper did not wait for the server's word on a scan, and decided alone."""
        mark = self.marks.get(number)
        if mark is not None and not mark.undone:
            before, mark.seen = mark.seen, seen
            if before not in WENT_IN:
                self._enter(mark, late=True)
            elif seen not in WENT_IN:
                self._leave(mark)

    def undo(self, number: str) -> None:
        mark = self.marks.get(number)
        if mark is not None and not mark.undone:
            mark.undone = True
            self._leave(mark)

    def _enter(self, mark: Mark, late: bool) -> None:
        before = self.inside.get(mark.who)
        if mark.seen in WENT_IN and (before is None or late and mark.at < before[0]):
            self.inside[mark.who] = mark.at, mark.door

    def _leave(self, mark: Mark) -> None:
        others = sorted((one.at, one.door) for one in self.marks.values() if one.who == mark.who and not one.undone and
                        (one.seen == "admitted" or one.seen == "already" and one.door != mark.door))
        if self.inside.get(mark.who) == (mark.at, mark.door):
            self.inside[mark.who] = others[0] if others else (-1, -1)
        if not others:
            self.inside.pop(mark.who, None)


@dataclass
class Sent:
    """What a phone sends: an event; of whom and when for a scan; a helper's own decision on one that was sent before."""

    event: Event
    mark: Mark | None = None
    anew: bool = False


class Doors(RuleBasedStateMachine):
    """The machine; `app` and `database` are given by the test."""

    app: Flask
    database: databases.Database

    @initialize()
    def begin(self) -> None:
        db.session.remove()
        db.engine.dispose()
        self.database.empty(self.app.config["CAMP"].folder)
        self.camp_id = make.camp(capacity=PLACES).id
        self.noon = make.until_noon(self._camp())  # no place is offered any more on the day: organisers give what is free
        self.model, self.minute, self.drawn = Model(), 0, 0
        self.ids: list[int] = []  # of participants, by the model's numbers
        self.codes: dict[int, str] = {}
        self.sent: list[tuple[int, Sent]] = []  # what the server has taken in
        self.queues: tuple[list[Sent], list[Sent]] = [], []
        self.unanswered: list[tuple[int, Sent]] = []  # live scans whose answer may have been lost
        with clock.shifted(self.noon):
            self.phones = [phone(self._camp(), f"door {number}")[1].id for number in range(2)]
        self.start = db.session.get_one(Device, self.phones[0]).paired_at

    def _camp(self) -> Camp:
        return db.session.get_one(Camp, self.camp_id)

    def _who(self, who: int) -> Participant:
        return db.session.get_one(Participant, self.ids[who])

    @contextmanager
    def _now(self) -> Iterator[Camp]:
        with clock.shifted(self.noon + timedelta(minutes=self.minute + 1)), writing():
            yield self._camp()

    def _badge(self) -> None:
        """Whoever has a place has a badge."""
        for who, state in self.model.state.items():
            if state == "admitted" and who not in self.codes:
                self.codes[who] = code(self._who(who))

    @precondition(lambda self: len(self.model.state) < PLACES + 1)
    @rule()
    def register(self) -> None:
        who = len(self.ids)
        address = f"p{who}@example.org"
        with self._now() as camp:
            registration.register(camp, address, registration.Entry({"given_name": f"P{who}", "family_name": "M"}),
                                  mail_limits.asker(KEY, address, address, None), "en")
        made = db.session.scalars(select(Reservation)).one()
        with self._now() as camp:
            self.ids.append(registration.confirm(camp, tokens.link(KEY, registration.CONFIRM, made.id, made.salt), KEY).id)
        self.model.register(who)
        self._badge()

    @precondition(lambda self: self.model.state)
    @rule(data=st.data())
    def cancel_or_come_again(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.model.state)))
        with self._now() as camp:
            (registration.come_again if self.model.state[who] == "cancelled" else registration.leave)(camp, self._who(who))
        if self.model.state[who] == "cancelled":
            self.model.register(who)
        else:
            self.model.state[who] = "cancelled"
        self._badge()

    @precondition(lambda self: "waiting" in self.model.state.values())
    @rule(data=st.data())
    def promote(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(one for one, state in self.model.state.items() if state == "waiting")))
        with suppress(Full), self._now() as camp:
            registration.admit(camp, [self.ids[who]])
        self.model.promote(who)
        self._badge()

    @precondition(lambda self: self.model.state)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.model.state)))
        with self._now() as camp:
            erasure.erase(camp, self._who(who), erasure.Means(KEY, erasers.of(self.app)))
        self.model.erase(who)

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), place=st.integers(0, 1), back=st.integers(0, 5),
          seen=st.sampled_from(["", "admitted", "already", "waiting", "cancelled"]))
    def scan(self, data: st.DataObject, place: int, back: int, seen: str) -> None:
        """A scan that the server decides, or one that waits on the phone with what its helper saw."""
        who = data.draw(st.sampled_from(sorted(self.codes)))
        self.minute += 1
        at = self.start + timedelta(minutes=max(0, self.minute - (back if seen else 0)), seconds=self.drawn % 50)
        mark = Mark(who, place, self._since(at), seen)
        one = Sent(Event(self._number(), text=self.codes[who], at=at, live=not seen, decision=seen), mark)
        if seen:
            self.queues[place].append(one)
        else:
            self._deliver(place, [one])
            self.unanswered.append((place, one))

    @precondition(lambda self: self.unanswered)
    @rule(data=st.data(), seen=st.sampled_from(["admitted", "already", "waiting", "cancelled"]))
    def decide_alone(self, data: st.DataObject, seen: str) -> None:
        place, one = self.unanswered.pop(data.draw(st.integers(0, len(self.unanswered) - 1)))
        self.queues[place].append(Sent(replace(one.event, live=False, decision=seen), anew=True))

    @precondition(lambda self: self.sent or any(self.queues))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        theirs = [(place, one) for place, one in [*self.sent, *((place, one) for place in (0, 1) for one in self.queues[place])] if one.mark]
        if theirs:
            place, target = theirs[data.draw(st.integers(0, len(theirs) - 1))]
            self.queues[place].append(Sent(Event(self._number(), act="undo", of=target.event.nonce, live=False)))

    @precondition(lambda self: any(self.queues))
    @rule(place=st.integers(0, 1), lost=st.booleans())
    def sync(self, place: int, lost: bool) -> None:
        """A phone sends what waits; when the answer is lost it sends all of it again."""
        for _ in range(1 + lost):
            self._deliver(place, self.queues[place])
        self.queues[place].clear()

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        place, one = self.sent[data.draw(st.integers(0, len(self.sent) - 1))]
        if not any(other.event.nonce == one.event.nonce for other in self.queues[place]):
            self._deliver(place, [one])

    def _since(self, moment: datetime) -> int:
        return round((moment - self.start).total_seconds())

    def _number(self) -> str:
        self.drawn += 1
        return f"nonce-{self.drawn:06}"

    def _deliver(self, place: int, batch: list[Sent]) -> None:
        events = [one.event for one in batch]
        with self._now() as camp:
            device = db.session.get_one(Device, self.phones[place])
            before = door.known_of(camp, device, events, host=HOST)
            said = [door.take(camp, device, event, host=HOST, before=before).verdict for event in events]
            before.save()
        for one, verdict in zip(batch, said, strict=True):
            if one.anew:
                self.model.decided(one.event.nonce, one.event.decision)
            elif one.mark is None:
                assert verdict == "undone"
                self.model.undo(one.event.of)
            elif (place, one) not in self.sent:
                expected = self.model.scan(one.event.nonce, one.mark, one.event.live)
                assert verdict == expected or not one.event.live
            if (place, one) not in self.sent:
                self.sent.append((place, one))

    @invariant()
    def the_same_people_are_in(self) -> None:
        if not hasattr(self, "model"):
            return
        db.session.rollback()
        numbers = {self.ids[who]: who for who in self.model.state}
        found = {numbers[row.participant_id]: (self._since(row.at), self.phones.index(row.device_id or 0)) for row in db.session.query(Admission)}
        assert found == self.model.inside
        registered = {numbers[who.id]: who for who in people.participants(self._camp())}
        assert {who: one.state for who, one in registered.items()} == self.model.state
        arrived = {who: self._since(one.arrived_at) for who, one in registered.items() if one.arrived_at}
        assert arrived == {who: when for who, (when, _) in found.items()}
        with clock.shifted(self.noon):
            assert arrivals.head_count(self._camp()).here == len(self.model.inside)


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
def test_r17_two_doors_do_what_the_model_does(app: Flask, database: databases.Database, request: pytest.FixtureRequest) -> None:
    runs = 500 if request.config.getoption("--faults") == "long" else 5
    machine = type("DoorsHere", (Doors,), {"app": app, "database": database})
    run_state_machine_as_test(machine, settings=settings(  # type: ignore[no-untyped-call]
        max_examples=runs, stateful_step_count=20, deadline=None, derandomize=runs < 100, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink]))  # to explain a failure, every line that runs would be traced: three times as slow
