"""Tests of sessions/paper_jobs.py."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from flask import Flask

from camp import jobs, printed
from camp.db import db, writing
from camp.models import Camp, Job
from sessions import paper_jobs
from tests import make

ARGS = {"which": "all", "size": "a6", "language": "en"}


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A camp with five topics."""
    made = make.camp()
    for number in range(5):
        make.session(made, f"Topic {number}")
    return made


def print_all(camp: Camp) -> Job:
    with writing():
        job = jobs.ask(camp, "paper", ARGS, None)
    jobs.run_next()
    db.session.refresh(job)
    return job


def test_all_cards_are_one_file_and_the_last_three_are_kept(app: Flask, camp: Camp) -> None:
    prints = [print_all(camp) for _ in range(4)]
    assert [job.state for job in prints] == ["done"] * 4
    assert [printed.stored(app.config["CAMP"], job) is not None for job in prints] == [False, True, True, True]
    assert len(printed.of_camp(app.config["CAMP"].folder, camp, paper_jobs.NAME)) == 3
    path = printed.stored(app.config["CAMP"], prints[-1])
    assert path is not None
    pages = pypdf.PdfReader(BytesIO(path.read_bytes())).pages
    text = "".join(page.extract_text() for page in pages)
    assert (len(pages), [f"Topic {number}" in text for number in range(5)]) == (2, [True] * 5)
    assert prints[-1].note_values == {"number": 5, "total": 2}


def test_it_says_how_far_it_is_and_stops_when_asked(app: Flask, camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []

    def tell(progress: jobs.Progress, percent: int, note: str, /, **values: object) -> None:
        said.append((percent, values["number"], values["total"]))
        with writing():
            db.session.get_one(Job, progress.job_id).cancel_asked = True

    monkeypatch.setattr(jobs.Progress, "tell", tell)
    job = print_all(camp)
    assert (job.state, said, printed.of_camp(app.config["CAMP"].folder, camp, paper_jobs.NAME)) == ("cancelled", [(35, 1, 2)], [])


def test_without_cards_it_says_so(app: Flask) -> None:
    job = print_all(make.camp())
    assert (job.state, job.note) == ("failed", "There is no such card to print.")
