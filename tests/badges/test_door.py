from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import arrivals, door, pairing, printing
from badges import jobs as badge_jobs
from badges.events import Event
from badges.models import Admission, Device, Scan
from camp import clock
from camp.camps import today
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp, Day
from tests import make
from tests.badges.made import HOST, at_door, code, phone


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


def _scan(camp: Camp, device: Device, text: str, nonce: str = "") -> door.Answer:
    with writing():
        return door.check_in(camp, device, nonce or f"nonce-{db.session.query(Scan).count():04}", text, host=HOST)


def test_the_first_scan_lets_in_and_marks_the_person_as_arrived(camp: Camp) -> None:
    mai, (_, device) = make.participant(camp), phone(camp)
    found = _scan(camp, device, f"HTTPS://LOCALHOST/B/{code(mai)}")
    assert (found.verdict, found.tone, found.participant, found.door) == ("admitted", "go", mai, "main entrance")
    assert (found.since is not None, mai.arrived_at is not None) == (True, True)


def test_the_second_scan_says_since_when_and_at_which_door(camp: Camp) -> None:
    mai, (_, one), (_, two) = make.participant(camp), phone(camp, "one"), phone(camp, "two")
    first = _scan(camp, one, code(mai))
    with clock.shifted(timedelta(minutes=5)):
        second = _scan(camp, two, code(mai))
    assert second == door.Answer("already", mai, first.since, "one")
    assert second.tone == "wait"
    assert db.session.query(Admission).count() == 1


def test_the_same_attempt_again_gives_the_same_answer_and_no_second_scan(camp: Camp) -> None:
    mai, (_, device) = make.participant(camp), phone(camp)
    text = code(mai)
    assert _scan(camp, device, text, "nonce-again") == _scan(camp, device, text, "nonce-again")
    assert [(scan.verdict, scan.decision, scan.nonce) for scan in db.session.query(Scan)] == [("admitted", "admitted", "nonce-again")]


def test_two_phones_may_use_the_same_number(camp: Camp) -> None:
    mai, (_, one), (_, two) = make.participant(camp), phone(camp), phone(camp)
    assert [_scan(camp, one, code(mai), "same-nonce").verdict, _scan(camp, two, code(mai), "same-nonce").verdict] == [
        "admitted", "already"]


@pytest.mark.parametrize("nonce", ["", "short", "x" * 65, "with blank", "ümlaut-nonce"])
def test_an_attempt_without_a_number_of_its_own_is_refused(camp: Camp, nonce: str) -> None:
    _, device = phone(camp)
    with writing(), pytest.raises(BadInput, match="no number"):
        door.check_in(camp, device, nonce, "x", host=HOST)


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_who_has_no_place_any_more_is_named_with_the_reason(camp: Camp, state: str) -> None:
    mai, (_, device) = make.participant(camp), phone(camp)
    text = code(mai)
    with writing():
        mai.state = state
        db.session.add(mai)
    assert _scan(camp, device, text) == door.Answer(state, mai)
    assert (door.Answer(state).tone, db.session.query(Admission).count()) == ("stop", 0)


@pytest.mark.parametrize(("text", "verdict"), [
    ("ABCDEFGHIJKLMNOP", "unknown"), ("https://localhost/b/abcdefghijklmnop", "unknown"), ("", "not-a-badge"),
    ("HTTPS://EVIL.EXAMPLE/B/ABCDEFGHIJKLMNOP", "not-a-badge"), ("WIFI:T:WPA;S:camp;P:secret;;", "not-a-badge"),
    ("HTTPS://LOCALHOST/B/ABC", "not-a-badge"), ("https://localhost/ecm27/", "not-a-badge"),
    ("x" * 5000, "not-a-badge"), ("javascript:alert(1)", "not-a-badge"),
])
def test_what_is_not_ours_is_named_and_kept(camp: Camp, text: str, verdict: str) -> None:
    _, device = phone(camp)
    assert _scan(camp, device, text) == door.Answer(verdict)
    scan = db.session.query(Scan).one()
    assert (scan.verdict, scan.badge_id, scan.device_id) == (verdict, None, device.id)


def test_a_badge_of_another_camp_is_called_so_and_names_nobody(camp: Camp) -> None:
    stranger, (_, device) = make.participant(make.camp("other"), "Secret"), phone(camp)
    assert _scan(camp, device, code(stranger)) == door.Answer("other-camp")
    assert db.session.query(Scan).one().badge_id is None


def test_a_phone_that_was_locked_out_learns_nothing_more_and_is_logged(camp: Camp) -> None:
    mai, (_, device) = make.participant(camp), phone(camp)
    _scan(camp, device, code(mai), "nonce-before")
    with writing():
        pairing.revoke(camp, device.id)
    assert _scan(camp, device, code(mai), "nonce-before") == door.Answer("device-revoked")
    assert _scan(camp, device, code(mai), "nonce-after") == door.Answer("device-revoked")
    assert [scan.verdict for scan in db.session.query(Scan)] == ["admitted", "device-revoked"]


@pytest.mark.parametrize("text", [
    "ABCDEFGHIJKLMN27", "abcdefghijklmn27", " HTTPS://LOCALHOST/B/ABCDEFGHIJKLMN27 ", "http://Localhost/b/abcdefghijklmn27/",
    "ABCD EFGH IJKL MN27", " abcd efgh  ijkl mn27 ",
])
def test_a_code_is_read_from_our_address_or_bare_in_any_case_and_with_blanks(text: str) -> None:
    assert door.code_in(text, "localhost") == "ABCDEFGHIJKLMN27"


def test_a_port_belongs_to_the_host() -> None:
    text = "HTTPS://127.0.0.1:8000/B/ABCDEFGHIJKLMN27"
    assert (door.code_in(text, "127.0.0.1:8000"), door.code_in(text, "127.0.0.1")) == ("ABCDEFGHIJKLMN27", None)


def test_the_head_count_counts_people_by_door(camp: Camp) -> None:
    people = [make.participant(camp) for _ in range(4)]
    (_, one), (_, two) = phone(camp, "one"), phone(camp, "two")
    for device, who in ((one, 0), (one, 1), (two, 2), (two, 2), (one, 2)):
        _scan(camp, device, code(people[who]))
    assert arrivals.head_count(camp) == arrivals.HeadCount(today(camp), 3, 4, (("one", 2), ("two", 1)))


def test_the_next_day_counts_anew_and_the_same_badge_is_let_in_again(camp: Camp) -> None:
    mai, (_, device) = make.participant(camp), phone(camp)
    with writing():
        camp.days.append(Day(date=date(2027, 4, 25)))
        db.session.add(camp)
    first = make.until_noon(camp)
    for shift in (first, first + timedelta(days=1)):
        with clock.shifted(shift):
            assert arrivals.head_count(camp).here == 0
            assert [_scan(camp, device, code(mai)).verdict for _ in range(2)] == ["admitted", "already"]
            assert arrivals.head_count(camp).here == 1


def test_after_the_camp_the_latest_day_is_shown(camp: Camp) -> None:
    mai, (_, device) = make.participant(camp), phone(camp)
    first = make.until_noon(camp)
    with clock.shifted(first):
        _scan(camp, device, code(mai))
    with clock.shifted(first + timedelta(days=30)):
        assert arrivals.head_count(camp) == arrivals.HeadCount(make.DAY, 1, 1, (("main entrance", 1),))


def test_eight_phones_scan_one_badge_at_the_same_instant_and_one_lets_in(app: Flask, camp: Camp) -> None:
    mai = make.participant(camp)
    text, phones = code(mai), [phone(camp, f"door {n}")[0] for n in range(8)]
    answers = _all_at_once(app, camp, [(token, f"race-nonce-{n}", text) for n, token in enumerate(phones)])
    assert sorted(answer["verdict"] for answer in answers) == ["admitted"] + ["already"] * 7
    admitted = next(answer["door"] for answer in answers if answer["verdict"] == "admitted")
    assert {answer["door"] for answer in answers} == {admitted}
    assert (db.session.query(Admission).count(), db.session.query(Scan).count()) == (1, 8)


def test_one_attempt_sent_eight_times_at_once_is_one_scan(app: Flask, camp: Camp) -> None:
    mai, (token, _) = make.participant(camp), phone(camp)
    answers = _all_at_once(app, camp, [(token, "race-nonce", code(mai))] * 8)
    assert [answer["verdict"] for answer in answers] == ["admitted"] * 8
    assert db.session.query(Scan).count() == 1


def _all_at_once(app: Flask, camp: Camp, attempts: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Send all attempts at the same moment, each on a connection of its own."""
    start, answers = threading.Barrier(len(attempts)), []
    clients = [at_door(app, camp, token) for token, _, _ in attempts]
    db.session.rollback()

    def run(client: FlaskClient, nonce: str, text: str) -> None:
        with app.app_context():
            start.wait()
            answers.append(client.post("/ecm27/door/events", json={"events": [{"id": nonce, "text": text, "live": True}]},
                                       headers={"X-Camp-Door": "1"}).get_json()["answers"][nonce])
            db.session.remove()

    threads = [threading.Thread(target=run, args=(client, nonce, text))
               for client, (_, nonce, text) in zip(clients, attempts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_typo_corrected_at_the_door_lets_this_one_badge_be_printed_again_with_the_same_code(app: Flask, camp: Camp) -> None:
    people = [make.participant(camp, name) for name in ("Mai", "Wie", "Ada")]
    codes, (_, device) = [code(who) for who in people], phone(camp)
    wish = badge_jobs.Wish()
    with app.test_request_context("/"):
        batch = badge_jobs.gather(camp, wish)
        with writing():
            badge_jobs.note(camp, wish, batch, None)
        with writing():
            event = Event("nonce-name", "rename", person=people[1].id, given="Wei", family="Krause", live=False)
            assert door.take(camp, device, event, host=HOST).verdict == "renamed"
        (row,) = printing.chosen(badge_jobs.rows(camp), "changed")
    assert (row.card.name, row.card.code_url.rpartition("/")[2]) == ("Wei", codes[1])
