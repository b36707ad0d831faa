from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from camp import clock, sign_ins
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Person, Role, SignIn
from tests import make

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def who(write: None) -> Person:
    person = Person(email="mai@example.org")
    db.session.add(person)
    db.session.flush()
    return person


def _opens(token: str, after: timedelta) -> bool:
    with clock.shifted(after):
        return sign_ins.of(token) is not None


def test_a_sign_in_lasts_14_days(who: Person) -> None:
    token = sign_ins.start(who.id)
    assert [_opens(token, after) for after in (13 * DAY, 14 * DAY)] == [True, False]
    assert sign_ins.of("unknown") is None


@pytest.mark.parametrize("power", ["organiser", "administrator"])
def test_who_organises_or_runs_the_installation_is_signed_out_after_3_idle_hours_and_12_in_all(app: Flask, power: str) -> None:
    who = make.person(administrator=power == "administrator")
    if power == "organiser":
        make.role(make.camp(), who, "organiser")
    with writing():
        token = sign_ins.start(who.id)
    assert [_opens(token, after) for after in (2.9 * HOUR, 3 * HOUR)] == [True, False]
    record = sign_ins.of(token).record  # type: ignore[union-attr]
    for hour in range(2, 12, 2):
        with clock.shifted(hour * HOUR), writing():
            sign_ins.note_use(record.id)
    assert [_opens(token, after) for after in (11.9 * HOUR, 12 * HOUR)] == [True, False]


def test_a_moderator_stays_signed_in_like_everybody(app: Flask) -> None:
    who = make.person()
    make.role(make.camp(), who, "moderator")
    with writing():
        token = sign_ins.start(who.id)
    assert _opens(token, 13 * DAY)


def test_the_last_use_is_noted_every_5_minutes_at_most(who: Person) -> None:
    signed = sign_ins.of(sign_ins.start(who.id))
    assert signed is not None
    ages = []
    for minutes in (4, 5):
        with clock.shifted(timedelta(minutes=minutes)):
            ages.append(signed.use_is_old)
    assert ages == [False, True]
    with clock.shifted(timedelta(minutes=5)):
        sign_ins.note_use(signed.record.id)
        assert not signed.use_is_old


def test_all_end_at_once_but_for_the_one_that_is_kept(who: Person) -> None:
    first, second, third = (sign_ins.start(who.id) for _ in range(3))
    kept = sign_ins.of(second).record  # type: ignore[union-attr]
    sign_ins.end_all(who.id, but=kept.id)
    assert [_opens(token, timedelta()) for token in (first, second, third)] == [False, True, False]
    sign_ins.leave(second)
    assert not _opens(second, timedelta())


def test_a_renewed_sign_in_has_another_token_and_the_old_one_is_dead(who: Person) -> None:
    old = sign_ins.start(who.id)
    new = sign_ins.renew(sign_ins.of(old).record)  # type: ignore[union-attr]
    assert (sign_ins.of(old), sign_ins.of(new).person) == (None, who)  # type: ignore[union-attr]


def test_a_half_open_one_lasts_10_minutes_and_stands_in_no_list(who: Person) -> None:
    token = sign_ins.start(who.id, half_open=True)
    assert [_opens(token, timedelta(minutes=after)) for after in (9, 10)] == [True, False]
    record = sign_ins.of(token).record  # type: ignore[union-attr]
    assert (list(sign_ins.of_person(who.id)), sign_ins.one_of(who.id, record.id)) == ([], None)


def test_the_list_holds_present_ones_of_this_person_last_used_first(who: Person) -> None:
    other = Person(email="jo@example.org")
    db.session.add(other)
    db.session.flush()
    first, second, gone, foreign = (sign_ins.of(sign_ins.start(person.id)).record for person in (who, who, who, other))  # type: ignore[union-attr]
    sign_ins.end(gone)
    with clock.shifted(timedelta(minutes=9)):
        sign_ins.note_use(first.id)
    assert list(sign_ins.of_person(who.id)) == [first, second]
    assert [sign_ins.one_of(who.id, row.id) for row in (first, gone, foreign)] == [first, None, None]


def test_five_tries_then_the_sign_in_has_ended(who: Person) -> None:
    record = sign_ins.of(sign_ins.start(who.id, half_open=True)).record  # type: ignore[union-attr]
    assert [sign_ins.take_try(record) for _ in range(5)] == [4, 3, 2, 1, 0]
    assert record.ended_at is not None
    with pytest.raises(BadInput):
        sign_ins.take_try(record)


def test_a_role_that_is_given_or_taken_ends_the_sign_ins_of_that_person_only(app: Flask) -> None:
    from camp.people import give_role, take_role
    camp, who, other = make.camp(), make.person(), make.person()
    for change in (give_role, take_role):
        with writing():
            tokens = [sign_ins.start(person.id) for person in (who, other)]
        with writing():
            change(camp, who, "moderator")
        assert [_opens(token, timedelta()) for token in tokens] == [False, True]
        db.session.rollback()
    with writing():
        db.session.add(Role(camp_id=camp.id, person_id=who.id, name="moderator"))
        token = sign_ins.start(who.id)
        give_role(camp, who, "moderator")  # nothing changes
    assert _opens(token, timedelta())


def test_whoever_is_removed_is_signed_out(app: Flask) -> None:
    who = make.person()
    browser = make.browser(app, who)
    assert browser.get("/account").status_code == 200
    with writing():
        db.session.delete(db.session.get_one(Person, who.id))
    assert browser.get("/account").status_code == 303
    assert db.session.query(SignIn).count() == 0
