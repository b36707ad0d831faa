"""Plain builders of test data; each writes and commits, and gives the row."""

from __future__ import annotations

import io
import itertools
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from camp import clock, tokens
from camp.access import SIGN_IN_COOKIE
from camp.app import create_app
from camp.config import Config
from camp.db import db, writing
from camp.models import Camp, CampText, Day, Participant, Person, Role, Room, SignIn, Slot
from camp.papers import LEGAL
from camp.venue import letter
from sessions.models import Host, Session, Vote

_numbers = itertools.count(1)
DAY = date(2027, 4, 24)
EARLY = datetime(2027, 3, 1, 9, tzinfo=UTC)


class Browser(FlaskClient):
    """A browser whose requests get an application context of their own, as on a server, and whose answers are read whole."""

    def open(self, *args: Any, **values: Any) -> Any:
        """Send a request; rows that the test holds are read anew afterwards."""
        db.session.rollback()
        with self.application.app_context():
            answer = super().open(*args, **({"buffered": True} | values))
        db.session.rollback()
        return answer


def app(config: Config) -> Flask:
    """The application as tests call it: at https://localhost, without the form token."""
    made = create_app(config)
    made.test_client_class = Browser
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PREFERRED_URL_SCHEME="https", SERVER_NAME="localhost")
    return made


def until_noon(camp: Camp) -> timedelta:
    """How far it is to noon of the camp's day; whole days would miss it in the hour by which summer time differs."""
    return clock.at(DAY, time(12), camp.timezone) - clock.now()


def camp(slug: str = "ecm27", *, rooms: int = 2, seats: int = 30, slots: int = 2, capacity: int = 100, **values: Any) -> Camp:
    """A camp on 24 April 2027 with rooms A, B … and session slots of 45 minutes from 10:00 on, hourly; lunch at 12:00.

    It is open and has the law's texts in German (`imprint="…"`; an empty one is not there).
    """
    papers = {name: values.pop(name, name[0].upper()) for name in LEGAL}
    values = {"title": f"Camp {slug}", "opened_at": clock.now()} | values
    with writing():
        values["texts"] = [CampText(name=name, language="de", text=text) for name, text in papers.items() if text]
        made = Camp(slug=slug, capacity=capacity, made_at=clock.now(), days=[Day(date=DAY)], **values)
        db.session.add(made)
        db.session.flush()
        for n in range(rooms):
            db.session.add(Room(camp_id=made.id, letter=letter(n), name=f"Room {letter(n)}", seats=seats, features=[]))
        hours = [hour for hour in range(10, 23) if hour != 12][:slots]
        for hour in hours:
            db.session.add(Slot(camp_id=made.id, date=DAY, starts=time(hour), ends=time(hour, 45), kind="session"))
        if slots > 2:
            db.session.add(Slot(camp_id=made.id, date=DAY, starts=time(12), ends=time(13), kind="break", title="Lunch"))
    return made


def person(address: str = "", **values: Any) -> Person:
    """A person with an address."""
    with writing():
        made = Person(email=address or f"made{next(_numbers)}@example.org", **values)
        db.session.add(made)
    return made


def participant(at: Camp, given: str = "Mai", family: str = "Krause", *, address: str = "", state: str = "admitted",
                **values: Any) -> Participant:
    """A participant of a camp, admitted unless said otherwise."""
    who = person(address)
    with writing():
        made = Participant(camp_id=at.id, person_id=who.id, person=who, given_name=given, family_name=family, state=state,
                           registered_at=values.pop("registered_at", EARLY), **values)
        db.session.add(made)
    return made


def crowd(at: Camp, number: int, given: str = "Mai", family: str = "Krause", **values: Any) -> list[Participant]:
    """So many admitted people, numbered in their given names, written at once."""
    made = [Participant(camp_id=at.id, person=Person(email=f"crowd{n}@example.org"), given_name=f"{given}{n}", family_name=family,
                        state="admitted", registered_at=EARLY, **values) for n in range(number)]
    with writing():
        db.session.add_all(made)
    return made


def role(at: Camp, who: Person, name: str) -> None:
    """Give a person a role at a camp."""
    with writing():
        db.session.add(Role(camp_id=at.id, person_id=who.id, name=name))


def session(at: Camp, title: str = "Returns", hosts: list[Participant] | None = None, **values: Any) -> Session:
    """A proposal with hosts (one is made if none is given)."""
    hosts = [participant(at, f"Host of {title}")] if hosts is None else hosts
    away, away_at = values.pop("away", ""), values.pop("away_at", [])
    with writing():
        made = Session(camp_id=at.id, title=title, guid=f"00000000-0000-4000-8000-{next(_numbers):012}",
                       proposed_at=values.pop("proposed_at", EARLY), **values)
        made.hosts = [Host(participant_id=host.id, participant=host, away=away, away_at=away_at) for host in hosts]
        db.session.add(made)
    return made


def picture(width: int = 60, height: int = 30, kind: str = "PNG", mode: str = "RGB", **values: Any) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    Image.new(mode, (width, height), "#22338f").save(file, kind, **values)
    return file.getvalue()


def vote(app: Flask, who: Participant, *on: Session) -> None:
    """Votes of a participant."""
    name = tokens.vote_pseudonym(app.config["CAMP"].vote_key, who.camp_id, who.id)
    with writing():
        db.session.add_all(Vote(session_id=session.id, pseudonym=name) for session in on)


def save(browser: FlaskClient, path: str, data: dict[str, Any], **values: Any) -> Any:
    """Send a form as its page gives it: with the edit number that stands there."""
    found = re.search(r'name="edit_number"[^>]* value="(\d+)"', browser.get(path).text)
    assert found, path
    return browser.post(path, data={"edit_number": found[1]} | data, **values)


def browser(app: Flask, who: Person | Participant | None = None) -> FlaskClient:
    """A browser in which a person is signed in."""
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    if who is not None:
        token = tokens.draw()
        with writing():
            db.session.add(SignIn(person_id=who.person_id if isinstance(who, Participant) else who.id,
                                  token_hash=tokens.hash_of(token), made_at=clock.now()))
        client.set_cookie(SIGN_IN_COOKIE, token, secure=True)
    return client
