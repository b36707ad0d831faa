from __future__ import annotations

from flask import Flask

from badges import public_cards
from camp.db import writing
from tests import make


def test_nobody_is_shown_who_does_not_want_it_and_the_wish_can_be_taken_back(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    assert public_cards.of(mai) is None
    for contact in ("mai@example.org", "@mai"):
        with writing():
            public_cards.put(camp, mai, True, contact)
        card = public_cards.of(mai)
        assert card is not None and card.contact == contact
    with writing():
        public_cards.put(camp, mai, False, "@mai")
    assert public_cards.of(mai) is None
