from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import access
from camp.db import db, writing
from camp.models import SignIn
from tests import make


def test_policies_by_what_a_person_is_at_this_camp(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    plain, moderator, organiser = (make.participant(camp) for _ in range(3))
    make.role(camp, moderator.person, "moderator")
    make.role(camp, organiser.person, "organiser")
    gone = make.participant(camp, state="cancelled")
    admin = make.person(administrator=True)
    rows = {name: [policy for policy in access.POLICIES if access.Viewer(person, at).may(policy)] for name, person, at in [
        ("nobody", None, camp), ("gone", gone.person, camp), ("plain", plain.person, camp), ("moderator", moderator.person, camp),
        ("organiser", organiser.person, camp), ("organiser elsewhere", organiser.person, other), ("administrator", admin, camp)]}
    assert rows == {
        "nobody": ["public"], "gone": ["public", "signed-in"], "plain": ["public", "signed-in", "participant"],
        "moderator": ["public", "signed-in", "participant", "helper", "moderator"],
        "organiser": ["public", "signed-in", "participant", "helper", "moderator", "catering", "organiser"],
        "organiser elsewhere": ["public", "signed-in"], "administrator": ["public", "signed-in", "administrator"]}


def test_nobody_is_led_to_sign_in_and_back(app: Flask, client: FlaskClient) -> None:
    make.camp()
    answer = client.get("/ecm27/organise?x=1")
    assert (answer.status_code, answer.location) == (303, "/sign-in?then=/ecm27/organise?x%3D1&at=ecm27")


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(app: Flask, client: FlaskClient) -> None:
    make.camp()
    answer = client.get("/ecm27/me", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.data) == (200, "/sign-in?then=/ecm27/me&at=ecm27", b"")


def test_whoever_may_not_is_told_why_and_what_to_do(app: Flask) -> None:
    camp = make.camp()
    page = make.browser(app, make.participant(camp)).get("/ecm27/organise", headers={"Accept-Language": "en"})
    assert page.status_code == 403
    assert "This is for the organisers of this camp." in page.text
    assert "Ask one of them for the role." in page.text


def test_a_camp_that_is_not_there_is_404(client: FlaskClient) -> None:
    assert client.get("/nowhere/").status_code == 404


def test_a_sign_in_that_ended_opens_nothing(app: Flask) -> None:
    camp = make.camp()
    browser = make.browser(app, make.participant(camp))
    assert browser.get("/ecm27/me").status_code == 200
    with writing():
        db.session.query(SignIn).delete()
    assert browser.get("/ecm27/me").status_code == 303


def test_an_unknown_policy_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="everybody"):
        access.allow("everybody")


def test_cookies_are_for_https_and_not_for_scripts(app: Flask, client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "mai@example.org"})
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-camp-browser"))
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
