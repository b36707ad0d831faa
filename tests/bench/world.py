"""The sample camp in an application of its own, planned and published, for measuring."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from camp import camps, load, loaders, schema
from camp.app import create_app
from camp.config import Config
from camp.db import db, writing
from sessions import agenda, planning
from sessions.models import Session
from sessions.planner import solve
from tests import make

CAMP = Path(__file__).parent.parent / "data" / "camp"


@dataclass
class World:
    """The application and what the rows ask of it."""

    flask: Flask

    def anonymous(self) -> FlaskClient:
        """A browser that nobody has signed in."""
        return make.browser(self.flask)

    def voter(self) -> tuple[FlaskClient, list[int]]:
        """Somebody who may vote, and proposals that are not theirs."""
        camp = camps.by_slug("ecm27")
        assert camp is not None
        who = make.participant(camp)
        return make.browser(self.flask, who), list(db.session.scalars(select(Session.id).limit(20)))

    def build_feed_anew(self) -> bytes:
        """The camp's feed with nothing kept from before."""
        from sessions import ical
        ical.event_bytes.cache_clear()
        return self.anonymous().get("/ecm27/agenda.ics").data


@contextmanager
def app() -> Iterator[World]:
    """The sample camp, planned with a small move budget and published."""
    with tempfile.TemporaryDirectory() as folder:
        flask = create_app(Config(folder=Path(folder), base_url="https://localhost", secret_key="s" * 43, vote_key="v" * 43, badge_key="b" * 43))
        flask.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        flask.test_client_class = make.Browser
        with flask.app_context():
            schema.upgrade()
            parsed = load.parse(CAMP, loaders.of(flask))
            with writing():
                load.store(parsed)
            camp = camps.by_slug("ecm27")
            assert camp is not None
            key = flask.config["CAMP"].vote_key
            plan = solve(planning.problem_of(camp, key), seed=1, moves=5000)
            with writing():
                planning.apply(camp, plan.placements)
            with writing():
                agenda.publish(camp)
            yield World(flask)
            db.session.remove()
            db.engine.dispose()
