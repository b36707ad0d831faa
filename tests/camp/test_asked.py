from __future__ import annotations

import io

import pytest
from flask import Flask, request
from werkzeug.datastructures import CombinedMultiDict

from camp.asked import Request, unasked
from camp.db import begin_write, db
from camp.errors import BadInput
from camp.models import Camp
from tests import make


def test_whoever_asks_for_a_field_in_whatever_way_has_asked_for_it(app: Flask) -> None:
    sent = {"got": "1", "item": "1", "list": "1", "there": "1", "number": "1", "both": "1", "csrf_token": "t", "role": "organiser"}
    with app.test_request_context(method="POST", data=sent):
        form = request.form
        assert unasked() == ["got", "item", "list", "there", "number", "both", "role"]
        assert (form.get("got"), form["item"], form.getlist("list"), "there" in form, form.get("number", type=int)) == ("1", "1", ["1"], True, 1)
        assert CombinedMultiDict((request.files, form)).getlist("both") == ["1"]
        assert (unasked(), form.get("none"), "none" in form) == (["role"], None, False)


def test_nothing_is_kept_of_a_request_with_a_field_that_nobody_asked_for(app: Flask) -> None:
    camp = make.camp()
    title = camp.title
    with app.test_request_context(method="POST", data={"title": "New", "owner_id": "1"}):
        begin_write()
        there = db.session.get_one(Camp, camp.id)
        there.title = request.form["title"]
        with db.session.begin_nested():  # a part of the transaction is kept by nobody yet
            db.session.flush()
        with pytest.raises(BadInput, match="does not ask for “owner_id”"):
            db.session.commit()
        db.session.rollback()
        assert db.session.get_one(Camp, camp.id).title == title
        there.title = request.form["title"]
        assert request.form["owner_id"] == "1"
        begin_write()
        db.session.get_one(Camp, camp.id).title = "New"
        db.session.commit()
    assert db.session.get_one(Camp, camp.id).title == "New"


def test_files_are_fields_too_and_outside_of_requests_nobody_sends_any(app: Flask) -> None:
    assert unasked() == []
    with app.test_request_context(method="POST", data={"photo": (io.BytesIO(b"x"), "x.png")}):
        assert (type(request._get_current_object()), unasked()) == (Request, ["photo"])  # type: ignore[attr-defined]


def test_a_button_that_has_no_form_says_which_field_is_too_much(app: Flask) -> None:
    camp, who = make.camp(), make.person()
    make.role(camp, who, "organiser")
    browser = make.browser(app, who)
    answer = browser.post(f"/{camp.slug}/organise/second-factor?lang=en", data={"wanted": "yes", "camp_id": "2"})
    assert answer.status_code == 422 and "This form does not ask for “camp_id”; nothing was saved." in answer.text
    assert not db.session.get_one(Camp, camp.id).second_factor_required
