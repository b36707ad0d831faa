"""Proposals: who may propose and change them, what is refused, how they are found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from camp import camps, clock, venue
from camp.db import db, writing
from camp.editions import NEVER_SEEN, Overtaken
from camp.errors import BadInput, Conflict, NotAllowed, NotFound, NotOpen
from camp.models import Camp, LogEntry, Room, Slot
from sessions import offers, planning, proposals
from sessions.models import Host, Placement, Session
from sessions.proposals import Draft
from tests import make
from tests.queries import count_queries

HOUR = timedelta(hours=1)


def phase(camp: Camp, name: str, opens: timedelta, closes: timedelta) -> None:
    with writing():
        camps.set_phase(camp, name, clock.now() + opens, clock.now() + closes)


def titles(rows: object) -> list[str]:
    return [row.title for row in rows]  # type: ignore[attr-defined]


def test_a_title_is_enough(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    with writing():
        made = proposals.propose(camp, mai, Draft("  Warum\tzahlt niemand\u0007 bei mir?  "))
    db.session.expire_all()
    found = proposals.of(camp, made.id)
    assert (found.title, found.description, found.tag, found.length, found.needs, found.state) == (
        "Warum zahlt niemand bei mir?", "", "", 1, [], "proposed")
    assert [(host.participant_id, host.away) for host in found.hosts] == [(mai.id, "")]
    assert len(found.guid) == 36
    assert db.session.scalars(select(LogEntry.verb)).all() == ["proposed session"]
    assert db.session.scalar(select(Camp.change_number)) == 1


def test_everything_that_a_host_says_is_kept(app: Flask) -> None:
    camp = make.camp()
    with writing():
        db.session.get_one(Room, 1).features = ["power", "beamer"]
    make.session(camp, "First", tag="Recht")
    mai = make.participant(camp)
    with writing():
        made = proposals.propose(camp, mai, Draft(
            "Title", "a\r\nb", " recht ", 2, ("power", "beamer", "power"), "morning"))
    assert (made.description, made.tag, made.length, made.needs, made.hosts[0].away) == (
        "a\nb", "Recht", 2, ["beamer", "power"], "morning")


@pytest.mark.parametrize(("draft", "field", "sentence"), [
    (Draft(" \t "), "title", "A title is missing. A question is enough."),
    (Draft("x" * 151), "title", "This is too long: at most 150 characters."),
    (Draft("t", "x" * 10_001), "description", "This is too long: at most 10000 characters."),
    (Draft("t", tag="x" * 41), "tag", "This is too long: at most 40 characters."),
    (Draft("t", length=3), "length", "A session takes one slot or two."),
    (Draft("t", away="night"), "away", "This is no half-day. Choose one from the list."),
    (Draft("t", needs=("pool",)), "needs", "No room has “pool”. Choose from the list."),
])
def test_what_cannot_be_used_is_named_with_its_field(app: Flask, draft: Draft, field: str, sentence: str) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    with pytest.raises(BadInput) as caught, writing():
        proposals.propose(camp, mai, draft)
    assert (caught.value.field, caught.value.sentence()) == (field, sentence)
    assert proposals.count(camp) == 0


def test_the_longest_texts_fit(app: Flask) -> None:
    camp = make.camp()
    draft = Draft("x" * 150, "x" * 10_000, "x" * 40)
    assert offers.checked(camp, draft) == draft


def test_proposing_needs_the_open_call(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    phase(camp, "call", -2 * HOUR, -HOUR)
    with pytest.raises(NotOpen), writing():
        proposals.propose(camp, mai, Draft("Late"))
    assert proposals.count(camp) == 0


def test_who_waits_may_propose_and_who_cancelled_may_not(app: Flask) -> None:
    camp = make.camp()
    waits, gone = make.participant(camp, state="waiting"), make.participant(camp, state="cancelled")
    with writing():
        proposals.propose(camp, waits, Draft("Waiting"))
    assert titles(proposals.hosted_by(waits)) == ["Waiting"]
    with pytest.raises(NotAllowed), writing():
        proposals.propose(camp, gone, Draft("Gone"))


def test_the_same_title_by_the_same_host_is_refused(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    make.session(camp, "Returns", [mai])
    with pytest.raises(Conflict) as caught, writing():
        proposals.propose(camp, mai, Draft("Returns"))
    assert caught.value.field == "title"
    with writing():
        proposals.propose(camp, ben, Draft("Returns"))
    assert titles(proposals.open_proposals(camp)) == ["Returns", "Returns"]


def test_a_host_changes_text_and_her_own_half_day_only(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    session = make.session(camp, "Returns", [mai, ben])
    with writing():
        proposals.edit(camp, session, mai, Draft("Fewer returns", "how", "Retouren", 2, (), "afternoon"), 0)
    db.session.expire_all()
    found = proposals.of(camp, session.id)
    assert (found.title, found.description, found.tag, found.length, found.edit_number) == (
        "Fewer returns", "how", "Retouren", 2, 1)
    assert [host.away for host in found.hosts] == ["afternoon", ""]
    for seen, said in ((0, "Mai Krause has saved"), (NEVER_SEEN, "did not say which text")):
        with pytest.raises(Overtaken, match=said), writing():
            proposals.edit(camp, session, ben, Draft("More returns"), seen)


@pytest.mark.parametrize(("before", "after", "stay"), [(2, 1, []), (1, 2, []), (1, 1, [1]), (2, 2, [1, 2])])
def test_with_another_length_it_leaves_the_plan_and_its_cells_are_free(
        app: Flask, before: int, after: int, stay: list[int]) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    session, other = make.session(camp, "Returns", [mai], length=before), make.session(camp, "Other")
    room, slots = venue.rooms(camp)[0].id, [slot.id for slot in venue.slots(camp)]
    with writing():
        planning.move(camp, session.id, room, slots[0], pinned=True)
    with writing():
        proposals.edit(camp, session, mai, Draft("Fewer returns", length=after), 0)
    assert [row.part for row in planning.placements(camp)] == stay
    if not stay:
        with writing():
            planning.move(camp, other.id, room, slots[1])
        assert [row.session_id for row in planning.placements(camp)] == [other.id]


def test_a_withdrawn_text_is_for_its_hosts_and_organisers(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    session = make.session(camp, "Returns", [mai])
    assert [proposals.may_read(session, who, False) for who in (mai, ben, None)] == [True, True, True]
    with writing():
        proposals.withdraw(camp, session, mai)
    assert [proposals.may_read(session, who, False) for who in (mai, ben, None)] == [True, False, False]
    assert proposals.may_read(session, None, True)


def test_the_second_of_two_hosts_who_write_at_once_is_told(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    session = make.session(camp, "Returns", [mai, ben])
    with writing():
        proposals.edit(camp, session, mai, Draft("By Mai"), 0)
    with pytest.raises(Conflict), writing():
        proposals.edit(camp, session, ben, Draft("By Ben"), 0)
    assert session.title == "By Mai"
    with writing():
        proposals.edit(camp, session, ben, Draft("By Ben"), 1)
    assert session.title == "By Ben"


@pytest.mark.parametrize("verb", ["edit", "withdraw", "restore"])
def test_only_hosts_who_take_part_change_a_proposal(app: Flask, verb: str) -> None:
    camp = make.camp()
    gone = make.participant(camp, state="cancelled")
    session = make.session(camp, "Returns", [gone])
    extra = (Draft("Mine now"), 0) if verb == "edit" else ()
    for who in (make.participant(camp), gone):
        with pytest.raises(NotAllowed), writing():
            getattr(proposals, verb)(camp, session, who, *extra)
    assert (session.title, session.state) == ("Returns", "proposed")


@pytest.mark.parametrize(("call", "voting", "may"), [
    ((-2, -1), (-1, 1), True), ((-1, 1), (2, 3), True), ((-2, -1), (1, 2), True), ((-3, -2), (-2, -1), False),
])
def test_hosts_may_change_from_the_call_to_the_end_of_voting(
        app: Flask, call: tuple[int, int], voting: tuple[int, int], may: bool) -> None:
    camp = make.camp()
    phase(camp, "call", call[0] * HOUR, call[1] * HOUR)
    phase(camp, "voting", voting[0] * HOUR, voting[1] * HOUR)
    assert proposals.may_change(camp) is may


def test_nothing_changes_after_voting(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    session = make.session(camp, "Returns", [mai])
    phase(camp, "voting", -2 * HOUR, -HOUR)
    with pytest.raises(NotOpen), writing():
        proposals.edit(camp, session, mai, Draft("Late"), 0)
    with pytest.raises(NotOpen), writing():
        proposals.withdraw(camp, session, mai)
    assert (session.title, session.state) == ("Returns", "proposed")


def test_withdrawing_takes_it_off_wall_and_plan_and_restoring_brings_the_votes_back(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    session = make.session(camp, "Returns", [mai])
    make.vote(app, ben, session)
    with writing():
        slot = db.session.scalars(select(Slot.id)).first()
        db.session.add(Placement(session_id=session.id, room_id=1, slot_id=slot))
    for _ in range(2):
        with writing():
            proposals.withdraw(camp, session, mai)
    assert titles(proposals.open_proposals(camp)) == []
    assert db.session.scalars(select(Placement)).all() == []
    assert titles(proposals.hosted_by(mai)) == ["Returns"]
    with pytest.raises(Conflict), writing():
        proposals.edit(camp, session, mai, Draft("Changed"), 0)
    for _ in range(2):
        with writing():
            proposals.restore(camp, session, mai)
    assert titles(proposals.open_proposals(camp)) == ["Returns"]
    verbs = db.session.scalars(select(LogEntry.verb).order_by(LogEntry.id)).all()
    assert verbs == ["withdrew session", "restored session"]


def test_a_proposal_is_found_through_its_camp_only(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    session = make.session(camp)
    assert proposals.of(camp, session.id) is session
    for where, number in ((other, session.id), (camp, 999), (camp, 2**63), (camp, 10**30)):
        with pytest.raises(NotFound):
            proposals.of(where, number)


@pytest.mark.parametrize("number", [1, 3])
def test_the_wall_is_loaded_with_hosts_in_two_queries(app: Flask, number: int) -> None:
    camp = make.camp()
    for n in range(number):
        make.session(camp, f"Topic {n}", [make.participant(camp, f"A{n}"), make.participant(camp, f"B{n}")])
    db.session.expunge_all()
    with count_queries() as statements:
        rows = proposals.open_proposals(camp)
        names = [[host.participant.name for host in row.hosts] for row in rows]
    assert names == [[f"A{n} Krause", f"B{n} Krause"] for n in range(number)]
    assert len(statements) == 2


def test_search_reads_title_text_tag_and_hosts_without_case_and_accents(app: Flask) -> None:
    camp = make.camp()
    ayse = make.participant(camp, "Ayşe", "Lefèvre", organisation="Kassehaus GmbH")
    make.session(camp, "Über Retouren", [ayse], description="Was half?", tag="Logistik")
    make.session(camp, "Preise", tag="Recht")
    rows = proposals.open_proposals(camp)
    for words in ("uber", "RETOUREN ayse", "lefevre", "kassehaus half", "logistik", "  "):
        assert "Über Retouren" in titles(proposals.matching(rows, words)), words
    assert titles(proposals.matching(rows, "retouren preise")) == []
    assert titles(proposals.matching(rows, tag="Recht")) == ["Preise"]
    assert offers.tags_of(rows) == offers.tags(camp) == ["Logistik", "Recht"]


def test_the_order_is_drawn_from_the_seed_and_a_new_proposal_moves_no_other(app: Flask) -> None:
    camp = make.camp()
    for n in range(8):
        make.session(camp, f"Topic {n}", [])
    rows = list(proposals.open_proposals(camp))
    one, other = proposals.shuffled(rows, "ecm27/1"), proposals.shuffled(rows, "ecm27/2")
    assert one == proposals.shuffled(reversed(rows), "ecm27/1")
    assert one != other and set(titles(one)) == set(titles(other))
    assert proposals.shuffled(rows[:-1], "ecm27/1") == [row for row in one if row is not rows[-1]]


def test_fresh_ones_are_the_newest(app: Flask) -> None:
    camp = make.camp()
    for n in range(4):
        make.session(camp, f"Topic {n}", [], proposed_at=make.EARLY + n * HOUR)
    make.session(camp, "Gone", [], proposed_at=make.EARLY + 9 * HOUR, state="withdrawn")
    assert titles(proposals.fresh(camp, 3)) == ["Topic 3", "Topic 2", "Topic 1"]
    assert proposals.count(camp) == 4


def test_features_are_those_of_the_rooms_and_what_the_session_names_already(app: Flask) -> None:
    camp = make.camp()
    with writing():
        db.session.get_one(Room, 1).features = ["power", "beamer"]
        db.session.get_one(Room, 2).features = ["beamer"]
    session = make.session(camp, needs=["piano"])
    assert offers.features(camp) == ["beamer", "power"]
    assert offers.features(camp, session) == ["beamer", "piano", "power"]


def test_who_is_host(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    session: Session = make.session(camp, "Returns", [mai])
    assert proposals.is_host(session, mai)
    assert not proposals.is_host(session, make.participant(camp))
    assert not proposals.is_host(session, None)
    assert proposals.ids_hosted_by(mai) == {session.id}
    assert db.session.scalars(select(Host.participant_id)).all() == [mai.id]
