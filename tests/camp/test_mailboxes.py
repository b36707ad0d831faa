"""Tests of camp/mailboxes.py."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import mailboxes
from tests import make


@pytest.mark.parametrize(("address", "mailbox"), [
    ("Mai@example.org", "mai@example.org"), ("mai+2@example.org", "mai@example.org"), ("m.ai@example.org", "m.ai@example.org"),
    ("m.a.i+x@googlemail.com", "mai@gmail.com"), ("mai@gmail.com", "mai@gmail.com"), ("+x@example.org", "+x@example.org")])
def test_an_address_ends_in_its_mailbox(address: str, mailbox: str) -> None:
    assert mailboxes.of(address) == mailbox


def test_registrations_that_share_a_mailbox_stand_together_without_those_who_cancelled(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    for number, (at, state) in enumerate(((camp, "admitted"), (camp, "waiting"), (camp, "cancelled"), (other, "admitted"))):
        make.participant(at, f"M{number}", address=f"mai+{number}@example.org", state=state)
    make.participant(camp, "Ben", address="ben@example.org")
    assert [[who.given_name for who in group] for group in mailboxes.shared(camp)] == [["M0", "M1"]]
