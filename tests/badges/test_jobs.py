from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from badges import jobs as badge_jobs
from badges.models import Badge
from camp import jobs
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp, Job
from tests import make
from tests.badges.made import code


def _print(camp: Camp) -> Job:
    with writing():
        job = jobs.ask(camp, "badges", {}, None)
    assert jobs.run_next()
    db.session.rollback()
    db.session.refresh(job)
    return job


def _codes_in(pdf: Path, into: Path) -> set[str]:
    subprocess.run(["pdftoppm", "-r", "150", "-png", pdf, into / "page"], check=True)
    return {found.text for page in sorted(into.glob("page*.png")) for found in zxingcpp.read_barcodes(Image.open(page))}


def test_a_print_holds_the_code_of_everybody_with_a_place(app: Flask, tmp_path: Path) -> None:
    camp = make.camp()
    people = [make.participant(camp, f"Mai{n}", organisation="Öztürk & Söhne") for n in range(3)]
    make.participant(camp, "Wei", state="waiting")
    job = _print(camp)
    path = badge_jobs.stored(app.config["CAMP"], job)
    assert path is not None
    assert (job.state, job.result) == ("done", {
        "file": path.name, "number": 3, "link": f"/ecm27/organise/badges/{job.id}.pdf", "label": "Download the badges"})
    assert _codes_in(path, tmp_path) == {f"HTTPS://LOCALHOST/B/{code(who)}" for who in people}
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_without_anybody_the_job_says_so(app: Flask) -> None:
    job = _print(make.camp())
    assert (job.state, job.note) == ("failed", "Nobody has a place yet, so there are no badges to print.")
    assert db.session.query(Badge).count() == 0


def test_only_the_latest_prints_are_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(badge_jobs.sheet, "render", lambda *_, **__: b"%PDF")
    camp = make.camp()
    make.participant(camp)
    prints = [_print(camp) for _ in range(badge_jobs.KEPT + 2)]
    kept = [badge_jobs.stored(app.config["CAMP"], job) is not None for job in prints]
    assert kept == [False, False] + [True] * badge_jobs.KEPT


def test_a_name_that_no_card_holds_is_named(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "W" * 3000)
    badge_jobs.make_missing(camp)
    with pytest.raises(BadInput, match="too long for a badge"):
        badge_jobs.pdf_of(camp)


def test_characters_without_a_font_are_named(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Mai\U000E0FFE\ue000")
    badge_jobs.make_missing(camp)
    with pytest.raises(BadInput, match="No font"):
        badge_jobs.pdf_of(camp)


def test_a_stored_name_never_leaves_the_folder(app: Flask) -> None:
    assert badge_jobs.stored(app.config["CAMP"], Job(result={"file": "../camp.sqlite3"})) is None
