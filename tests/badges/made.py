"""Builders of the badges wing: badges, a paired phone, and what a badge's QR says."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from badges import pairing, printing
from badges.models import Badge, Device
from badges.views.phones import COOKIE
from camp import tokens
from camp.db import db, writing
from camp.models import Camp, Participant
from tests import make

KEY = "b" * 43
HOST = "localhost"


def code(who: Participant) -> str:
    """The 16 characters on a participant's badge; the badge is made if there is none."""
    with writing():
        printing.ensure_badges(db.session.get_one(Camp, who.camp_id), KEY)
        badge = db.session.query(Badge).filter_by(participant_id=who.id).one()
        return tokens.badge_code(KEY, badge.uid, badge.issue)


def phone(camp: Camp, door: str = "main entrance") -> tuple[str, Device]:
    """The token and record of a newly paired phone."""
    with writing():
        return pairing.pair(camp, pairing.offer(camp, door))


def english(client: FlaskClient) -> FlaskClient:
    """The browser, asking for English pages."""
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def at_door(app: Flask, camp: Camp, token: str) -> FlaskClient:
    """A browser that carries a phone's token and asks for English pages."""
    client = english(make.browser(app))
    client.set_cookie(COOKIE, token, path=f"/{camp.slug}/door", secure=True)
    return client
