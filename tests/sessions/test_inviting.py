"""Several hosts: asked by address or name without telling who is registered, one button to accept, the last one withdraws."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from camp.db import db, writing
from camp.errors import BadInput, CampError, Conflict, NotAllowed, NotFound
from camp.models import Camp, Mail, Participant
from sessions import erasing, inviting, merging
from sessions.models import Session
from sessions.proposal_models import HostInvitation
from tests import make


@pytest.fixture
def told(app: Flask) -> tuple[Camp, Session, Participant, Participant]:
    """A camp, a session, its host and somebody else."""
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben", "Öz", address="ben@example.org")
    return camp, make.session(camp, "Returns", [mai]), mai, ben


def names(session: Session) -> list[str]:
    return [host.participant.given_name for host in session.hosts]


@pytest.mark.parametrize("words", [" BEN@example.org ", "ben  öz", "Ben Oz"])
def test_asked_by_address_or_name_and_one_button_accepts(told: tuple[Camp, Session, Participant, Participant], words: str) -> None:
    camp, session, mai, ben = told
    with writing():
        inviting.invite(camp, session, mai, words)
    assert (inviting.asked(ben), inviting.asked(mai), names(session)) == ([session], [], ["Mai"])
    assert [(letter.template, letter.to) for letter in db.session.scalars(select(Mail))] == [("host_asked", "ben@example.org")]
    with writing():
        inviting.accept(camp, session, ben)
        inviting.accept(camp, session, ben)
    assert (names(session), session.edit_number, inviting.pending(session)) == (["Mai", "Ben"], 1, [])


@pytest.mark.parametrize("words", ["BEN@example.org", "Ben Öz", "later@example.org"])
def test_who_holds_it_by_a_merge_is_asked_no_more_until_the_two_part(told: tuple[Camp, Session, Participant, Participant], words: str) -> None:
    camp, session, mai, ben = told
    with writing():
        inviting.invite(camp, session, mai, words)
    ben = make.participant(camp, address=words) if words.startswith("later") else ben
    other = make.session(camp, "Fewer returns", [ben])
    with writing():
        merging.merge(camp, session, other, None)
    assert (inviting.asked(ben), inviting.pending(session)) == ([], [])
    with writing():
        merging.part(camp, other, None)
    assert (inviting.asked(ben), len(inviting.pending(session))) == ([session], 1)


def test_who_is_unknown_looks_like_who_has_not_answered_and_may_come_later(told: tuple[Camp, Session, Participant, Participant]) -> None:
    camp, session, mai, _ = told
    with writing():
        for words in ("ben@example.org", "new@example.org", "Nobody Here"):
            inviting.invite(camp, session, mai, words)
    assert [row.typed for row in inviting.pending(session)] == ["ben@example.org", "new@example.org", "Nobody Here"]
    new = make.participant(camp, "New", address="new@example.org")
    assert inviting.asked(new) == [session]
    with writing():
        inviting.accept(camp, session, new)
    assert names(session) == ["Mai", "New"]


def test_a_name_that_two_have_asks_neither(told: tuple[Camp, Session, Participant, Participant]) -> None:
    camp, session, mai, ben = told
    other = make.participant(camp, "Ben", "Öz")
    with writing():
        inviting.invite(camp, session, mai, "Ben Öz")
    assert (inviting.asked(ben), inviting.asked(other), len(inviting.pending(session))) == ([], [], 1)


def test_a_no_and_a_question_taken_back(told: tuple[Camp, Session, Participant, Participant]) -> None:
    camp, session, mai, ben = told
    with writing():
        inviting.invite(camp, session, mai, "ben@example.org")
        inviting.decline(camp, session, ben)
    with pytest.raises(NotFound), writing():
        inviting.accept(camp, session, ben)
    with writing():
        inviting.invite(camp, session, mai, "ben@example.org")
        inviting.take_back(camp, session, mai, inviting.pending(session)[0].id)
    assert inviting.asked(ben) == []


@pytest.mark.parametrize(("words", "kind"), [("", BadInput), ("x" * 255, BadInput), ("ben@", BadInput), ("mai@example.org", Conflict), ("twice@example.org", Conflict)])
def test_what_is_refused(told: tuple[Camp, Session, Participant, Participant], words: str, kind: type[CampError]) -> None:
    camp, session, mai, ben = told
    with writing():
        mai.person.email = "mai@example.org"
        inviting.invite(camp, session, mai, "twice@example.org")
    with pytest.raises(kind), writing():
        inviting.invite(camp, session, mai, words)
    with pytest.raises(NotAllowed), writing():
        inviting.invite(camp, session, ben, "other@example.org")
    with writing():
        for number in range(inviting.MOST - 1):
            inviting.invite(camp, session, mai, f"p{number}@example.org")
    with pytest.raises(Conflict), writing():
        inviting.invite(camp, session, mai, "one-more@example.org")


def test_a_host_leaves_and_the_last_one_withdraws(told: tuple[Camp, Session, Participant, Participant]) -> None:
    camp, session, mai, ben = told
    with writing():
        inviting.invite(camp, session, mai, "ben@example.org")
        inviting.accept(camp, session, ben)
        assert inviting.leave(camp, session, mai)
    assert (names(session), session.state) == (["Ben"], "proposed")
    with writing():
        assert not inviting.leave(camp, session, ben)
    assert (names(session), session.state) == (["Ben"], "withdrawn")


def test_questions_to_an_erased_person_are_forgotten(app: Flask, told: tuple[Camp, Session, Participant, Participant]) -> None:
    camp, session, mai, ben = told
    with writing():
        inviting.invite(camp, session, mai, "ben@example.org")
        erasing.forget(camp, ben, app.config["CAMP"].vote_key)
    assert db.session.scalars(select(HostInvitation)).all() == []
