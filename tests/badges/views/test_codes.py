from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import blanks, guesses, revoking
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
def test_private_codes_are_said_not_to_exist(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}?lang=en")
    assert (page.status_code, "gives out no private codes" in page.get_data(as_text=True)) == (404, True)


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
