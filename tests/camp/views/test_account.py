from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import clock, second_factor, sign_ins
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import Camp, Mail, Person, SecondFactor, SignIn
from tests import make
from tests.queries import count_queries

EN = {"Accept-Language": "en"}


@pytest.fixture
def who(app: Flask) -> Person:
    return make.person("orga@example.org")


@pytest.fixture
def browser(app: Flask, who: Person) -> FlaskClient:
    return make.browser(app, who)


def _set_up(browser: FlaskClient, way: str = "/account/second-factor") -> tuple[pyotp.TOTP, list[str]]:
    """Set the second factor up as a person does; gives the app on the phone and the recovery codes."""
    page = browser.get(way, headers=EN).text
    salt = re.search(r'name="salt"[^>]*value="([^"]+)"', page)
    shown = re.search(r'translate="no">([A-Z2-7 ]+)<', page)
    assert salt and shown
    totp = pyotp.TOTP("".join(shown[1].split()))
    answer = browser.post(way, data={"salt": salt[1], "code": totp.at(clock.now())}, headers=EN)
    assert answer.status_code == 200, answer.text
    return totp, re.findall(r'class="code">([0-9A-Z-]{17})<', answer.text)


def _link(app: Flask, who: Person, then: str = "/account") -> tuple[FlaskClient, str]:
    """A browser that has asked for a link, and the link's path."""
    browser = make.browser(app)
    with clock.shifted(timedelta(minutes=2)):
        browser.post(f"/sign-in?then={then}", data={"email": who.email})
    return browser, "/sign-in/" + str(db.session.query(Mail).order_by(Mail.id.desc()).first().values["token"])  # type: ignore[union-attr]


def test_the_list_shows_my_sign_ins_and_which_one_is_here(app: Flask, who: Person, browser: FlaskClient) -> None:
    make.browser(app, who)
    make.browser(app, make.person())
    page = browser.get("/account", headers=EN)
    assert (page.text.count("<b>This browser</b>"), page.text.count("<b>Another browser</b>")) == (1, 1)
    assert page.headers["Cache-Control"] == "no-store"
    assert make.browser(app).get("/account").location == "/sign-in?then=/account"


def test_one_row_or_three_need_as_many_queries(app: Flask, who: Person, browser: FlaskClient) -> None:
    counts = []
    for more in (0, 2):
        for _ in range(more):
            make.browser(app, who)
        with count_queries() as queries:
            browser.get("/account")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_end_one_end_the_others_end_all(app: Flask, who: Person, browser: FlaskClient) -> None:
    others = [make.browser(app, who) for _ in range(3)]
    first = db.session.query(SignIn).order_by(SignIn.id.desc()).first()
    browser.post(f"/account/sign-ins/{first.id}/end")  # type: ignore[union-attr]
    assert [one.get("/account").status_code for one in (browser, *others)] == [200, 200, 200, 303]
    browser.post("/account/sign-ins/end-others")
    assert [one.get("/account").status_code for one in (browser, *others)] == [200, 303, 303, 303]
    other = make.browser(app, who)
    assert browser.post("/account/sign-ins/end-all").location == "/"
    assert [one.get("/account").status_code for one in (browser, other)] == [303, 303]
    assert browser.get_cookie(SIGN_IN_COOKIE) is None


def test_ending_this_one_signs_out_here(app: Flask, browser: FlaskClient) -> None:
    mine = db.session.query(SignIn).one().id
    assert browser.post(f"/account/sign-ins/{mine}/end").location == "/"
    assert browser.get("/account").status_code == 303


def test_a_sign_in_of_somebody_else_is_not_there(app: Flask, browser: FlaskClient) -> None:
    stranger = make.browser(app, make.person())
    theirs = db.session.query(SignIn).order_by(SignIn.id.desc()).first()
    assert browser.post(f"/account/sign-ins/{theirs.id}/end").status_code == 404  # type: ignore[union-attr]
    assert stranger.get("/account").status_code == 200


def test_setting_up_shows_8_codes_once_renews_this_browser_and_ends_the_others(app: Flask, who: Person, browser: FlaskClient) -> None:
    other, before = make.browser(app, who), browser.get_cookie(SIGN_IN_COOKIE)
    _, recovery = _set_up(browser)
    assert len(recovery) == 8
    assert browser.get_cookie(SIGN_IN_COOKIE).value != before.value  # type: ignore[union-attr]
    assert [one.get("/account").status_code for one in (browser, other)] == [200, 303]
    assert "Switch it off" in browser.get("/account/second-factor", headers=EN).text


def test_a_wrong_first_code_keeps_the_secret_on_the_page(app: Flask, browser: FlaskClient) -> None:
    salt = second_factor.draw_salt()
    answer = browser.post("/account/second-factor", data={"salt": salt, "code": "000000"}, headers=EN)
    assert (answer.status_code, f'value="{salt}"' in answer.text) == (422, True)
    assert "This is not the code. Type the one that the app shows at this moment." in answer.text
    assert browser.post("/account/second-factor", data={"salt": "x", "code": "000000"}).status_code == 422


def test_looking_at_the_pages_writes_nothing(app: Flask, browser: FlaskClient) -> None:
    with count_queries() as queries:
        browser.get("/account")
        browser.get("/account/second-factor")
    assert not [query for query in queries if not query.startswith("SELECT")]


def test_after_the_link_a_code_is_asked_for_and_until_then_nothing_opens(app: Flask, who: Person, browser: FlaskClient) -> None:
    totp, _ = _set_up(browser)
    mine, link = _link(app, who, "/account?x=1")
    with clock.shifted(timedelta(minutes=2)):
        assert mine.post(link).location == "/sign-in/second-factor?then=/account?x%3D1"
        half = mine.get_cookie(SIGN_IN_COOKIE).value  # type: ignore[union-attr]
        for path in ("/account", "/account/second-factor", "/camps/new"):
            assert mine.get(path).location == f"/sign-in/second-factor?then={path}"
        assert mine.post("/account/sign-ins/end-all").location == "/sign-in/second-factor"
        assert mine.get("/sign-in/second-factor").headers["Cache-Control"] == "no-store"
        page = mine.post("/sign-in/second-factor", data={"code": "000000"}, headers=EN)
        assert (page.status_code, "not the code, or it has been used" in page.text) == (422, True)
        answer = mine.post("/sign-in/second-factor?then=/account", data={"code": totp.at(clock.now())})
        assert (answer.status_code, answer.location) == (303, "/account")
        assert mine.get_cookie(SIGN_IN_COOKIE).value != half  # type: ignore[union-attr]
        assert mine.get("/account").status_code == 200
        assert mine.get("/sign-in/second-factor").location == "/"
    mine.set_cookie(SIGN_IN_COOKIE, half)
    assert mine.get("/account").status_code == 303


def test_five_wrong_codes_and_the_link_has_to_be_asked_for_anew(app: Flask, who: Person, browser: FlaskClient) -> None:
    totp, _ = _set_up(browser)
    mine, link = _link(app, who)
    with clock.shifted(timedelta(minutes=2)):
        mine.post(link)
        pages = [mine.post("/sign-in/second-factor", data={"code": "000000"}, headers=EN) for _ in range(5)]
        assert [page.status_code for page in pages] == [422] * 5
        assert "That was the fifth wrong code." in pages[4].text
        assert 'name="code"' not in pages[4].text
        assert mine.post("/sign-in/second-factor", data={"code": totp.at(clock.now())}).location == "/sign-in?then=/"


def test_the_same_code_does_not_sign_two_browsers_in(app: Flask, who: Person, browser: FlaskClient) -> None:
    totp, _ = _set_up(browser)
    (mine, first), later = _link(app, who), timedelta(minutes=4)
    with clock.shifted(timedelta(minutes=2)):
        other, second = _link(app, who)
    with clock.shifted(later):
        mine.post(first)
        other.post(second)
        code = totp.at(clock.now())
        statuses = [one.post("/sign-in/second-factor", data={"code": code}).status_code for one in (mine, other)]
    assert statuses == [303, 422]


def test_a_recovery_code_signs_in(app: Flask, who: Person, browser: FlaskClient) -> None:
    _, recovery = _set_up(browser)
    mine, link = _link(app, who)
    with clock.shifted(timedelta(minutes=2)):
        mine.post(link)
        assert mine.post("/sign-in/second-factor", data={"code": recovery[3]}).status_code == 303
        assert mine.get("/account").status_code == 200


def test_switching_it_off_needs_a_code_and_the_fifth_wrong_one_signs_out(app: Flask, who: Person, browser: FlaskClient) -> None:
    totp, _ = _set_up(browser)
    way = "/account/second-factor"
    assert [browser.post(way, data={"code": "000000"}).status_code for _ in range(5)] == [422] * 4 + [303]
    assert browser.get("/account").status_code == 303
    assert db.session.query(SecondFactor).count() == 1
    with writing():
        token = sign_ins.start(who.id)
    browser.set_cookie(SIGN_IN_COOKIE, token, secure=True)
    with clock.shifted(timedelta(seconds=30)):
        assert browser.post(way, data={"code": totp.at(clock.now())}).location == "/account"
    assert db.session.query(SecondFactor).count() == 0
    assert browser.get("/account").status_code == 200


@pytest.fixture
def strict(app: Flask, who: Person) -> Camp:
    """A camp that demands the second factor, with one organiser who lacks it."""
    camp = make.camp(second_factor_required=True)
    make.role(camp, who, "organiser")
    return camp


def test_a_camp_that_demands_it_leads_organisers_to_set_it_up(strict: Camp, browser: FlaskClient) -> None:
    way = "/account/second-factor?then=/ecm27/organise"
    assert browser.get("/ecm27/organise").location == way
    assert browser.get("/ecm27/organise/plan").location == "/account/second-factor?then=/ecm27/organise/plan"
    assert browser.post("/ecm27/organise/second-factor", data={"wanted": "no"}).location == "/account/second-factor"
    assert browser.get("/ecm27/organise", headers={"HX-Request": "true"}).headers["HX-Redirect"] == way
    assert 'href="/ecm27/organise"' in browser.get("/ecm27/").text
    db.session.refresh(strict)
    assert strict.second_factor_required
    page = browser.get(way, headers=EN).text
    assert "This camp lets organisers in with a second factor only." in page
    _set_up(browser, way)
    assert browser.get("/ecm27/organise").status_code == 200


def test_moderators_and_participants_of_such_a_camp_need_none(app: Flask, strict: Camp) -> None:
    moderator = make.person()
    make.role(strict, moderator, "moderator")
    assert make.browser(app, moderator).get("/ecm27/organise/plan").status_code == 200
    assert make.browser(app, make.participant(strict)).get("/ecm27/me").status_code == 200


def test_organisers_switch_the_demand_on_and_off_at_the_desk(app: Flask, who: Person, browser: FlaskClient) -> None:
    camp = make.camp()
    make.role(camp, who, "organiser")
    _set_up(browser)
    assert "1 of 1 organisers sign in with a second factor." in browser.get("/ecm27/organise", headers=EN).text
    for wanted in ("yes", "no"):
        browser.post("/ecm27/organise/second-factor", data={"wanted": wanted})
        db.session.refresh(camp)
        assert camp.second_factor_required is (wanted == "yes")
