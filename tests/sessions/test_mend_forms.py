"""Tests of sessions/mend_forms.py."""

from __future__ import annotations

from flask import Flask
from werkzeug.datastructures import MultiDict

from sessions.mend_forms import DamageForm, TakeForm
from sessions.mending import Damage
from sessions.standing import standing_of
from tests.sessions.test_mending import Place


def test_only_what_lies_ahead_can_be_lost(app: Flask) -> None:
    place = Place(app)
    with app.test_request_context("/?lang=en"):
        form = DamageForm(MultiDict()).offer(standing_of(place.camp), 1)
        assert [value for value, _ in form.room.choices] == ["", *map(str, place.rooms)]
        assert [value for value, _ in form.slot.choices] == ["", *map(str, place.slots[1:])]
        assert [label for _, label in form.session.choices] == ["None", "Three", "Two"]
        assert form.validate() and form.damage() == Damage()


def test_who_comes_late_comes_at_some_time(app: Flask) -> None:
    place = Place(app)
    host = place.two.hosts[0].participant_id
    with app.test_request_context("/?lang=en"):
        late = DamageForm(MultiDict({"host": str(host)})).offer(standing_of(place.camp), 1)
        assert {label for _, label in late.host.choices} == {"None", "Host of Two Krause", "Host of Three Krause"}
        assert not late.validate() and late.errors == {"arrives": ["Choose a time."]}
        whole = DamageForm(MultiDict({"host": str(host), "arrives": str(place.slots[2])})).offer(standing_of(place.camp), 1)
        assert whole.validate() and whole.damage() == Damage(host=host, arrives=place.slots[2])
        assert TakeForm(MultiDict({"host": "3", "arrives": "4", "version": "7"})).damage() == Damage(host=3, arrives=4)


def test_what_is_not_in_the_lists_is_refused_beside_its_field(app: Flask) -> None:
    place = Place(app)
    with app.test_request_context("/?lang=en"):
        chosen = MultiDict({"room": str(place.rooms[1]), "slot": str(place.slots[0]), "session": "x"})
        form = DamageForm(chosen).offer(standing_of(place.camp), 1)
        assert not form.validate()
        assert form.errors == {"slot": ["Choose one of the list."], "session": ["Choose one of the list."]}
        again = DamageForm(MultiDict({"room": str(place.rooms[1]), "slot": str(place.slots[1])})).offer(
            standing_of(place.camp), 1)
        assert again.validate() and again.damage() == Damage(place.rooms[1], place.slots[1])


def test_an_offer_is_taken_by_numbers_only(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        form = TakeForm(MultiDict({"room": "3", "slot": "", "version": "7", "kind": "few"}))
        assert form.validate() and (form.damage(), form.kind.data) == (Damage(3), "few")
        for version in ("", "x", "²", "9" * 40):
            assert not TakeForm(MultiDict({"version": version})).validate()
