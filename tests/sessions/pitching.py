"""A camp in the middle of its pitch round, for tests of the line, the stage and the desk."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import camps
from camp.db import writing
from camp.models import Camp
from sessions import pitches
from sessions.pitch_models import Turn
from tests import make


def live_camp(**values: int) -> Camp:
    """A camp whose round is open."""
    camp = make.camp(**values)
    with writing():
        for name in ("call", "voting", "pitch"):
            camps.set_phase(camp, name, None, None)
    return camp


def joined(camp: Camp, *names: str) -> list[Turn]:
    """People without an account in line, each with a topic of their name."""
    with writing():
        return [pitches.join(camp, name=name, title=f"{name}s topic") for name in names]


def titles(camp: Camp) -> list[str]:
    """Who waits, by the first word of the topic."""
    return [turn.title.removesuffix("s topic") for turn in pitches.line(camp)]


def in_english(app: Flask, camp: Camp, role: str) -> FlaskClient:
    """The browser of somebody with this role, in English."""
    who = make.person(f"{role}@example.org")
    make.role(camp, who, role)
    client = make.browser(app, who)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
