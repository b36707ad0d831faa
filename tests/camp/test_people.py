from __future__ import annotations

import pytest
from flask import Flask

from camp import clock, people, tokens
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Participant
from tests import make


@pytest.mark.parametrize(("typed", "kept"), [
    (" Mai@Lagerpilot.DE ", "mai@lagerpilot.de"), ("a.b+c@x-y.example", "a.b+c@x-y.example"), ("mai@Müller.de", "mai@xn--mller-kva.de"),
    ("mai@xn--mller-kva.de", "mai@xn--mller-kva.de"), ("mai@example.org.", "mai@example.org"), ("mai@mu\u0308ller.de", "mai@xn--mller-kva.de"),
])
def test_an_address_has_one_form(typed: str, kept: str) -> None:
    assert people.normal_address(typed) == kept


@pytest.mark.parametrize(("typed", "sentence"), [
    ("mai.lagerpilot.de", "There is no @."), ("mai@lagerpilot", "This is no mail address."), ("a@b.de\nBcc: c@d.de", "This is no mail address."),
    ("<a@b.de>", "This is no mail address."), ("a@b@c.de", "This is no mail address."), ("a" * 260 + "@b.de", "This address is too long."), ("", "There is no @."),
    ("jörg@example.org", "Before the @ only plain letters, digits and signs can stand."), ("\u212aai@example.org", "Before the @ only plain letters, digits and signs can stand."),
    ("mаi@example.org", "Before the @ only plain letters, digits and signs can stand."), ("mai@straße.de", "This domain cannot be used as it is."), ("mai\0@example.org", "This is no mail address."),
    ("mai@exam\u200bple.org", "This is no mail address."), ("m ai@example.org", "This is no mail address."), ("mai@.", "This is no mail address."), ("mai@ü..de", "This domain cannot be used as it is."),
])
def test_what_is_no_address_is_named(typed: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        people.normal_address(typed)
    assert (caught.value.text, caught.value.field) == (sentence, "email")


def test_ensure_makes_a_person_once(app: Flask, write: None) -> None:
    assert people.ensure("a@example.org") is people.ensure("a@example.org")


def test_roles_belong_to_one_camp(app: Flask) -> None:
    camp, other, who = make.camp(), make.camp("other"), make.person()
    with writing():
        people.give_role(camp, who, "organiser")
        people.give_role(camp, who, "organiser")
    assert (people.roles_of(camp.id, who.id), people.roles_of(other.id, who.id)) == (frozenset({"organiser"}), frozenset())


def test_search_finds_name_organisation_and_address_of_this_camp_only(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    mai = make.participant(camp, "Mai", "Krause", address="m@lager.example", organisation="Regalhaus")
    make.participant(other, "Mai", "Krause")
    for wanted in ("mai k", "REGAL", "m@lager", "krause regal", ""):
        assert people.search(camp, wanted) == [mai]
    assert people.search(camp, "100%") == []


def test_search_knows_umlauts_and_sorts_as_german_lists_do(app: Flask) -> None:
    camp = make.camp()
    rows = [make.participant(camp, given, family) for given, family in [("Zoë", "Zander"), ("Özlem", "Ünal"), ("Jo", "Ulrich"), ("Ali", "Öz")]]
    for wanted in ("Özlem", "özlem", "ozlem", "ÜNAL"):
        assert people.search(camp, wanted) == [rows[1]]
    assert [row.family_name for row in people.search(camp, "")] == ["Öz", "Ulrich", "Ünal", "Zander"]


def test_a_renewed_feed_ends_the_old_address(app: Flask) -> None:
    camp = make.camp()
    who = make.participant(camp)
    with writing():
        old = people.renew_feed(who)
        new = people.renew_feed(who)
    assert (people.by_feed(camp, old), people.by_feed(camp, new)) == (None, who)
    assert (who.feed_hash, len(new) >= 43) == (tokens.hash_of(new), True)
    assert people.by_feed(make.camp("other"), new) is None


def test_arrival_is_noted_once(app: Flask) -> None:
    who = make.participant(make.camp())
    with writing():
        people.mark_arrived(who, clock.now())
        first = who.arrived_at
        people.mark_arrived(who, clock.now())
    assert db.session.get_one(Participant, who.id).arrived_at == first
