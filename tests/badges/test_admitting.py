"""Two doors without network, in whatever order their scans come in: the earliest counts, each can be taken back."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from flask import Flask

from badges import arrivals, door, revoking
from badges.events import Event
from badges.models import Admission, Device, Handout, Scan
from camp import camps, clock
from camp.db import db, writing
from camp.models import Camp, Participant
from tests import make
from tests.badges.made import HOST, code, phone

_numbers = itertools.count(1)


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def mai(camp: Camp) -> Participant:
    return make.participant(camp)


def take(camp: Camp, device: Device, text: str = "", *, decision: str = "admitted", minutes_ago: float = 0, **values: object) -> tuple[str, door.Answer]:
    """An event that a phone brings later on; its number and the answer."""
    nonce = str(values.pop("nonce", f"nonce-{next(_numbers):06}"))
    at = clock.now() - timedelta(minutes=minutes_ago)
    with writing():
        return nonce, door.take(camp, device, Event(nonce, text=text, at=at, live=False, decision=decision, **values), host=HOST)  # type: ignore[arg-type]


def _phones(camp: Camp) -> tuple[Device, Device]:
    with clock.shifted(timedelta(hours=-3)):
        return phone(camp, "one")[1], phone(camp, "two")[1]


def _doors(camp: Camp) -> list[tuple[str, str, str]]:
    rows = db.session.query(Scan).order_by(Scan.at)
    names = {device.id: device.door for device in db.session.query(Device)}
    return [(names[scan.device_id], scan.decision, scan.verdict) for scan in rows]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_offline_doors_let_the_same_badge_in_and_the_earlier_one_counts(camp: Camp, mai: Participant, order: tuple[int, int]) -> None:
    one, two = _phones(camp)
    text, sent = code(mai), [(one, 20), (two, 10)]
    for number in order:
        take(camp, sent[number][0], text, minutes_ago=sent[number][1])
    assert _doors(camp) == [("one", "admitted", "admitted"), ("two", "admitted", "already")]
    admission = db.session.query(Admission).one()
    assert (admission.device_id, mai.arrived_at) == (one.id, admission.at)
    (double,) = arrivals.doubles(camp, camps.today(camp))
    assert (double.participant, [name for _, name in double.times], double.devices) == (mai, ["one", "two"], {one.id, two.id})
    assert arrivals.head_count(camp).here == 1


def test_a_live_scan_never_takes_the_place_of_another(camp: Camp, mai: Participant) -> None:
    one, two = _phones(camp)
    text = code(mai)
    take(camp, one, text, minutes_ago=1)
    with writing():
        found = door.take(camp, two, Event("nonce-live", text=text, at=clock.now() - timedelta(minutes=5)), host=HOST)
    assert (found.verdict, found.door, arrivals.doubles(camp, camps.today(camp))) == ("already", "one", [])


def test_who_was_turned_away_is_not_in_although_there_is_a_place(camp: Camp, mai: Participant) -> None:
    one, _ = _phones(camp)
    assert take(camp, one, code(mai), decision="unknown")[1].verdict == "refused"
    assert take(camp, one, code(mai), decision="waiting")[1].verdict == "refused"
    assert db.session.query(Admission).count() == 0


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_who_was_let_in_from_an_old_list_is_in_and_the_verdict_says_what_was_wrong(camp: Camp, mai: Participant, state: str) -> None:
    one, _ = _phones(camp)
    text = code(mai)
    with writing():
        mai.state = state
        db.session.add(mai)
    assert take(camp, one, text)[1].verdict == state
    assert (db.session.query(Admission).count(), _doors(camp)) == (1, [("one", "admitted", state)])


def test_who_is_not_on_the_list_is_let_in_provisionally_and_settled_when_the_code_is_known(camp: Camp) -> None:
    one, _ = _phones(camp)
    later = make.participant(camp, "Later")
    text = code(later)
    assert take(camp, one, text, decision="provisional")[1].verdict == "admitted"
    assert take(camp, one, "ABCDEFGHIJKLMNOP", decision="provisional")[1].verdict == "unknown"
    assert arrivals.provisional(camp) == 1
    newest = make.participant(camp, "Newest")
    known = code(newest)
    with writing():  # as if it had been printed after the scan
        scan = db.session.query(Scan).filter_by(verdict="unknown").one()
        scan.code_hash = revoking.badge_of(known).code_hash  # type: ignore[union-attr]
    with writing():
        assert door.settle(camp) == 1
    assert (arrivals.provisional(camp), arrivals.head_count(camp).here) == (0, 2)


def test_a_helper_who_could_not_wait_is_heard(camp: Camp, mai: Participant) -> None:
    """The server had let the person in, its answer was lost, and the phone's old list did not know them."""
    one, _ = _phones(camp)
    text = code(mai)
    with writing():
        assert door.take(camp, one, Event("nonce-lost", text=text), host=HOST).verdict == "admitted"
    for _ in range(2):
        assert take(camp, one, text, decision="unknown", nonce="nonce-lost")[1].verdict == "refused"
        assert db.session.query(Admission).count() == 0
    assert take(camp, one, text, decision="provisional", nonce="nonce-lost")[1].participant == mai
    assert db.session.query(Admission).count() == 1


def test_undoing_takes_back_the_own_scan_and_leaves_the_other_doors(camp: Camp, mai: Participant) -> None:
    one, two = _phones(camp)
    text = code(mai)
    nonce, _ = take(camp, one, text, minutes_ago=20)
    other, _ = take(camp, two, text, minutes_ago=10)
    take(camp, one, act="undo", of=nonce, decision="")
    admission = db.session.query(Admission).one()
    assert (admission.device_id, arrivals.doubles(camp, camps.today(camp))) == (two.id, [])
    assert db.session.get_one(Participant, mai.id).arrived_at == admission.at  # no longer the scan that was taken back
    for _ in range(2):
        assert take(camp, two, act="undo", of=other, decision="", nonce="nonce-undo")[1].verdict == "undone"
    assert (db.session.query(Admission).count(), db.session.get_one(Participant, mai.id).arrived_at) == (0, None)
    assert sum(scan.undone_at is not None for scan in db.session.query(Scan)) == 2
    assert take(camp, one, text)[1].verdict == "admitted"


def test_a_phone_takes_back_by_name_what_another_let_in(camp: Camp, mai: Participant) -> None:
    one, two = _phones(camp)
    take(camp, one, code(mai), minutes_ago=5)
    take(camp, two, act="undo", person=mai.id, decision="")
    assert (db.session.query(Admission).count(), db.session.query(Scan).filter_by(act="undo").one().participant_id) == (0, mai.id)


def test_a_station_hands_out_once_a_camp_or_once_a_day_and_lets_nobody_in(camp: Camp, mai: Participant) -> None:
    one, two = _phones(camp)
    with writing():
        one.station, one.once, two.station = "shirt", "camp", "meal"
        db.session.add_all([one, two])
    text = code(mai)
    assert [take(camp, device, text)[1].verdict for device in (one, one, two, two)] == ["handed", "already", "handed", "already"]
    with clock.shifted(timedelta(days=1)):
        assert [take(camp, device, text)[1].verdict for device in (one, two)] == ["already", "handed"]
    assert (db.session.query(Handout).count(), db.session.query(Admission).count()) == (3, 0)


def test_the_time_is_corrected_and_neither_before_the_pairing_nor_in_the_future(camp: Camp, mai: Participant) -> None:
    one, _ = _phones(camp)
    now = clock.now()
    cases = [(now - timedelta(hours=2), 3_600_000, now - timedelta(hours=1)), (now + timedelta(days=9), None, now), (datetime(1970, 1, 2, tzinfo=now.tzinfo), 0, one.paired_at)]
    for number, (at, offset, expected) in enumerate(cases):
        with writing():
            door.take(camp, one, Event(f"nonce-{number:04}", text="x", at=at, offset_ms=offset, live=False, decision="not-a-badge"), host=HOST)
        scan = db.session.query(Scan).filter_by(nonce=f"nonce-{number:04}").one()
        assert abs(scan.at - expected) < timedelta(seconds=5)
        assert scan.received_at is not None and scan.received_at >= now
        assert scan.offset_ms == offset
