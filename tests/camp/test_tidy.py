from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from camp import clock, mail, sign_ins, signing_in, tidy
from camp.db import db, writing
from camp.models import Mail, SignIn, SignInAsk, SignInLink
from tests import make

KEY = "k" * 40


def _rows() -> dict[str, int]:
    return {table.__tablename__: db.session.query(table).count() for table in (SignInAsk, SignInLink, SignIn, Mail)}


def _pruned(after: timedelta) -> dict[str, int]:
    with clock.shifted(after), writing():
        tidy.prune()
    return _rows()


def test_what_nobody_needs_goes_and_the_rest_stays(app: Flask) -> None:
    who = make.person()
    with writing():
        signing_in.ask(who.email, browser="mine", key=KEY, then="/", language="de", camp_id=None, remote="192.0.2.1")
        sign_ins.start(who.id)
        sign_ins.end(sign_ins.of(sign_ins.start(who.id)).record)  # type: ignore[union-attr]
        db.session.execute(update(Mail).values(state="sent"))
        mail.put("reminder", to=who.email, language="de", dedupe_key="reminder", values={})
        mail.put("sign_in", to=who.email, language="de", dedupe_key="due", values={})
    assert _rows() == {"sign_in_ask": 1, "sign_in_link": 1, "sign_in": 2, "mail": 3}
    assert _pruned(timedelta(hours=23)) == _rows()
    assert _pruned(timedelta(hours=24)) == {"sign_in_ask": 0, "sign_in_link": 1, "sign_in": 1, "mail": 3}
    assert _pruned(timedelta(hours=25)) == {"sign_in_ask": 0, "sign_in_link": 0, "sign_in": 1, "mail": 3}
    assert _pruned(timedelta(days=7)) == {"sign_in_ask": 0, "sign_in_link": 0, "sign_in": 1, "mail": 2}
    assert _pruned(timedelta(days=15)) == {"sign_in_ask": 0, "sign_in_link": 0, "sign_in": 0, "mail": 2}
    with writing():
        db.session.execute(update(Mail).where(Mail.template == "reminder").values(state="failed"))
    _pruned(timedelta(days=90))
    assert list(db.session.scalars(select(Mail.dedupe_key))) == ["due"]


def test_it_says_how_many_rows_went(app: Flask) -> None:
    with writing():
        assert tidy.prune() == 0
        signing_in.operator_link(make_person(), "/")
    with clock.shifted(timedelta(days=2)), writing():
        assert tidy.prune() == 1


def make_person() -> object:
    from camp.people import ensure
    return ensure("mai@example.org")
