from __future__ import annotations

from collections import Counter

from flask import Flask

from badges import drill
from badges.doorlist import HASH
from badges.events import Event
from camp import tokens
from tests import make
from tests.badges.made import KEY
from tests.badges.test_printing import WORDS


def test_invented_people_are_the_same_each_time_and_their_codes_are_on_the_list(app: Flask) -> None:
    camp = make.camp()
    people = list(drill.people(camp, KEY))
    assert people == list(drill.people(camp, KEY))
    assert Counter(state for _, state, _ in people) == {"admitted": 48, "waiting": 6, "cancelled": 6}
    assert [line[1] for line in drill.lines(camp, KEY)] == [tokens.hash_of(code)[:HASH] for _, _, code in people]
    assert {code for _, _, code in people} & {code for _, _, code in drill.people(make.camp("other"), KEY)} == set()


def test_their_badges_carry_their_codes_and_say_who_is_turned_away(app: Flask) -> None:
    camp = make.camp()
    cards = drill.cards(camp, KEY, "camp.example", WORDS)
    assert {card.code_url for card in cards} == {f"HTTPS://CAMP.EXAMPLE/B/{code}" for _, _, code in drill.people(camp, KEY)}
    assert Counter((card.organisation, card.role) for card in cards) == {("", "Drill"): 48, ("waits", "Drill"): 6, ("cancelled", "Drill"): 6}
    assert [card.family[0] for card in cards][:2] + [cards[-1].family[0]] == ["A", "A", "Ż"]


def test_the_server_says_nothing_of_its_own(app: Flask) -> None:
    assert [drill.answer(Event("nonce-0001", act)).verdict for act in ("scan", "undo", "rename")] == ["drill", "undone", "renamed"]
