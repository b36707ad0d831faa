"""The drill: invented people with codes of their own, on whom helpers practise; nothing of it is kept."""

from __future__ import annotations

import random
from collections.abc import Iterator

from badges import printing
from badges.card import BadgeCard
from badges.door import Answer
from badges.doorlist import HASH, Line
from badges.events import Event
from camp import tokens
from camp.models import Camp
from camp.text import sort_key

PEOPLE = 60
_GIVEN = (
    "Ada",
    "Bülent",
    "Chiara",
    "Dörte",
    "Emil",
    "Fatima",
    "Gökhan",
    "Hannah",
    "İlker",
    "Jürgen",
    "Karla",
    "Łukasz",
    "Mai",
    "Noor",
    "Öykü",
    "Paul",
    "Quynh",
    "Rosa",
    "Søren",
    "Tomáš",
    "Uwe",
    "Vera",
    "Wim",
    "Xenia",
    "Yusuf",
    "Zoë",
)
_FAMILY = (
    "Ackermann",
    "Bäcker",
    "Çelik",
    "Dvořák",
    "Ehrlich",
    "Fröhlich",
    "Großmann",
    "Hübner",
    "Iwanow",
    "Jäger",
    "Krüger",
    "Löffler",
    "Müller",
    "Nguyễn",
    "Özdemir",
    "Pham",
    "Quast",
    "Rößler",
    "Şahin",
    "Tran",
    "Unruh",
    "Vogel",
    "Weiß",
    "Yıldız",
    "Żak",
)
_MADE_OF = 27  # so that the same people come each time


def people(camp: Camp, key: str) -> Iterator[tuple[str, str, str]]:
    """The invented people: name, state, and the code on their badge. Some wait, some have cancelled."""
    chance = random.Random(_MADE_OF)  # nosec B311
    for number in range(PEOPLE):
        name = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
        state = {3: "waiting", 7: "cancelled"}.get(number % 10, "admitted")
        yield name, state, tokens.badge_code(key, f"drill/{camp.id}/{number}", 1)


def lines(camp: Camp, key: str) -> list[Line]:
    """The invented people as the list of a phone has them; see `badges.doorlist.lines`."""
    return [
        [
            f"p{number}",
            tokens.hash_of(code)[:HASH],
            name,
            "",
            "other",
            state,
            "f" if number % 6 == 0 else "",
            [],
            "",
            "",
            0,
            "",
        ]
        for number, (name, state, code) in enumerate(people(camp, key), 1)
    ]


def cards(camp: Camp, key: str, host: str, words: printing.Words) -> list[BadgeCard]:
    """The badges of the invented people, by family name; who waits or has cancelled has it on the badge."""
    found = []
    for name, state, code in people(camp, key):
        given, _, family = name.partition(" ")
        found.append(BadgeCard(given, family, words.drill.get(state, ""), "", "", printing.address(host, code),
                               role=words.drill["role"]))
    return sorted(found, key=lambda card: (sort_key(card.family), sort_key(card.name)))


def answer(event: Event) -> Answer:
    """What the server says in a drill: what the phone decided from its list; it keeps nothing."""
    return Answer({"undo": "undone", "rename": "renamed", "walk-in": "admitted"}.get(event.act, "drill"))
