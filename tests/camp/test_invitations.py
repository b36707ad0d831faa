"""Roles by mail: offered to an address, taken with one button, lapsed after days, withdrawn; the log tells both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from camp import clock, invitations, log, people, tidy, tokens
from camp.db import db, writing
from camp.errors import BadInput, Conflict, NotFound
from camp.invitations import Member
from camp.letters import Word
from camp.models import Camp, Invitation, Mail, SignIn
from tests import make

KEY = "s" * 43


def invite(camp: Camp, address: str = "Hilfe@Example.org", role: str = "helper", by: int | None = None) -> Invitation:
    with writing():
        invitations.invite(camp, address, role, "en", person_id=by)
    return invitations.waiting(camp)[0]


def link(made: Invitation) -> str:
    return tokens.link(KEY, invitations.PURPOSE, made.id, made.salt)


def verbs(camp: Camp) -> list[str]:
    return [row.verb for row in log.entries(camp.id, 0, 9)]


def test_an_invitation_lies_in_the_outbox_and_says_who_invites_to_what(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp, "Mai", "Krause")
    made = invite(camp, by=mai.person_id)
    letter = db.session.scalars(select(Mail)).one()
    assert (letter.to, letter.template, letter.language, letter.void_at) == ("hilfe@example.org", "role_invitation", "en", made.until)
    assert invitations.told(letter, KEY) == {"role": Word("Helper"), "inviter": "Mai Krause", "day": clock.local(made.until, camp.timezone).date(), "token": link(made)}
    assert made.until - made.made_at == timedelta(days=7)


def test_the_role_goes_to_the_address_once_and_both_facts_are_in_the_log(app: Flask) -> None:
    camp = make.camp()
    token = link(invite(camp, role="catering"))
    for _ in range(2):
        with writing():
            invitations.take(token, KEY)
    person = people.by_address("hilfe@example.org")
    assert person is not None and people.roles_of(camp.id, person.id) == {"catering"}
    assert verbs(camp) == ["took a role", "invited to a role"]
    assert invitations.waiting(camp) == []
    assert invitations.team(camp) == [Member(person.id, "hilfe@example.org", "", "catering")]


def test_taking_a_role_ends_the_sign_ins_of_the_person(app: Flask) -> None:
    camp, who = make.camp(), make.person("hilfe@example.org")
    make.browser(app, who)
    token = link(invite(camp))
    with writing():
        invitations.take(token, KEY)
    assert db.session.scalars(select(SignIn.ended_at)).one() is not None


def test_a_withdrawn_invitation_opens_nothing_and_its_mail_does_not_go_out(app: Flask) -> None:
    camp = make.camp()
    made = invite(camp)
    token, letter = link(made), db.session.scalars(select(Mail)).one()
    with writing():
        invitations.withdraw(camp, made.id)
    assert invitations.told(letter, KEY) is None
    with pytest.raises(BadInput, match="withdrawn"), writing():
        invitations.take(token, KEY)
    assert verbs(camp) == ["withdrew an invitation", "invited to a role"]
    other = make.camp("other")
    with pytest.raises(NotFound), writing():
        invitations.withdraw(other, made.id)


def test_what_was_taken_cannot_be_withdrawn(app: Flask) -> None:
    camp = make.camp()
    made = invite(camp)
    with writing():
        invitations.take(link(made), KEY)
    with pytest.raises(Conflict, match="has been taken"), writing():
        invitations.withdraw(camp, made.id)


def test_it_lapses_after_seven_days_and_is_swept_away(app: Flask) -> None:
    camp = make.camp()
    made = invite(camp)
    token, letter = link(made), db.session.scalars(select(Mail)).one()
    with clock.shifted(timedelta(days=7)):
        assert (invitations.waiting(camp), invitations.told(letter, KEY)) == ([], None)
        with pytest.raises(BadInput, match="older than 7 days"), writing():
            invitations.take(token, KEY)
        with writing():
            tidy.prune()
    assert db.session.scalars(select(Invitation)).all() == []


def test_a_second_invitation_replaces_the_first(app: Flask) -> None:
    camp = make.camp()
    first = link(invite(camp))
    second = link(invite(camp))
    assert len(invitations.waiting(camp)) == 1
    with pytest.raises(BadInput):
        invitations.offered(first, KEY)
    assert invitations.offered(second, KEY).email == "hilfe@example.org"


@pytest.mark.parametrize("token", ["", "1", "0-x", "999-abc", "1-\N{PARTY POPPER}", "x" * 500])
def test_a_link_that_was_never_ours_is_of_no_use(app: Flask, token: str) -> None:
    with pytest.raises(BadInput):
        invitations.offered(token, KEY)


def test_refused_are_an_unknown_role_no_address_who_has_it_and_too_many(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    camp, who = make.camp(), make.person("orga@example.org")
    make.role(camp, who, "organiser")
    for address, role, field in (("a@example.org", "administrator", "role"), ("keine", "helper", "email"), ("ORGA@example.org", "organiser", "email")):
        with pytest.raises((BadInput, Conflict)) as caught, writing():
            invitations.invite(camp, address, role, "de")
        assert caught.value.field == field
    monkeypatch.setattr(invitations, "MOST", 1)
    invite(camp)
    with pytest.raises(Conflict, match="1 invitations are open"), writing():
        invitations.invite(camp, "b@example.org", "helper", "de")


def test_whom_a_removed_organiser_invited_gets_in_no_more(app: Flask) -> None:
    camp, mai, ben = make.camp(), make.person("mai@example.org"), make.person("ben@example.org")
    for who in (mai, ben):
        make.role(camp, who, "organiser")
    invite(camp, "friend@example.org", "organiser", by=ben.id)
    kept = invite(camp, "other@example.org", by=mai.id)
    with writing():
        people.take_role(camp, ben, "organiser")
    assert list(invitations.waiting(camp)) == [kept]


def test_the_team_is_listed_by_role_then_name(app: Flask) -> None:
    camp = make.camp()
    zoe, ada = make.participant(camp, "Zoë", "Z"), make.participant(camp, "Ada", "A")
    for who, role in ((zoe, "helper"), (ada, "helper"), (zoe, "organiser")):
        make.role(camp, who.person, role)
    make.role(make.camp("other"), ada.person, "organiser")
    assert [(one.name, one.role) for one in invitations.team(camp)] == [("Zoë Z", "organiser"), ("Ada A", "helper"), ("Zoë Z", "helper")]


def test_an_address_is_forgotten_at_one_camp_or_everywhere(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    for at in (camp, other):
        invite(at)
    with writing():
        invitations.forget("hilfe@example.org", camp)
    assert [len(invitations.waiting(at)) for at in (camp, other)] == [0, 1]
    with writing():
        invitations.forget("hilfe@example.org")
    assert invitations.waiting(other) == []
