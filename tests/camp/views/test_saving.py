from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, get_flashed_messages
from flask_wtf import FlaskForm
from wtforms import StringField

from camp.db import begin_write, db
from camp.errors import BadInput
from camp.models import Camp
from camp.views.saving import saved, went_through


class _Form(FlaskForm):
    title = StringField("Title")
    start = StringField("Start")


@pytest.fixture
def form(app: Flask, camp: Camp) -> Iterator[_Form]:
    with app.test_request_context("/ecm27/organise", headers={"Accept-Language": "en"}):
        app.preprocess_request()
        begin_write()
        yield _Form(meta={"csrf": False})
        db.session.rollback()


def _retitle(camp: Camp, error: BadInput | None = None) -> None:
    db.session.get_one(Camp, camp.id).title = "Other"
    if error:
        raise error


def _title(camp: Camp) -> str:
    db.session.rollback()
    return db.session.get_one(Camp, camp.id).title


def test_what_went_through_is_kept_and_said(form: _Form, camp: Camp) -> None:
    assert went_through(form, lambda: _retitle(camp))
    answer = saved("organise.desk", camp="ecm27")
    assert (answer.status_code, answer.location, get_flashed_messages()) == (303, "/ecm27/organise", ["Saved."])  # type: ignore[union-attr]
    assert _title(camp) == "Other"


def test_a_refusal_stands_beside_its_field_and_nothing_is_kept(form: _Form, camp: Camp) -> None:
    error = BadInput("Too long.", "Make it shorter.", field="title")
    assert not went_through(form, lambda: _retitle(camp, error))
    assert (list(form.title.errors), list(form.start.errors)) == (["Too long. Make it shorter."], [])
    db.session.commit()
    assert _title(camp) == "Camp ecm27"


def test_a_field_may_have_another_name_in_the_form(form: _Form, camp: Camp) -> None:
    assert not went_through(form, lambda: _retitle(camp, BadInput("Overlaps.", field="starts")), starts="start")
    assert list(form.start.errors) == ["Overlaps."]
