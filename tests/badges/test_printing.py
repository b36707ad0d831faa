from __future__ import annotations

import pytest
from flask import Flask

from badges import blanks, ledger, look, printing, revoking
from badges.card import BadgeCard
from badges.models import Badge
from camp import tokens
from camp.db import db, writing
from camp.errors import Conflict
from camp.models import Camp
from camp.pages import KIND_LABELS
from tests import make
from tests.badges.made import KEY, code
from tests.queries import count_queries

WORDS = printing.Words(KIND_LABELS, {"organiser": "Orga", "moderator": "Moderation"}, "No. %(number)s", {"role": "Drill", "waiting": "waits", "cancelled": "cancelled"})


def _cards(camp: Camp) -> list[BadgeCard]:
    with writing():
        printing.ensure_badges(camp, KEY)
    return [row.card for row in printing.rows(camp, KEY, "camp.example", WORDS)]


def test_everybody_with_a_place_gets_one_badge_and_the_database_keeps_only_its_hash(app: Flask) -> None:
    camp = make.camp()
    mai, _ = make.participant(camp), make.participant(camp, "Wei", state="waiting")
    with writing():
        assert (printing.ensure_badges(camp, KEY), printing.ensure_badges(camp, KEY)) == (1, 0)
    badge = db.session.query(Badge).one()
    printed = tokens.badge_code(KEY, badge.uid, badge.issue)
    assert (badge.participant_id, badge.issue, badge.code_hash) == (mai.id, 1, tokens.hash_of(printed))
    assert printed not in repr(list(db.session.execute(db.text("select * from badge")).mappings()))
    assert printing.numbers(camp) == printing.Numbers(admitted=1, made=1, printed=0)


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
            assert len(printing.rows(camp, KEY, "camp.example", WORDS)) == people
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] == 4  # badges, prints, roles, look


def test_the_wished_name_and_the_pronoun_stand_on_the_badge(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Maximiliane", "Krause", badge_name="Maxi", pronoun="sie/ihr")
    make.participant(camp, "Jo", "", pronoun="they")
    with writing():
        printing.ensure_badges(camp, KEY)
    assert [(card.name, card.family) for card in _cards(camp)] == [("Jo", "they"), ("Maxi", "Krause · sie/ihr")]


def _rows(camp: Camp) -> list[printing.Row]:
    return printing.rows(camp, KEY, "camp.example", WORDS)


def _print(camp: Camp, rows: list[printing.Row]) -> None:
    printed = [(row.badge.id, row.card) for row in rows]
    with writing():
        ledger.note(camp, "all", "a4-10", len(printed), printed)


def test_new_and_changed_badges_are_known_after_a_print(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Mai", "A")
    _cards(camp)
    _print(camp, _rows(camp))
    make.participant(camp, "Wei", "B")
    _cards(camp)
    with writing():
        mai.given_name = "Maja"
        db.session.add(mai)
    rows = _rows(camp)
    assert [(row.card.name, row.printed_at is None, row.changed, row.again) for row in rows] == [
        ("Maja", False, True, False), ("Wei", True, False, False)]
    assert [row.card.name for whose in ("new", "changed", "all") for row in printing.chosen(rows, whose)] == ["Wei", "Maja", "Maja", "Wei"]
    assert [row.card.name for row in printing.chosen(rows, "chosen", [mai.id])] == ["Maja"]
    _print(camp, rows)
    assert [row.again for row in _rows(camp)] == [True, True]
    with pytest.raises(Conflict, match="no badges of this choice"):
        printing.chosen(_rows(camp), "new")
    assert printing.numbers(camp) == printing.Numbers(admitted=2, made=2, printed=2)


def test_a_renewed_code_is_a_change_and_a_revoked_badge_is_not_printed(app: Flask) -> None:
    camp = make.camp()
    mai, wei = make.participant(camp, "Mai", "A"), make.participant(camp, "Wei", "B")
    _cards(camp)
    _print(camp, _rows(camp))
    with writing():
        revoking.renew(camp, revoking.of_participant(mai), KEY)
        revoking.revoke(camp, revoking.of_participant(wei))
    rows = _rows(camp)
    assert [(row.card.name, row.changed) for row in rows] == [("Mai", True)]
    make.participant(camp, "Neu", "C")
    assert [(entry.who.given_name, entry.row is None) for entry in printing.entries(camp, rows)] == [("Mai", False), ("Neu", True)]


def test_only_the_chosen_fields_stand_on_the_badge_and_a_role_is_named(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Mai", "Krause", organisation="Lagerpilot", town="Essen", pronoun="sie", hashtags=["UX"], first_time=True, photo="no")
    make.role(camp, mai.person, "moderator")
    make.role(camp, mai.person, "organiser")
    with writing():
        look.choose(camp, "a6", ["organisation", "town", "role"])
    card = _cards(camp)[0]
    assert (card.family, card.organisation, card.kind_label, card.hashtags, card.role, card.first_time, card.no_photo) == (
        "Krause", "Lagerpilot · Essen", "", "", "Orga", False, False)


def test_blank_cards_have_numbers_and_codes(app: Flask) -> None:
    camp = make.camp()
    with writing():
        blanks.make(camp, 2, KEY)
    spare = blanks.unbound(camp)
    cards = printing.blank_cards(spare, KEY, "camp.example", WORDS)
    assert [(card.name, card.hashtags, card.blank) for card in cards] == [("", "No. 1", True), ("", "No. 2", True)]
    assert cards[1].code_url == f"HTTPS://CAMP.EXAMPLE/B/{blanks.code_of(spare[1], KEY)}"
