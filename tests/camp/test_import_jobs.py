from __future__ import annotations

import pytest
from flask import Flask

from camp import jobs, people, people_columns, people_import, uploads
from camp.db import db, writing
from camp.models import Camp, Job
from tests import make

LIST = "Vorname;Nachname;E-Mail\nMai;Krause;mai@example.org\nBen;Öz;ben@example.org\n"
BAD = LIST + "Ohne;Adresse;keine\n"


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


def _run(camp: Camp, text: str, partial: bool = False) -> Job:
    sheet, broken = people_import.read("list.csv", text.encode())
    who = make.person()
    with writing():
        upload = uploads.keep(camp, who, "list.csv", sheet, broken, people_columns.guess(sheet.lines[0][1]))
        job = jobs.ask(camp, "import", {"upload": upload.id, "partial": partial}, who.id)
    assert jobs.run_next()
    db.session.refresh(job)
    return job


def test_the_list_becomes_people_and_goes(camp: Camp) -> None:
    job = _run(camp, LIST)
    assert (job.state, job.percent, job.note % job.note_values) == ("done", 100, "New: 2, changed: 0, left out: 0.")
    assert job.result == {"link": "/ecm27/organise/people", "label": "To the people"}
    assert [who.name for who in people.participants(camp)] == ["Mai Krause", "Ben Öz"]
    assert uploads.of(camp, job.args["upload"], people_columns.FIELDS) is None


def test_with_a_bad_line_nothing_is_stored_and_the_list_stays(camp: Camp) -> None:
    job = _run(camp, BAD)
    assert (job.state, job.note % job.note_values) == ("failed", "Nothing was imported. Lines that need a look: 1.")
    assert people.participants(camp) == []
    assert uploads.of(camp, job.args["upload"], people_columns.FIELDS) is not None


def test_the_others_are_stored_if_that_is_wanted(camp: Camp) -> None:
    job = _run(camp, BAD, partial=True)
    assert job.note % job.note_values == "New: 2, changed: 0, left out: 1."
    assert len(people.participants(camp)) == 2


def test_run_again_says_that_the_list_is_gone(camp: Camp) -> None:
    job = _run(camp, LIST)
    with writing():
        again = jobs.again(camp, job, None)
    assert jobs.run_next()
    db.session.refresh(again)
    assert (again.state, again.note) == ("failed", "The list is no longer there; it goes after the import, and after a day.")
    assert len(people.participants(camp)) == 2
