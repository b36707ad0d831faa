from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from html.parser import HTMLParser

import pytest
from flask import Flask, get_flashed_messages
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from wtforms import StringField

from camp import questions, roster, venue
from camp.db import begin_write, db, writing
from camp.errors import BadInput
from camp.models import Camp, Partner
from camp.views.saving import saved, went_through
from tests import make


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


class _Fields(HTMLParser):
    """What a browser would send of the form that carries an edit number."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str | list[str]]] = []
        self._select = self._area = ""
        self.feed(page)
        self.sent = next(form for form in self.forms if "edit_number" in form)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and name and self.forms and found.get("type") not in ("file", "submit"):
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self._add(name, found.get("value") or "")
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in found and self._select:
            self._add(self._select, found.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._area, self._select = ("", self._select) if tag == "textarea" else (self._area, "" if tag == "select" else self._select)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] = data.removeprefix("\n").removeprefix("\r\n")

    def _add(self, name: str, value: str) -> None:
        before = self.forms[-1].get(name)
        self.forms[-1][name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]


# Each page on which organisers change a text or a rule that is there: what the first one writes, and what the second.
LOCKED = {
    "settings": ({"title": "First <b>"}, {"venue": "Second"}), "institution": ({"name": "First <b>"}, {"street": "Second"}),
    "texts/imprint": ({"de": "First <b>"}, {"en": "Second"}), "rooms/{room}": ({"way": "First <b>"}, {"name": "Second"}),
    "slots/{slot}": ({"title": "First <b>"}, {"ends": "10:50"}), "partners/{partner}": ({"name": "First <b>"}, {"url": "https://example.org"}),
    "questions/{question}": ({"label_de": "First <b>"}, {"purpose_de": "Second"}), "places": ({"keep_days": "99"}, {"answer_hours": "7"}),
    "roster/{shift}": ({"title": "First <b>"}, {"who": "Second"}), "phases/call": ({"mode": "closed"}, {"mode": "times", "opens": "2027-04-01T10:00"}),
    "mail/texts/place_lapsed/de": ({"subject": "First <b>"}, {"body": "Second"}), "voting": ({"mode": "budget", "budget": "3"}, {"order": "least"}),
    "pitch/settings": ({"seconds": "77"}, {"percent": "111"}), "plan/wants": ({"firsts": "y"}, {"apart": "y"}), "look": ({"own_colour": "y", "accent": "#22338f"}, {"own_colour": "y", "accent": "#a93a86"}),
    "catering": ({"percent": "77"}, {"order_by": "2027-04-20T12:00"})}


@pytest.fixture
def addresses(app: Flask, camp: Camp) -> dict[str, int]:
    """Values for the addresses, and texts in the institution."""
    institution = {"name": "HS", "street": "S 1", "town": "1 T", "represented": "R", "email": "a@example.org", "phone": "0208 1", "officer": "o@example.org", "land": "Berlin"}
    with writing():
        camp.institution = institution
        camp.partners.append(Partner(name="P", tier="sponsor"))
        asked = questions.put(camp, None, kind="text", required=False, keep_days=9, texts={"de": {"label": "L", "purpose": "P", "options": []}, "en": {}})
        shift = roster.put(camp, None, roster.Duty("door", "T", make.DAY, time(8), time(9), "Ada", ""))
        db.session.flush()
        return {"room": venue.rooms(camp)[0].id, "slot": venue.slots(camp)[0].id, "partner": camp.partners[0].id, "question": asked.id, "shift": shift.id}


@pytest.mark.parametrize("page", LOCKED)
def test_whoever_saves_second_sees_what_differs_and_by_whom_and_loses_nothing(app: Flask, camp: Camp, browser: FlaskClient, addresses: dict[str, int], page: str) -> None:
    other = make.participant(camp, "Ben", "Wolf")
    make.role(camp, other.person, "organiser")
    path = f"/ecm27/organise/{page.format(**addresses)}?lang=en"
    first, second = make.browser(app, other), browser
    opened = [_Fields(client.get(path).text).sent for client in (first, second)]
    ours, theirs = LOCKED[page]
    assert first.post(path, data=opened[0] | ours).status_code == 303
    assert first.post(path, data=opened[0] | ours).status_code == 303  # the same twice overtakes nobody
    answer = second.post(path, data=opened[1] | theirs)
    assert answer.status_code in (409, 422), page
    assert "Ben Wolf has saved this in the meantime." in answer.text and "What differs" in answer.text
    told = answer.text.partition('class="theirs"')[2].partition("</dl>")[0]
    assert "<ins>" in told or "<del>" in told
    assert "First <b>" not in answer.text
    kept = _Fields(answer.text).sent
    assert {name: kept.get(name) for name in theirs} == theirs
    assert second.post(path, data=kept).status_code == 303
