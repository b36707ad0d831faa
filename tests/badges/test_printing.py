from __future__ import annotations

import pytest
from flask import Flask

from badges import printing
from badges.models import Badge
from badges.sheet import BadgeCard
from camp import tokens
from camp.db import db, writing
from camp.errors import Conflict
from camp.models import Camp
from camp.pages import KIND_LABELS
from tests import make
from tests.badges.made import KEY, code
from tests.queries import count_queries


def _cards(camp: Camp) -> list[BadgeCard]:
    with writing():
        printing.ensure_badges(camp, KEY)
    return printing.cards(camp, KEY, "camp.example", KIND_LABELS)


def test_everybody_with_a_place_gets_one_badge_and_the_database_keeps_only_its_hash(app: Flask) -> None:
    camp = make.camp()
    mai, _ = make.participant(camp), make.participant(camp, "Wei", state="waiting")
    with writing():
        assert (printing.ensure_badges(camp, KEY), printing.ensure_badges(camp, KEY)) == (1, 0)
    badge = db.session.query(Badge).one()
    printed = tokens.badge_code(KEY, badge.uid, badge.issue)
    assert (badge.participant_id, badge.issue, badge.code_hash) == (mai.id, 1, tokens.hash_of(printed))
    assert printed not in repr(list(db.session.execute(db.text("select * from badge")).mappings()))
    assert printing.numbers(camp) == printing.Numbers(admitted=1, made=1)


def test_a_card_holds_what_is_printed(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Mai", "Krause", organisation="Lagerpilot", kind="public body",
                           hashtags=["#UX", "SEO"], photo="no", first_time=True)
    assert _cards(camp) == [BadgeCard(
        name="Mai", family="Krause", organisation="Lagerpilot", kind_label="Public body", hashtags="#UX #SEO",
        code_url=f"HTTPS://CAMP.EXAMPLE/B/{code(mai)}", first_time=True, no_photo=True)]


def test_a_person_with_one_name_has_it_large(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "", "Suharto")
    assert [(card.name, card.family) for card in _cards(camp)] == [("Suharto", "")]


def test_cards_come_by_family_name_as_german_lists_sort_it(app: Flask) -> None:
    camp = make.camp()
    for given, family in (("Zoe", "Ohm"), ("Max", "Öztürk"), ("Ada", "Ohm"), ("Li", "Zhou"), ("Jo", "Oz")):
        make.participant(camp, given, family)
    assert [(card.family, card.name) for card in _cards(camp)] == [
        ("Ohm", "Ada"), ("Ohm", "Zoe"), ("Oz", "Jo"), ("Öztürk", "Max"), ("Zhou", "Li")]


def test_a_reprint_carries_the_same_codes_and_a_new_issue_another(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp)
    first, again = _cards(camp), _cards(camp)
    assert first == again
    with writing():
        db.session.query(Badge).one().issue = 2
    assert _cards(camp)[0].code_url != first[0].code_url


def test_who_lost_the_place_is_not_printed(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    _cards(camp)
    with writing():
        mai.state = "cancelled"
        db.session.add(mai)
    assert _cards(camp) == []
    with pytest.raises(Conflict, match="no badges to print"):
        printing.somebody(camp)


def test_three_cards_take_as_many_queries_as_one(app: Flask) -> None:
    numbers = []
    for slug, people in (("one", 1), ("three", 3)):
        camp = make.camp(slug)
        for _ in range(people):
            make.participant(camp)
        _cards(camp)
        db.session.rollback()
        db.session.refresh(camp)
        with count_queries() as seen:
            assert len(printing.cards(camp, KEY, "camp.example", KIND_LABELS)) == people
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] == 1


def test_the_wished_name_and_the_pronoun_stand_on_the_badge(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Maximiliane", "Krause", badge_name="Maxi", pronoun="sie/ihr")
    make.participant(camp, "Jo", "", pronoun="they")
    with writing():
        printing.ensure_badges(camp, KEY)
    assert [(card.name, card.family) for card in _cards(camp)] == [("Jo", "they"), ("Maxi", "Krause · sie/ihr")]
