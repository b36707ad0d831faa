from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from camp import i18n
from camp.errors import Conflict
from tests import make


@pytest.mark.parametrize(("query", "cookie", "header", "found"), [
    ("", None, None, "de"), ("", None, "en-GB,de;q=0.5", "en"), ("", "de", "en", "de"), ("?lang=en", "de", "de", "en"), ("?lang=xx", None, "fr", "de"),
])
def test_language_by_address_then_cookie_then_browser_then_german(client: FlaskClient, query: str, cookie: str | None, header: str | None, found: str) -> None:
    if cookie:
        client.set_cookie("camp-language", cookie)
    page = client.get(f"/{query}", headers={"Accept-Language": header} if header else {})
    assert f'<html lang="{found}"' in page.text


def test_a_choice_is_kept(client: FlaskClient) -> None:
    client.get("/?lang=en")
    assert '<html lang="en"' in client.get("/").text


def test_the_link_to_the_other_language_keeps_the_rest_of_the_address(app: Flask) -> None:
    with app.app_context(), app.test_request_context("/ecm27/agenda?view=grid&lang=de"):
        assert i18n.language_url("en") == "/ecm27/agenda?view=grid&lang=en"


def test_figures_in_a_text_are_written_as_the_language_writes_them(app: Flask) -> None:
    text, values = "At most %(percent)s %% below the best possible (proven).", {"percent": 0.2}
    for code, found in (("de", "Höchstens 0,2 % unter dem bestmöglichen Plan (bewiesen)."), ("en", "At most 0.2 % below the best possible (proven).")):
        with app.app_context(), app.test_request_context(f"/?lang={code}"):
            assert i18n.filled(text, values) == found
            assert i18n.filled("%(number)s von %(total)d", {"number": 2027, "total": 3}) == "2027 von 3"


def test_times_and_days_as_people_read_them(app: Flask) -> None:
    moment = datetime(2027, 4, 24, 7, 5, tzinfo=UTC)
    with app.app_context(), app.test_request_context("/?lang=de"):
        g.camp = make.camp()
        assert (i18n.wall(time(9)), i18n.wall(moment)) == ("9:00", "9:05")
        assert (i18n.long_day(date(2027, 4, 24)), i18n.moment(moment)) == ("Samstag, 24. April 2027", "24. Apr., 9:05")
    with app.app_context(), app.test_request_context("/?lang=en"):
        assert i18n.long_day(date(2027, 4, 24)) == "Saturday, 24 April 2027"


def test_a_refusal_speaks_the_readers_language(app: Flask) -> None:
    error = Conflict("The short name “%(slug)s” is taken.", "Choose another one.", slug="ecm27")
    with app.app_context(), app.test_request_context("/?lang=de"):
        assert i18n.told(error) == ("Der Kurzname „ecm27“ ist vergeben.", "Wähle einen anderen.")
    with app.app_context(), app.test_request_context("/?lang=en"):
        assert i18n.told(error) == ("The short name “ecm27” is taken.", "Choose another one.")
