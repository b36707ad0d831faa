from __future__ import annotations

import base64

import pytest
from flask import Flask

from camp import tokens
from camp.db import writing
from camp.errors import BadInput, NotFound
from sessions import screens
from tests import make


def test_an_address_holds_128_bits_and_the_database_only_their_hash(app: Flask) -> None:
    camp = make.camp()
    with writing():
        token, screen = screens.make(camp, " Stage ", "beamer")
    assert (len(base64.urlsafe_b64decode(token + "==")), screen.token_hash, screen.name) == (16, tokens.hash_of(token), "Stage")
    assert screens.by_token(camp, token, "beamer") is screen


def test_an_address_is_of_one_camp_and_one_kind_and_ends_when_it_is_revoked(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    with writing():
        token, screen = screens.make(camp, "Stage", "beamer")
    for at, kind in ((other, "beamer"), (camp, "terminal")):
        with pytest.raises(NotFound):
            screens.by_token(at, token, kind)
    with pytest.raises(NotFound), writing():
        screens.revoke(other, screen.id)
    for _ in range(2):
        with writing():
            screens.revoke(camp, screen.id)
    with pytest.raises(NotFound):
        screens.by_token(camp, token, "beamer")
    assert list(screens.every(camp)) == [screen]


@pytest.mark.parametrize(("name", "kind", "field"), [("", "beamer", "name"), ("x" * 61, "beamer", "name"), ("Stage", "toaster", "kind")])
def test_a_screen_has_a_name_and_a_kind(app: Flask, name: str, kind: str, field: str) -> None:
    camp = make.camp()
    with pytest.raises(BadInput) as refused, writing():
        screens.make(camp, name, kind)
    assert (refused.value.field, list(screens.every(camp))) == (field, [])
