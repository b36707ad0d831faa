from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.badges.made import code


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
