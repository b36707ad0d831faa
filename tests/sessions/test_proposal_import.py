"""Tests of sessions/proposal_import.py."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from camp.db import db, writing
from camp.loaders import Tally
from camp.models import Camp, Mail
from camp.tables import BadLines
from sessions import proposal_file, proposal_import, proposals
from sessions.proposal_import import Plan
from tests import make

LIST = "Titel;Wer;Beschreibung;Schlagworte\nReturns;mai@example.org, Ben Wolf;Text;Recht\nPhishing;Ada (Gast);;\n"


def plan(camp: Camp, text: str = LIST) -> Plan:
    sheet, broken = proposal_import.read("list.csv", text.encode())
    return proposal_import.plan(camp, "list.csv", sheet, broken, proposal_file.guess(sheet.lines[0][1]))


def carry_out(camp: Camp, text: str = LIST, *, partial: bool = False) -> Tally:
    with writing():
        return proposal_import.carry_out(camp, plan(camp, text), partial=partial)


def wall(camp: Camp) -> list[tuple[str, str, list[str], str, str]]:
    db.session.rollback()
    return sorted((one.title, one.guest, [host.participant.name for host in one.hosts], one.description, one.tag)
                  for one in proposals.open_proposals(camp))


@pytest.fixture
def camp(app: Flask) -> Camp:
    made = make.camp()
    make.participant(made, "Mai", "Krause", address="mai@example.org")
    make.participant(made, "Ben", "Wolf")
    return made


def test_hosts_are_known_by_address_or_name_others_stand_there_as_typed(camp: Camp) -> None:
    made = plan(camp)
    assert ((made.new, made.known, made.problems), wall(camp)) == ((2, 0, []), [])
    assert str(carry_out(camp)) == "2 new"
    assert wall(camp) == [("Phishing", "Ada (Gast)", [], "", ""), ("Returns", "", ["Mai Krause", "Ben Wolf"], "Text", "Recht")]
    assert db.session.scalars(select(Mail)).all() == []


def test_twice_makes_nothing_double_and_another_text_is_taken_over_but_no_host_and_no_empty_cell(camp: Camp) -> None:
    carry_out(camp)
    assert not carry_out(camp)
    assert str(carry_out(camp, "Titel;Wer;Beschreibung;Schlagworte\nRETURNS;Jo;Neu;\n")) == "1 changed"
    assert wall(camp)[1] == ("Returns", "", ["Mai Krause", "Ben Wolf"], "Neu", "Recht")
    returns = next(one for one in proposals.open_proposals(camp) if one.title == "Returns")
    assert returns.edit_number == 1
    with writing():
        proposals.call_off(returns)
    assert not carry_out(camp)
    assert [row[0] for row in wall(camp)] == ["Phishing"]  # what a host took back does not come again


def test_bad_lines_are_named_and_nothing_is_stored_unless_they_are_left_out(camp: Camp) -> None:
    text = ("Titel;Wer;Format\nOne;Mai Krause;Tanz\nTwo;stranger@example.org;\n;Mai;\nThree;Mai Krause;\nThree;Mai Krause;\n"
            f"Three;Jo;\n{'x' * 151};Mai Krause;\nFour;Jo\n;;\n")
    made = plan(camp, text)
    assert [problem.line for problem in made.problems] == [2, 3, 4, 7, 8, 9]
    assert made.problems[1].sentence() == "list.csv:3: “stranger@example.org” is not registered at this camp."
    assert made.problems[3].sentence() == "list.csv:7: “Three” stands in line 5 already, with other hosts."
    assert made.doubled == 1
    with pytest.raises(BadLines), writing():
        proposal_import.carry_out(camp, made, partial=False)
    assert wall(camp) == []
    assert str(carry_out(camp, text, partial=True)) == "1 new"
    assert [row[0] for row in wall(camp)] == ["Three"]


def test_a_list_without_title_or_with_too_many_lines_is_refused_as_a_whole(camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [problem.sentence() for problem in plan(camp, "Wer\nMai\n").problems] == ["list.csv:1: No column is the title."]
    monkeypatch.setattr(proposal_import, "MOST", 1)
    assert [problem.text for problem in plan(camp).problems] == ["This file has more than %(most)s lines. Split it."]
