"""The wall of proposals for tests of its pages: closed or open, and read as text."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient

from camp import camps, clock
from camp.db import writing
from camp.models import Camp


def close(camp: Camp, *names: str) -> None:
    """Call and voting are open, but for those named, which closed an hour ago."""
    with writing():
        for name in ("call", "voting"):
            camps.set_phase(camp, name, None, clock.now() - timedelta(hours=1) if name in names else None)


def read(browser: FlaskClient, path: str) -> str:
    """A page in English on one line, without soft hyphens."""
    answer = browser.get(path, query_string={"lang": "en"} if "?" not in path else None)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text.replace("\u00ad", ""))
