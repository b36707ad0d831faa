"""The page of the team, and the page behind an invitation's link."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from camp import clock, invitations, people, tokens
from camp.db import db, writing
from camp.models import Camp, Invitation, Mail, SignInLink
from tests import make

EN = {"Accept-Language": "en"}
FORM = {"email": "hilfe@example.org", "role": "helper", "language": "de"}


def link(app: Flask) -> str:
    made = db.session.scalars(select(Invitation)).one()
    return f"/invitation/{tokens.link(app.config['CAMP'].secret_key, invitations.PURPOSE, made.id, made.salt)}"


def roles(camp: Camp, address: str) -> frozenset[str]:
    person = people.by_address(address)
    return people.roles_of(camp.id, person.id) if person else frozenset()


def test_inviting_writes_a_mail_and_lists_the_invitation(camp: Camp, browser: FlaskClient) -> None:
    assert browser.post("/ecm27/organise/team", data=FORM).status_code == 303
    letter = db.session.scalars(select(Mail)).one()
    assert (letter.to, letter.template, letter.language) == ("hilfe@example.org", "role_invitation", "de")
    assert "hilfe@example.org" in browser.get("/ecm27/organise/team").text


def test_a_refusal_stands_beside_its_field_and_nothing_is_sent(camp: Camp, browser: FlaskClient) -> None:
    answer = browser.post("/ecm27/organise/team", data=FORM | {"email": "orga@example.org", "role": "organiser"}, headers=EN)
    assert (answer.status_code, "orga@example.org has this role already." in answer.text) == (422, True)
    assert browser.post("/ecm27/organise/team", data=FORM | {"role": "administrator"}).status_code == 422
    assert db.session.scalars(select(Mail)).all() == []


def test_looking_changes_nothing_and_the_button_gives_the_role_and_mails_a_sign_in(app: Flask, client: FlaskClient, camp: Camp, browser: FlaskClient) -> None:
    browser.post("/ecm27/organise/team", data=FORM)
    way = link(app)
    page = client.get(way, headers=EN)
    assert (page.headers["Cache-Control"], "Invitation to the team of Camp ecm27" in page.text) == ("no-store", True)
    assert roles(camp, "hilfe@example.org") == frozenset()
    answer = client.post(way)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in/wait?at=ecm27")
    assert roles(camp, "hilfe@example.org") == {"helper"}
    assert db.session.scalars(select(SignInLink.then)).one() == "/ecm27/roster"
    assert sorted(db.session.scalars(select(Mail.template))) == ["role_invitation", "sign_in"]
    assert client.post(way).status_code == 303


def test_whoever_is_signed_in_with_the_address_goes_on_at_once(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    browser.post("/ecm27/organise/team", data=FORM | {"role": "catering"})
    mine = make.browser(app, make.person("hilfe@example.org"))
    answer = mine.post(link(app))
    assert answer.headers["Location"] == "/ecm27/organise/catering"
    assert mine.get("/ecm27/organise/catering").status_code == 200
    assert [mine.get(f"/ecm27/organise{page}").status_code for page in ("", "/people", "/team", "/mail")] == [403] * 4


def test_somebody_else_is_told_and_does_not_get_the_role(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    browser.post("/ecm27/organise/team", data=FORM)
    other = make.browser(app, make.person("other@example.org"))
    assert "signed in with another address, other@example.org" in other.get(link(app), headers=EN).text
    other.post(link(app))
    assert (roles(camp, "other@example.org"), roles(camp, "hilfe@example.org")) == (frozenset(), {"helper"})


def test_the_page_opens_before_the_camp_does(app: Flask, client: FlaskClient, camp: Camp, browser: FlaskClient) -> None:
    browser.post("/ecm27/organise/team", data=FORM)
    with writing():
        camp.opened_at = None
    assert (client.get(link(app)).status_code, client.get("/ecm27/").status_code) == (200, 404)


def test_withdrawn_or_lapsed_it_says_so(app: Flask, client: FlaskClient, camp: Camp, browser: FlaskClient) -> None:
    browser.post("/ecm27/organise/team", data=FORM)
    way, made = link(app), invitations.waiting(camp)[0]
    with clock.shifted(timedelta(days=8)):
        assert "older than 7 days" in client.get(way, headers=EN).text
    assert browser.post(f"/ecm27/organise/team/invitations/{made.id}/withdraw").status_code == 303
    answer = client.post(way, headers=EN)
    assert (answer.status_code, "withdrawn" in answer.text) == (422, True)


def test_a_role_is_taken_back_from_somebody_who_is_not_registered_and_the_last_organiser_stays(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    who = make.person("hilfe@example.org")
    make.role(camp, who, "helper")
    helper = make.browser(app, who)
    assert browser.post(f"/ecm27/organise/team/{who.id}/take-back", data={"name": "helper"}).status_code == 303
    assert roles(camp, "hilfe@example.org") == frozenset()
    assert helper.get("/ecm27/me").headers["Location"].startswith("/sign-in")
    assert browser.post(f"/ecm27/organise/team/{who.id}/take-back", data={"name": "helper"}).status_code == 404
    me = people.by_address("orga@example.org")
    assert me is not None and browser.post(f"/ecm27/organise/team/{me.id}/take-back", data={"name": "organiser"}).status_code == 409
    assert roles(camp, "orga@example.org") == {"organiser"}
