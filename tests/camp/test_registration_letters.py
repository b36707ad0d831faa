"""What the mails of registration say at the moment they go out."""

from __future__ import annotations

from datetime import date, time, timedelta

from flask import Flask

from camp import clock, letters, registration, tokens
from camp.db import db, writing
from camp.models import Mail, Participant
from camp.registration_models import Reservation
from tests import make
from tests.camp.test_places import reserve

KEY = "k" * 43


def letter(template: str, who: Participant, what: str = "") -> Mail:
    return Mail(template=template, values={"participant": who.id, "what": what})


def test_the_first_mail_carries_a_link_while_the_reservation_stands(app: Flask) -> None:
    camp = make.camp()
    reserve(camp)
    made = db.session.query(Reservation).one()
    first = Mail(template="registration", values={"reservation": made.id})
    assert letters.values(first, KEY) == {"token": tokens.link(KEY, registration.CONFIRM, made.id, "s")}
    with clock.shifted(timedelta(hours=2)):
        assert letters.values(first, KEY) is None
    with writing():
        made.known = True
    assert letters.values(first, KEY) == {"token": ""}
    with writing():
        db.session.delete(made)
    assert letters.values(first, KEY) is None


def test_a_mail_about_a_state_goes_only_to_who_is_in_it(app: Flask) -> None:
    camp = make.camp()
    admitted, waiting, cancelled = (make.participant(camp, state=state) for state in ("admitted", "waiting", "cancelled"))
    lapsed = make.participant(camp, state="cancelled", offered_until=clock.now())
    assert letters.values(letter("place_lapsed", cancelled), KEY) is None
    found = {(template, who.state) for who in (admitted, waiting, lapsed)
             for template in ("place_certain", "place_waiting", "place_lapsed") if letters.values(letter(template, who), KEY)}
    assert found == {("place_certain", "admitted"), ("place_waiting", "waiting"), ("place_lapsed", "cancelled")}
    assert letters.values(letter("place_certain", admitted), KEY) == {"token": registration.link_of(admitted, KEY)}


def test_an_offer_is_told_as_long_as_that_very_offer_stands(app: Flask) -> None:
    who = make.participant(make.camp(), state="waiting")
    until = clock.at(make.DAY, time(18), "Europe/Berlin")
    with writing():
        who.offered_until = until
    told = letters.values(letter("place_offered", who, until.isoformat()), KEY)
    assert told == {"token": registration.link_of(who, KEY), "day": date(2027, 4, 24), "time": time(18)}
    assert letters.values(letter("place_offered", who, "another"), KEY) is None
    assert letters.values(letter("place_waiting", who), KEY) is None
    with clock.shifted(until - clock.now()):
        assert letters.values(letter("place_offered", who, until.isoformat()), KEY) is None
