"""Faces as records: what is cleaned, what is shown, what is typed."""

from dataclasses import replace

from badges.card import BadgeCard, Inside, cleaned, spoken, words

CARD = BadgeCard("E\u202elif\x00", "Mu\u0308ller", "Öz\ttürk", " Start-up ", "#UX", "HTTPS://C.DE/B/ABCDEFGHIJKLMNOP", role="Orga")


def test_texts_are_composed_and_lose_controls_and_marks_of_direction() -> None:
    assert cleaned(CARD) == replace(CARD, name="Elif", family="Müller", organisation="Öz türk", kind_label="Start-up")
    assert cleaned(Inside(" WLAN\x07", "Netz:\t camp\n\n \nCode\u200e: 7")) == Inside("WLAN", "Netz: camp\nCode: 7")


def test_joiners_of_persian_names_and_emoji_stay() -> None:
    family = "👩\u200d🔬 نی\u200cما"
    assert cleaned(replace(CARD, family=family)).family == family  # type: ignore[union-attr]


def test_every_shown_character_is_asked_of_the_fonts() -> None:
    assert words(replace(CARD, name="A", family="B", organisation="C", kind_label="D", hashtags="E", role="F")) == "ABCDEF"
    assert words(Inside("A", "B")) == "AB"


def test_the_end_of_an_address_is_typed_in_groups_of_four() -> None:
    assert spoken("HTTPS://C.DE/B/ABCDEFGHIJKLMNOP") == "ABCD EFGH IJKL MNOP"
    assert spoken("") == ""
