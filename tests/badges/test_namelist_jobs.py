from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

from flask import Flask
from pypdf import PdfReader

from badges import namelist_jobs
from camp import clock, erasers, jobs
from camp.db import db, writing
from camp.models import Job, LogEntry
from tests import make

HOUR = timedelta(hours=1)


def test_at_seven_the_list_is_asked_for_once_and_after_the_day_it_is_gone(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Mai", "Krause", organisation="Lagerpilot")
    make.participant(camp, "Wei", "Zhang", state="waiting")
    make.camp("later")
    noon = make.until_noon(camp)
    with clock.shifted(noon - 6 * HOUR):
        namelist_jobs.look()
        assert db.session.query(Job).count() == 0
    with clock.shifted(noon - 5 * HOUR):
        for _ in range(2):
            namelist_jobs.look()
            jobs.run_next()
        job = db.session.query(Job).filter_by(camp_id=camp.id).one()
        assert (job.state, job.args, job.result["number"], job.result["link"]) == (
            "done", {"day": "2027-04-24"}, 1, "/ecm27/organise/arrivals/names.pdf")
        found = namelist_jobs.newest(camp)
        assert found is not None
        told = "\n".join(page.extract_text() for page in PdfReader(found[1]).pages)
        assert ("Krause, Mai" in told, "Lagerpilot" in told, "Zhang" in told) == (True, True, False)
        assert found[1].stat().st_mode & 0o777 == 0o600
        assert [entry.verb for entry in db.session.query(LogEntry).filter_by(camp_id=camp.id)] == ["printed the names"]
    with clock.shifted(noon + 13 * HOUR):
        namelist_jobs.look()
        assert (found[1].exists(), namelist_jobs.newest(camp), db.session.query(Job).filter_by(camp_id=camp.id).count()) == (False, None, 1)


def test_a_newer_list_takes_the_place_of_the_older_one_and_erasing_removes_it(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp)
    kept: list[Path] = []
    for _ in range(2):
        with writing():
            jobs.ask(camp, "names", {"day": make.DAY.isoformat()}, None)
        assert jobs.run_next()
        db.session.rollback()
        found = namelist_jobs.newest(camp)
        assert found is not None
        kept.append(found[1])
    assert [path.exists() for path in kept] == [False, True]
    folder = app.config["CAMP"].folder
    assert kept[1] in [path for eraser in erasers.of(app) for path in eraser.files(folder, camp)]


def test_the_list_has_a_box_for_who_is_missing_and_the_hour_of_who_is_in(app: Flask) -> None:
    from badges.namelist import Line
    camp = make.camp(languages=["en", "de"])
    noon = clock.at(make.DAY, time(12, 5), camp.timezone)
    page = namelist_jobs.html(camp, make.DAY, [Line("<b>", "Mai", "", "start-up", True, "Zum Infopunkt", noon), Line("Ö", "", "X & Y", "other", False, "", None)])
    assert ("<b>× 12:05</b>" in page, "&lt;b&gt;, <b>Mai</b>" in page, "no photos · <bdi>Zum Infopunkt</bdi>" in page) == (True, True, True)
    assert (page.count('class="box"'), "X &amp; Y" in page, "2 people are expected" in page) == (25, True, True)
