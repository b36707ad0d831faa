"""The form of how the camp votes: filled as it is kept, and what it hands on."""

from __future__ import annotations

from flask import Flask

from sessions import ballot_forms
from sessions.vote_models import VotingRules


def test_it_is_filled_with_the_rules_and_gives_them_back(app: Flask) -> None:
    for rules, values in ((VotingRules(camp_id=1, budget=None, hidden=True, least_seen=False), {"budget": None, "hidden": True, "least_seen": False}),
                          (VotingRules(camp_id=1, budget=7, hidden=False, least_seen=True), {"budget": 7, "hidden": False, "least_seen": True})):
        with app.test_request_context("/"):
            assert ballot_forms.of(rules).values() == values
