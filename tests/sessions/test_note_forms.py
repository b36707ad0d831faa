"""Forms of notes and projects: days as browsers and people write them, lengths, the lock."""

from datetime import date

import pytest
from flask import Flask

from camp.editions import NEVER_SEEN
from sessions.note_forms import NotesForm, ProjectForm
from sessions.outcomes import MOST, TEXTS


@pytest.mark.parametrize(
    ("typed", "day", "errors"),
    [
        ("2027-05-12", date(2027, 5, 12), []),
        ("12.05.2027", date(2027, 5, 12), []),
        ("", None, []),
        ("31.02.2027", None, ["This is no day. For example: 24.04.2027"]),
        ("soon", None, ["This is no day. For example: 24.04.2027"]),
    ],
)
def test_a_day_is_read_or_refused_in_one_sentence(app: Flask, typed: str, day: date | None, errors: list[str]) -> None:
    with app.test_request_context("/?lang=en", method="POST", data={"title": "T", "next_date": typed}):
        form = ProjectForm()
        form.validate()
        assert (form.next_date.data, [str(error) for error in form.next_date.errors]) == (day, errors)


def test_the_form_has_the_five_texts_and_none_may_be_too_long(app: Flask) -> None:
    with app.test_request_context("/?lang=en", method="POST", data={"edit_number": "0", "findings": "x" * (MOST + 1)}):
        form = NotesForm()
        assert not form.validate()
        assert form.errors == {"findings": ["This is too long: at most 20000 characters."]}
        assert set(TEXTS) <= set(form._fields)


def test_a_form_begins_with_no_notes_and_one_that_came_without_a_number_has_seen_none(app: Flask) -> None:
    for method, number in (("GET", 0), ("POST", NEVER_SEEN)):
        with app.test_request_context("/", method=method, data={"findings": "x"}):
            assert NotesForm().edit_number.data == number


def test_line_breaks_of_browsers_count_once(app: Flask) -> None:
    text = "\r\n".join(["x"] * (MOST // 2))
    with app.test_request_context("/", method="POST", data={"edit_number": "0", "findings": text}):
        form = NotesForm()
        assert (form.validate(), len(form.findings.data or "")) == (True, MOST - 1)
