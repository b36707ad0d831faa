from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import blanks, guesses, private_codes, public_cards, revoking
from camp import clock
from camp.db import writing
from tests import make
from tests.badges.made import KEY, code


@pytest.mark.parametrize("way", ["/b/{}", "/B/{}"])
def test_a_badges_code_opens_a_card_that_names_the_camp_and_nobody(app: Flask, client: FlaskClient, way: str) -> None:
    mai = make.participant(make.camp(title="E-Commerce-Camp"), "Maiken", "Krause", organisation="Lagerpilot")
    pages = [client.get(way.format(text) + "?lang=en") for text in (code(mai), code(mai).lower())]
    for page in pages:
        text = page.get_data(as_text=True)
        assert (page.status_code, "A badge of E-Commerce-Camp" in text, "names nobody" in text) == (200, True, True)
        assert [word for word in ("Maiken", "Krause", "Lagerpilot", mai.person.email) if word in text] == []
        assert 'href="/ecm27/agenda"' in text


@pytest.mark.parametrize("path", ["/b/ABCDEFGHIJKLMNOP", "/B/x", "/b/" + "A" * 500, "/b/%00"])
def test_an_unknown_code_is_answered_with_one_sentence(client: FlaskClient, path: str) -> None:
    make.participant(make.camp())
    page = client.get(f"{path}?lang=en")
    assert (page.status_code, "No badge has this code." in page.get_data(as_text=True)) == (404, True)


def test_all_unknown_codes_look_the_same(client: FlaskClient) -> None:
    def shape(path: str) -> str:
        return re.sub(r'content="[^"]{20,}"|/b/\w+', "", client.get(path).get_data(as_text=True))

    assert shape("/b/ABCDEFGHIJKLMNOP") == shape("/b/2222222222222222")


@pytest.mark.parametrize("path", ["/p/ABCDEFGHIJKLMNOPQRSTUVWXYZ", "/P/x"])
def test_unknown_private_codes_are_one_sentence(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}?lang=en")
    assert (page.status_code, "We do not know this code." in page.get_data(as_text=True)) == (404, True)


def test_a_private_code_signs_in_by_its_button_and_looking_changes_nothing(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Maiken")
    with writing():
        private_codes.ensure(camp, [mai.id], KEY)
    path = "/P/" + private_codes.addresses(camp, KEY, "h")[mai.id].rpartition("/")[2]
    with clock.shifted(make.until_noon(camp)):
        page = client.get(path + "?lang=en")
        assert (page.status_code, page.headers["Cache-Control"], "Sign me in here" in page.text, "Maiken" in page.text) == (200, "no-store", True, False)
        assert (client.get("/ecm27/me").status_code, private_codes.of(mai).browser_hash) == (303, None)
        entered = client.post(path)
        assert (entered.status_code, entered.location) == (303, "/ecm27/me")
        assert "Maiken" in client.get("/ecm27/me").text
        assert client.post(path).status_code == 303
        other = make.browser(app)
        assert [other.get(path).status_code, other.post(path).status_code, other.get("/ecm27/me").status_code] == [409, 409, 303]


def test_whoever_wants_it_is_named_to_those_who_scan(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Maiken", "Krause", organisation="Lagerpilot", hashtags=["UX"])
    path = f"/b/{code(mai)}?lang=en"
    with writing():
        public_cards.put(camp, mai, True, "@mai@example.social <b>")
    text = client.get(path).text
    assert [word in text for word in ("Maiken Krause", "Lagerpilot", "#UX", "@mai@example.social &lt;b&gt;", mai.person.email)] == [True, True, True, True, False]
    with writing():
        public_cards.put(camp, mai, False, "@mai@example.social")
    assert [word in client.get(path).text for word in ("Maiken", "example.social")] == [False, False]


def test_revoked_codes_are_answered_like_unknown_ones_and_blank_badges_like_others(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    text = code(mai)
    with writing():
        blanks.make(camp, 1, KEY)
        blank = blanks.code_of(blanks.unbound(camp)[0], KEY)
        revoking.revoke(camp, revoking.of_participant(mai))
    assert [client.get(f"/b/{one}").status_code for one in (text, blank)] == [404, 200]


def test_whoever_tries_many_codes_has_to_wait(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "MOST", 2)
    client.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    right = code(make.participant(make.camp()))
    answers = [client.get(f"/b/{'A' * 15}{letter}?lang=en") for letter in "ABC"]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert "Wait ten minutes." in answers[2].text
    assert client.get(f"/b/{right}").status_code == 429
    client.environ_base["REMOTE_ADDR"] = "198.51.100.9"
    assert client.get(f"/b/{right}").status_code == 200
