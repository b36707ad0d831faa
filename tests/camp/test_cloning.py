"""A clone takes over what was set up and nobody's data: told table by table, so that a new table asks for a decision."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from badges import look
from camp import (
    camps,
    catering_orders,
    clock,
    cloners,
    cloning,
    mail_texts,
    opening,
    pictures,
    place_rules,
    rooms,
    roster,
    tenants,
    texts,
    venue,
)
from camp.db import Model, db, writing
from camp.errors import BadInput, CampError, Conflict
from camp.models import Camp, ClosedCell, LogEntry, Person, Role
from camp.pictures import Picture
from sessions import rounds, voting, wants
from sessions.planner.problem import Wants
from sessions.proposal_models import WallCode
from tests import make
from tests.safety.world import build

NEW = cloning.New("ecm28", "Camp 2028", "#ecm28", date(2028, 4, 22))
# What a clone has copies of; all other tables are left out, each for a reason.
CLONED = frozenset({
    "camp", "camp_text", "phase", "day", "partner", "picture", "slot", "room", "closed_cell", "question", "registration_rules",
    "mail_text", "shift", "catering_order", "voting_rules", "plan_wants", "pitch_round", "badge_look", "wall_code"})
_PERSON, _TALK, _PAST = "a person's", "what people wrote and wished", "what happened at that camp"
LEFT_OUT = {
    **dict.fromkeys(("person", "participant", "needs", "answer", "reservation", "role", "role_invitation", "sign_in", "sign_in_link",
                     "sign_in_ask", "second_factor", "introduction", "late_host", "begun_proposal", "host_invitation", "public_card",
                     "door_note", "badge", "printed_badge", "private_code", "admission", "handout", "upload"), _PERSON),
    **dict.fromkeys(("session", "host", "vote", "judged", "pick", "likeness", "merge_offer", "outcome", "project", "member", "hands",
                     "pitch_turn", "newcomers", "guest_proposal"), _TALK),
    **dict.fromkeys(("placement", "agenda", "entry", "step", "reply", "plan_draft", "plan_proof", "vote_hour", "camp_figure", "mail", "job",
                     "log_entry", "edition", "broadcast", "print_run", "scan"), _PAST),
    **dict.fromkeys(("wlan_code", "screen", "device", "pairing_code", "blank_badge", "revoked_code"), "a secret of that camp"),
    "lease": "of the installation",
}


def _clone(app: Flask, source: Camp, new: cloning.New = NEW, person_id: int | None = None) -> Camp:
    with writing():
        return cloning.clone(source, new, cloners.of(app), person_id=person_id)


def test_of_every_table_it_is_decided_whether_a_clone_has_it() -> None:
    assert CLONED | LEFT_OUT.keys() == set(Model.metadata.tables)
    assert CLONED & LEFT_OUT.keys() == frozenset()
    to_people = {name for name, table in Model.metadata.tables.items()
                 if any(key.column.table.name in ("person", "participant") for key in table.foreign_keys)}
    assert to_people & CLONED == {"shift"}  # which comes without its people


def _rows() -> dict[str, set[str]]:
    """Table → its rows as text."""
    db.session.rollback()
    return {name: {str(tuple(row)) for row in db.session.execute(text(f'select * from "{name}"'))} for name in Model.metadata.tables}


def _set_up_the_rest(app: Flask, camp: Camp) -> None:
    """Fill the tables of settings that the world of the safety tests leaves empty."""
    kind = next(iter(mail_texts.kinds(app).values()))
    with writing():
        place_rules.change(camp, curated=True, answer_hours=24, admit_more=3, keep_days=60)
        catering_orders.plan(camp, clock.at(date(2027, 4, 20), time(12), camp.timezone), 80)
        mail_texts.save(camp, kind, "de", "Betreff", " ".join(f"{{{place}}}" for place in sorted(kind.required)) or "Text")
        rooms.close_cell(camp, venue.rooms(camp)[1].id, venue.grid(camp).session_slots[3].id, "Probe", tenants.of(app), to_tray=True)
        voting.change_rules(camp, budget=5, hidden=False, least_seen=True)
        wants.change(camp, Wants(firsts=True))
        rounds.change(camp, seconds=90, percent=110)
        db.session.merge(WallCode(camp_id=camp.id, open=False, number=7))
        pictures.put(camp, venue.rooms(camp)[0], make.picture())
        pictures.put(camp, camp.partners[0], make.picture())
        texts.put(camp, "wlan", "de", "Aeins-Geheim-WLAN")
        texts.put(camp, "emergency", "de", "Aeins-Geheim-Notfall")


def test_a_clone_has_every_row_that_was_set_up_and_none_of_a_person(app: Flask) -> None:
    build(app)
    source, who = camps.by_slug("camp-a"), db.session.scalars(select(Person).where(Person.administrator)).one()
    assert source is not None
    _set_up_the_rest(app, source)
    before = _rows()
    made = _clone(app, source, person_id=who.id)
    new = {name: rows - before[name] for name, rows in _rows().items()}
    assert {name: len(rows) for name, rows in new.items() if rows} == {
        "camp": 1, "camp_text": 4, "phase": 6, "day": 2, "partner": 1, "picture": 3, "slot": 5, "room": 3, "closed_cell": 1, "question": 1,
        "registration_rules": 1, "mail_text": 1, "shift": 1, "catering_order": 1, "voting_rules": 1, "plan_wants": 1, "pitch_round": 1,
        "badge_look": 1, "wall_code": 1, "role": 1, "log_entry": 3}
    told = " ".join(row for rows in new.values() for row in rows)
    assert [word for word in ("Aeins-Geheim", "adresse", "Aeins-Niemand", "Aeins-Verborgen", "Aeins-Dienst-Name", "0151") if word in told] == []
    assert [(role.person_id, role.name) for role in db.session.query(Role).filter_by(camp_id=made.id)] == [(who.id, "organiser")]
    assert [entry.verb for entry in db.session.query(LogEntry).filter_by(camp_id=made.id)] == ["made camp", "changed settings", "cloned camp"]


def test_days_slots_phases_and_shifts_move_to_the_new_dates(app: Flask) -> None:
    source = make.camp(slots=3)
    with writing():
        camps.set_phase(source, "registration", clock.at(date(2027, 1, 10), time(9), "Europe/Berlin"), None)
        roster.put(source, None, roster.Duty("other", "Ask Mai Krause and Ben Ode", make.DAY - timedelta(days=1), time(18), time(20), "Ben Ode", "0151 1"))
    make.participant(source, "Mai", "Krause")
    made = _clone(app, source)
    assert [day.date for day in made.days] == [date(2028, 4, 22)]
    assert [(slot.date, slot.starts, slot.kind) for slot in venue.slots(made)] == [
        (date(2028, 4, 22), slot.starts, slot.kind) for slot in venue.slots(source)]
    assert camps.spans(made)["registration"].opens == clock.at(date(2028, 1, 9), time(9), "Europe/Berlin")
    shift = roster.shifts(made)[0]
    assert (shift.date, shift.title, shift.who, shift.phone) == (date(2028, 4, 21), "Ask – and –", "", "")


def test_pictures_have_numbers_of_their_own(app: Flask) -> None:
    source = make.camp()
    with writing():
        logo = pictures.put(source, source, make.picture())
        way = pictures.put(source, venue.rooms(source)[1], make.picture(80))
    made = _clone(app, source)
    assert made.picture_id not in (None, logo.id)
    assert venue.rooms(made)[1].picture_id not in (None, way.id)
    assert [pictures.of(made, number or 0) is not None for number in (made.picture_id, venue.rooms(made)[1].picture_id, logo.id)] == [
        True, True, False]
    with writing():
        pictures.remove(source, source)
    assert db.session.query(Picture).filter_by(camp_id=made.id).count() == 2


def test_its_texts_wait_to_be_checked_and_opening_waits_for_those_of_the_law(app: Flask) -> None:
    source = make.camp(languages=["de"])
    with writing():
        for name in ("welcome", "wlan", "emergency"):
            texts.put(source, name, "de", f"Text {name}")
    made = _clone(app, source)
    assert (made.opened_at, texts.names(made)) == (None, {"imprint", "privacy", "terms", "accessibility", "welcome"})
    assert texts.unchecked(made) == texts.names(made)
    assert opening.lacks(made) == ["imprint", "privacy", "terms", "accessibility"]
    with pytest.raises(opening.NotReady), writing():
        opening.open_camp(made)
    with writing():
        for name in ("imprint", "privacy", "terms", "accessibility"):
            opening.write_text(made, name, texts.by_language(made, name))
        opening.open_camp(made)
    assert (texts.unchecked(made), texts.unchecked(source)) == ({"welcome"}, frozenset())


def test_what_was_chosen_stays_chosen(app: Flask) -> None:
    source = make.camp(accent="#22338f", institution={"name": "TH"}, second_factor_required=True)
    with writing():
        look.choose(source, "a6", ["kind"])
        rounds.change(source, seconds=90, percent=110)
        rounds.begun(source).runs_since = clock.now()
        rooms.close_cell(source, venue.rooms(source)[1].id, venue.slots(source)[1].id, "Probe", [], to_tray=False)
    made = _clone(app, source)
    assert (made.accent, made.institution, made.second_factor_required, made.hashtag) == ("#22338f", {"name": "TH"}, True, "#ecm28")
    going = rounds.of(made)
    assert (look.of(made).layout, going.seconds, going.left, going.runs_since, going.began_at) == ("a6", 90, 90, None, None)
    cell = db.session.scalars(select(ClosedCell).where(ClosedCell.room_id == venue.rooms(made)[1].id)).one()
    assert (cell.slot_id, cell.reason) == (venue.slots(made)[1].id, "Probe")


@pytest.mark.parametrize(("other", "field"), [
    ({"slug": "ecm27"}, "slug"), ({"slug": "camps"}, "slug"), ({"title": "…"}, "title"), ({"hashtag": "two words"}, "hashtag"),
    ({"first_day": date(2020, 1, 1)}, "date"), ({"first_day": date(9999, 12, 31)}, "date")])
def test_a_clone_is_refused_beside_the_field_and_nothing_is_left(app: Flask, other: dict[str, Any], field: str) -> None:
    source = make.camp()
    before = _rows()
    new = cloning.New(**{name: other.get(name, getattr(NEW, name)) for name in ("slug", "title", "hashtag", "first_day")})
    with pytest.raises((BadInput, Conflict)) as caught:
        _clone(app, source, new)
    assert isinstance(caught.value, CampError)
    assert (caught.value.field, _rows()) == (field, before)


@pytest.mark.parametrize(("slug", "title", "hashtag", "expected"), [
    ("ecm27", "Camp 2027", "#ecm27", ("ecm28", "Camp 2028", "#ecm28")), ("ecm-2027", "Camp No. 3", "", ("ecm-2028", "Camp No. 3", "")),
    ("room127", "Camp 1927", "#camp", ("room127", "Camp 1927", "#camp"))])
def test_the_year_in_names_is_counted_on(app: Flask, slug: str, title: str, hashtag: str, expected: tuple[str, str, str]) -> None:
    source = make.camp(slug, title=title, hashtag=hashtag)
    found = cloning.proposed(source, date(2028, 4, 22))
    assert (found.slug, found.title, found.hashtag) == expected


def test_the_proposed_day_is_the_same_of_the_week_a_year_later(app: Flask) -> None:
    source = make.camp()
    with clock.shifted(clock.at(date(2027, 6, 1), time(12), "Europe/Berlin") - clock.now()):
        assert cloning.proposed(source).first_day == date(2028, 4, 22)
    with clock.shifted(clock.at(date(2029, 6, 1), time(12), "Europe/Berlin") - clock.now()):
        assert cloning.proposed(source).first_day == date(2030, 4, 20)
