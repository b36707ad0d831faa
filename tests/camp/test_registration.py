"""Registering, confirming, moving up, leaving: who has a place at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from camp import camps, clock, mail_limits, people, places, registration, tokens
from camp.db import db, writing
from camp.errors import BadInput, Conflict, Full, NotOpen
from camp.models import Camp, LogEntry, Mail, Needs, Participant
from camp.registration import Entry
from camp.registration_models import Reservation, Rules
from tests import make
from tests.camp.test_places import FIRST, SECOND, two_days

KEY = "k" * 43
PERSON = {"given_name": "Mai", "family_name": "Krause", "photo": "no", "photo_wording": "Do not photograph me."}


def register(camp: Camp, address: str, days: list[str] | None = None, **values: Any) -> None:
    with writing():
        asker = mail_limits.asker(KEY, address, address, address)
        registration.register(camp, address, Entry(PERSON | values, {"diet": "vegan", "shirt": "M"}, days or []), asker, "en")


def token_of(address: str) -> str:
    made = db.session.scalars(select(Reservation).where(Reservation.email == address)).one()
    return tokens.link(KEY, registration.CONFIRM, made.id, made.salt)


def confirm(camp: Camp, address: str) -> Participant:
    with writing():
        return registration.confirm(camp, token_of(address), KEY)


def join(camp: Camp, address: str, days: list[str] | None = None) -> Participant:
    register(camp, address, days)
    return confirm(camp, address)


def mails(template: str) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Mail.to).where(Mail.template == template).order_by(Mail.id)))


def states(camp: Camp) -> dict[str, str]:
    db.session.rollback()
    return {who.person.email.partition("@")[0]: "offered" if who.offered_until and who.state == "waiting" else who.state for who in people.participants(camp)}


def test_a_place_is_reserved_and_confirmed_by_the_link(app: Flask) -> None:
    camp = make.camp(capacity=1)
    register(camp, " Mai@Example.org ", town="Mülheim", hashtags=["SEO"])
    made = db.session.query(Reservation).one()
    assert (made.email, made.holds, made.known, made.until - made.made_at) == ("mai@example.org", True, False, timedelta(hours=24))
    assert (db.session.query(Participant).count(), places.free(camp)) == (0, {FIRST: 0})
    who = confirm(camp, "mai@example.org")
    assert (who.state, who.name, who.town, who.hashtags, who.registered_at) == ("admitted", "Mai Krause", "Mülheim", ["SEO"], made.made_at)
    assert (who.photo, who.photo_wording, who.photo_at, who.person.language) == ("no", "Do not photograph me.", made.made_at, "en")
    needs = db.session.get_one(Needs, who.id)
    assert (needs.diet, needs.shirt, db.session.query(Reservation).count()) == ("vegan", "M", 0)
    assert (mails("registration"), mails("place_certain")) == (["mai@example.org"], ["mai@example.org"])
    assert db.session.query(LogEntry).filter_by(verb="registered", person_id=who.person_id).count() == 1


def test_who_comes_when_all_is_taken_waits_in_order_of_registering_not_of_confirming(app: Flask) -> None:
    camp = make.camp(capacity=1)
    for name in ("a", "b", "c"):
        register(camp, f"{name}@example.org")
    late, early = confirm(camp, "c@example.org"), confirm(camp, "b@example.org")
    assert states(camp) == {"b": "waiting", "c": "waiting"}
    assert [places.ahead_of(camp, who) for who in (early, late)] == [0, 1]
    assert confirm(camp, "a@example.org").state == "admitted"
    assert mails("place_waiting") == ["c@example.org", "b@example.org"]


def test_an_unconfirmed_reservation_lapses_and_the_place_moves_on(app: Flask) -> None:
    camp = make.camp(capacity=1)
    register(camp, "a@example.org")
    join(camp, "b@example.org")
    with clock.shifted(timedelta(hours=25)):
        token = token_of("a@example.org")
        with pytest.raises(BadInput, match="of no use"), writing():
            registration.confirm(camp, token, KEY)
        with writing():
            assert registration.settle(camp) == 1
        with writing():
            assert registration.settle(camp) == 0
    assert (states(camp), db.session.query(Reservation).count(), mails("place_offered")) == ({"b": "offered"}, 0, ["b@example.org"])


def test_an_offer_is_taken_or_declined_or_lapses_to_the_next(app: Flask) -> None:
    camp = make.camp(capacity=1)
    a, b, c, d = (join(camp, f"{name}@example.org") for name in "abcd")
    with writing():
        registration.leave(camp, a)
    assert states(camp) == {"a": "cancelled", "b": "offered", "c": "waiting", "d": "waiting"}
    with writing():
        registration.leave(camp, b)
    assert states(camp) == {"a": "cancelled", "b": "cancelled", "c": "offered", "d": "waiting"}
    with clock.shifted(timedelta(hours=49)), writing():
        registration.settle(camp)
    assert states(camp) == {"a": "cancelled", "b": "cancelled", "c": "cancelled", "d": "offered"}
    assert mails("place_lapsed") == ["c@example.org"]
    assert [who.lapsed for who in (a, b, c, d)] == [False, False, True, False]
    with clock.shifted(timedelta(hours=50)):
        with pytest.raises(Full), writing():
            registration.accept(camp, c)
        for _ in range(2):
            with writing():
                registration.accept(camp, d)
    assert states(camp)["d"] == "admitted"
    assert (mails("place_certain"), mails("place_offered")) == (
        ["a@example.org", "d@example.org"], ["b@example.org", "c@example.org", "d@example.org"])


def test_a_newcomer_never_gets_the_place_that_came_free_for_those_who_wait(app: Flask) -> None:
    camp = make.camp(capacity=1)
    first = join(camp, "a@example.org")
    join(camp, "b@example.org")
    with writing():
        registration.leave(camp, first)
    assert join(camp, "c@example.org").state == "waiting"


def test_after_the_evening_before_the_camp_nobody_is_offered_what_comes_free(app: Flask) -> None:
    camp = make.camp(capacity=1)
    first = join(camp, "a@example.org")
    join(camp, "b@example.org")
    with clock.shifted(places.evening_before(camp) - clock.now() + timedelta(seconds=1)), writing():
        registration.leave(camp, first)
    assert states(camp) == {"a": "cancelled", "b": "waiting"}


def test_days_have_places_of_their_own(app: Flask) -> None:
    camp = two_days(1)
    assert [join(camp, f"{n}@example.org", days).state for n, days in enumerate(([FIRST], [SECOND], [FIRST], []))] == [
        "admitted", "admitted", "waiting", "waiting"]
    gone = people.participants(camp)[1]
    with writing():
        registration.leave(camp, gone)
    assert states(camp) == {"0": "admitted", "1": "cancelled", "2": "waiting", "3": "waiting"}
    assert join(camp, "4@example.org", [SECOND]).state == "waiting"  # the fourth waits for that day too


def test_where_organisers_choose_everybody_waits(app: Flask) -> None:
    camp = make.camp()
    with writing():
        db.session.add(Rules(camp_id=camp.id, curated=True))
    assert join(camp, "a@example.org").state == "waiting"
    with writing():
        assert registration.settle(camp) == 0


def test_registering_twice_keeps_the_place_in_line_and_the_newest_link_counts(app: Flask) -> None:
    camp = make.camp(capacity=1)
    register(camp, "a@example.org")
    old, made_at = token_of("a@example.org"), db.session.query(Reservation).one().made_at
    with clock.shifted(timedelta(hours=2)):
        register(camp, "a@example.org", given_name="Jo")
        made = db.session.query(Reservation).one()
        assert (made.holds, made.made_at, made.until > made_at + timedelta(hours=25)) == (True, made_at, True)
        with pytest.raises(BadInput), writing():
            registration.confirm(camp, old, KEY)
        assert confirm(camp, "a@example.org").given_name == "Jo"


def test_who_is_registered_already_changes_nothing_and_the_rows_are_the_same(app: Flask) -> None:
    camp = make.camp(capacity=2)
    known = make.participant(camp, "Old", address="known@example.org")
    register(camp, "known@example.org", given_name="Mallory")
    made = db.session.query(Reservation).one()
    assert (made.known, made.holds, places.free(camp), mails("registration")) == (True, False, {FIRST: 1}, ["known@example.org"])
    with pytest.raises(BadInput, match="of no use"), writing():
        registration.confirm(camp, token_of("known@example.org"), KEY)
    assert people.of(camp, known.id).given_name == "Old"  # type: ignore[union-attr]


def test_who_was_loaded_meanwhile_is_not_registered_twice(app: Flask) -> None:
    camp = make.camp()
    register(camp, "a@example.org")
    make.participant(camp, "Old", address="a@example.org")
    with pytest.raises(Conflict), writing():
        registration.confirm(camp, token_of("a@example.org"), KEY)


def test_a_link_serves_its_purpose_its_registration_and_its_camp_only(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    who = join(camp, "a@example.org")
    link = registration.link_of(who, KEY)
    assert registration.by_link(camp, link, KEY) is who
    assert registration.CONFIRM != registration.PLACE
    for token in (link[:-1], "x", "1-", f"{who.id}-", tokens.link(KEY, "other", who.id, ""), tokens.link("other", registration.PLACE, who.id, "")):
        with pytest.raises(BadInput):
            registration.by_link(camp, token, KEY)
    with pytest.raises(BadInput):
        registration.by_link(other, link, KEY)
    with writing():
        registration.leave(camp, who)
    with writing():
        registration.come_again(camp, who)
    assert who.state == "admitted"
    with pytest.raises(BadInput):
        registration.by_link(camp, link, KEY)


def test_who_cancelled_comes_back_at_the_end_of_the_line(app: Flask) -> None:
    camp = make.camp(capacity=1)
    a, b, c = (join(camp, f"{name}@example.org") for name in "abc")
    with writing():
        registration.leave(camp, b)
    with writing():
        registration.come_again(camp, b)
    assert (states(camp), places.ahead_of(camp, c), places.ahead_of(camp, b)) == ({"a": "admitted", "b": "waiting", "c": "waiting"}, 0, 1)
    with writing():
        registration.leave(camp, b)
        registration.leave(camp, b)
    register(camp, "b@example.org", given_name="Bea")
    assert (confirm(camp, "b@example.org").id, b.given_name) == (b.id, "Bea")


def test_registration_that_is_closed_takes_nobody(app: Flask) -> None:
    camp = make.camp()
    with writing():
        camps.set_phase(camp, "registration", None, clock.now())
    with pytest.raises(NotOpen):
        register(camp, "a@example.org")
    gone = make.participant(camp, state="cancelled")
    with pytest.raises(NotOpen), writing():
        registration.come_again(camp, gone)


def test_a_crowded_network_is_told_and_an_address_gets_three_mails(app: Flask) -> None:
    camp = make.camp()
    few = mail_limits.Ceilings(network=2)
    for number in range(2):
        with writing():
            registration.register(camp, f"{number}@example.org", Entry(PERSON), mail_limits.asker(KEY, str(number), "b", "10.0.0.1"), "de", few)
    with pytest.raises(mail_limits.Crowded), writing():
        registration.register(camp, "2@example.org", Entry(PERSON), mail_limits.asker(KEY, "2", "b", "10.0.0.2"), "de", few)
    for number in range(5):
        with writing():
            registration.register(camp, "3@example.org", Entry(PERSON), mail_limits.asker(KEY, "3", str(number), "10.1.0.2"), "de")
    assert (mails("registration").count("3@example.org"), db.session.query(Reservation).filter_by(email="3@example.org").count()) == (3, 1)


def test_forgetting_takes_reservations_of_one_camp_or_of_all(app: Flask) -> None:
    camps_of = [make.camp(slug) for slug in ("one", "two", "three")]
    for camp in camps_of:
        register(camp, "a@example.org")
    register(camps_of[0], "b@example.org")
    with writing():
        registration.forget("a@example.org", camps_of[0])
    assert db.session.query(Reservation).count() == 3
    with writing():
        registration.forget("a@example.org")
    assert [made.email for made in db.session.query(Reservation)] == ["b@example.org"]
