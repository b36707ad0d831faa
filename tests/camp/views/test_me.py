from __future__ import annotations

import pytest
from flask import Flask

from camp.db import db
from tests import make

EN = {"Accept-Language": "en"}


@pytest.mark.parametrize(("state", "sentence"), [
    ("admitted", "Your place is certain"), ("waiting", "All 100 places are taken. You are number 1 in line."), ("cancelled", "You have cancelled"),
])
def test_my_page_says_where_i_stand(app: Flask, state: str, sentence: str) -> None:
    who = make.participant(make.camp(), state=state, kind="start-up")
    assert sentence in make.browser(app, who).get("/ecm27/me", headers=EN).text


def test_somebody_who_is_not_registered_is_told_so(app: Flask) -> None:
    make.camp()
    assert "You are not registered at this camp" in make.browser(app, make.person()).get("/ecm27/me", headers=EN).text


def test_my_page_shows_nobody_else(app: Flask) -> None:
    camp = make.camp()
    other = make.participant(camp, "Secretperson")
    assert other.given_name not in make.browser(app, make.participant(camp)).get("/ecm27/me").text


def test_i_give_my_place_back_take_an_offered_one_and_come_again(app: Flask) -> None:
    camp = make.camp(capacity=1)
    first, second = make.participant(camp), make.participant(camp, state="waiting")
    one, two = make.browser(app, first), make.browser(app, second)
    assert one.post("/ecm27/me/place", data={"answer": "leave"}).location == "/ecm27/me"
    assert "A place is free for you" in two.get("/ecm27/me", headers=EN).text
    two.post("/ecm27/me/place", data={"answer": "accept"})
    assert "Register again" in one.get("/ecm27/me", headers=EN).text
    one.post("/ecm27/me/place", data={"answer": "again"})
    for who in (first, second):
        db.session.refresh(who)
    assert (first.state, second.state) == ("waiting", "admitted")
    assert one.post("/ecm27/me/place", data={"answer": "dance"}).status_code == 422
    assert make.browser(app, make.person()).post("/ecm27/me/place").location == "/ecm27/register"
