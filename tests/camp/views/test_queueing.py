"""Tests of camp/views/queueing.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, g

from camp.access import Viewer
from camp.db import begin_write, db
from camp.errors import Conflict
from camp.models import Job
from camp.views.queueing import handed_out, queued
from tests import make


def test_a_job_is_asked_for_once_and_another_wish_is_refused(app: Flask) -> None:
    camp = make.camp()
    with app.test_request_context("/ecm27/organise"):
        g.camp, g.viewer, g.slug = camp, Viewer(None, camp), "ecm27"
        for _ in range(2):
            begin_write()
            assert queued("names", {"day": "2027-04-24"}, Conflict("busy")).status_code == 303  # type: ignore[union-attr]
        begin_write()
        with pytest.raises(Conflict, match="busy"):
            queued("names", {"day": "2027-04-25"}, Conflict("busy"))
        db.session.rollback()
    assert [job.args for job in db.session.query(Job)] == [{"day": "2027-04-24"}]


def test_a_file_is_handed_out_under_its_name_and_kept_by_nobody(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK")
    with app.test_request_context("/"):
        answer = handed_out(tmp_path / "x.zip", "badges-ecm27-1.zip")
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/zip", "no-store")
        assert answer.headers["Content-Disposition"] == "attachment; filename=badges-ecm27-1.zip"
        answer.close()
