"""R-14: lists as programs and people write them, read whole or refused by line, and twice makes nobody double."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from camp import people, people_columns, people_import, spreadsheet
from camp.db import db, writing
from camp.loaders import Tally
from camp.models import Camp, LogEntry, Needs, Participant
from camp.people_import import Plan
from camp.tables import BadLines, Unreadable
from tests import make
from tests.beside import timed

HEADING = ["Vorname", "Nachname", "E-Mail", "Organisation", "Essen"]
ROWS = [["Jörg", "Müßig", "joerg@example.org", "Öl & Söhne; Kiel", "vegan"],
        ["Ñandú", "Žižek", "nandu@example.org", 'Die "Bude"', ""],
        ["İpek", "Łoś", "ipek@example.org", "", "alles"]]
CP1252 = [[cell.replace("Ž", "Z").replace("ž", "z").replace("İ", "I").replace("Łoś", "Lös") for cell in row] for row in ROWS]


def csv_of(rows: Sequence[Sequence[str]], separator: str = ";", end: str = "\r\n") -> str:
    return "".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) + end for row in [HEADING, *rows])


def planned(camp: Camp, data: bytes, name: str = "list.csv", fields: list[str] | None = None) -> Plan:
    sheet, broken = people_import.read(name, data)
    made = people_import.plan(camp, name, sheet, broken, fields or people_columns.guess(sheet.lines[0][1]))
    db.session.rollback()
    return made


def imported(camp: Camp, data: bytes, name: str = "list.csv", partial: bool = False) -> dict[str, Tally]:
    made = planned(camp, data, name)
    with writing():
        return people_import.carry_out(camp, made, partial=partial)


def stored(camp: Camp) -> list[list[str]]:
    diets = dict(db.session.execute(select(Needs.participant_id, Needs.diet)).all())
    return [[who.given_name, who.family_name, who.person.email, who.organisation, diets.get(who.id, "")] for who in people.participants(camp)]


def spoken(problems: Sequence[object]) -> list[str]:
    return [problem.sentence() for problem in problems]  # type: ignore[attr-defined]


THOUSANDS = [[f"Vörname{n}", f"Nächname{n}", f"person{n}@example.org", f"Größe {n} GmbH", "vegan" if n % 3 else ""] for n in range(5000)]
# name → (bytes, the rows that are stored)
GOOD: dict[str, tuple[bytes, list[list[str]]]] = {
    "1 UTF-8": (csv_of(ROWS).encode(), ROWS),
    "2 UTF-8 with BOM": (csv_of(ROWS).encode("utf-8-sig"), ROWS),
    "3 Windows-1252": (csv_of(CP1252).encode("cp1252"), CP1252),
    "4 UTF-16": (csv_of(ROWS, "\t").encode("utf-16"), ROWS),
    "6 semicolons": (csv_of(ROWS, ";", "\n").encode(), ROWS),
    "7 commas": (csv_of(ROWS, ",").encode(), ROWS),
    "8 tabs": (csv_of(ROWS, "\t", "\n").encode(), ROWS),
    "9 quotes over lines": (csv_of([[*ROWS[0][:3], "Öl\r\n& Söhne;\n Kiel", "vegan"], *ROWS[1:]]).encode(), ROWS),
    "10 doubled rows": (csv_of([*ROWS, ROWS[1], ROWS[0]]).encode(), ROWS),
    "12 5,000 rows": (csv_of(THOUSANDS).encode(), THOUSANDS),
    "a spreadsheet": (spreadsheet.write("Leute", HEADING, ROWS), ROWS),
}


@pytest.mark.parametrize("name", GOOD)
def test_r14_a_list_is_read_whole_and_twice_makes_nobody_double(app: Flask, name: str) -> None:
    data, wanted = GOOD[name]
    camp = make.camp(capacity=4000)
    with timed() as spent:
        first = imported(camp, data)
    assert stored(camp) == wanted
    assert (first["people"].new, first["places"].new) == (len(wanted), min(4000, len(wanted)))
    second = imported(camp, data)
    assert (second["people"].new, second["people"].changed, stored(camp)) == (0, 0, wanted)
    assert spent.pieces < 10_000


# name → (bytes, what is said): nothing is stored
BAD: dict[str, tuple[bytes, str]] = {
    "5 mixed encodings": (csv_of(ROWS[:1]).encode() + ";".join(CP1252[0]).replace("joerg", "anna").encode("cp1252") + b"\r\n",
                          "list.csv:3: Here the characters break off; the file is damaged or in an unknown encoding. Save it as “CSV UTF-8”."),
    "11 NUL": (csv_of(ROWS).encode().replace(b"Bude", b"Bu\0de"),
               "list.csv:3: Here is a NUL character: this is no text. Save the table as “CSV UTF-8”."),
    "an empty file": (b" \n", "list.csv: This file is empty."),
    "a PDF": (b"%PDF-1.7", "list.csv: This is a PDF, no CSV file. Ask for the table itself, saved as “CSV UTF-8”."),
}


@pytest.mark.parametrize("name", BAD)
def test_r14_what_cannot_be_read_is_refused_with_its_line(app: Flask, name: str) -> None:
    data, wanted = BAD[name]
    camp = make.camp()
    for _ in range(2):
        with pytest.raises(Unreadable) as caught:
            imported(camp, data)
        assert caught.value.problem.sentence() == wanted
    assert stored(camp) == []


def test_r14_bad_lines_are_named_and_nothing_is_stored_unless_told_otherwise(app: Flask) -> None:
    camp = make.camp()
    data = (csv_of(ROWS) + 'Ohne;Adresse;"kein@at@example";;\r\n;;name@example.org;;\r\nZu;wenig\r\n'
            "Zu;viel;viel@example.org;a;b;c\r\nAnderer;Name;ipek@example.org;;\r\nLang;" + "x" * 101 + ";lang@example.org;;\r\n").encode()
    wanted = ["list.csv:5: “kein@at@example” is no mail address.", "list.csv:6: There is no name.",
              "list.csv:7: The line breaks off; cells: 2 instead of 5.",
              "list.csv:8: Too many cells, 6 instead of 5: put a text that holds the separator into quotation marks.",
              "list.csv:9: ipek@example.org stands in line 4 already, with another name.",
              "list.csv:10: The column “Nachname” holds more than 100 characters."]
    with pytest.raises(BadLines) as caught:
        imported(camp, data)
    assert (spoken(caught.value.problems), caught.value.count, stored(camp)) == (wanted, 6, [])
    assert imported(camp, data, partial=True)["people"].new == 3
    assert stored(camp) == ROWS


def test_a_break_in_quotation_marks_is_a_bad_line_and_what_stands_before_is_good(app: Flask) -> None:
    camp = make.camp()
    made = planned(camp, (csv_of(ROWS) + '"offen;x;offen@example.org;;\r\n').encode())
    assert spoken(made.problems) == ["list.csv:5: From here on the quotation marks do not match; the file is damaged or breaks off."]
    assert len(made.records) == 3


def test_a_second_list_updates_and_an_empty_cell_changes_nothing(app: Flask) -> None:
    camp = make.camp(capacity=2)
    imported(camp, csv_of(ROWS).encode())
    before = {who.person.email: (who.registered_at, who.state) for who in people.participants(camp)}
    tallies = imported(camp, csv_of([["Jörg", "Müßig-Neu", "JOERG@example.org", "", "fleischlos"], ["Neu", "Hier", "neu@example.org", "", ""]]).encode())
    assert str(tallies["people"]) == "1 new, 2 changed"  # the name, and the diet
    assert stored(camp)[0] == ["Jörg", "Müßig-Neu", "joerg@example.org", "Öl & Söhne; Kiel", "fleischlos"]
    after = {who.person.email: (who.registered_at, who.state) for who in people.participants(camp)}
    assert {address: after[address] for address in before} == before
    assert after["neu@example.org"][1] == "waiting"
    entry = db.session.scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert entry is not None
    assert (entry.verb, entry.detail) == ("imported people", {"new": 1, "changed": 2})


PRETIX = """Event slug,Order code,Position ID,Status,Email,Phone number,Order date,Order time,Product,Attendee name,\
Attendee name: Given name,Attendee name: Family name,Attendee email,Company,City,Company,Invoice address name,City
ecm,ABC12,1,paid,firma@example.org,,2027-02-15,11:05:00,Ticket,Mai Krause,Mai,Krause,mai@example.org,Lager AG,Essen,Rechnung AG,Chef,Bonn
ecm,ABC12,2,paid,firma@example.org,,2027-02-15,11:05:00,Ticket,Ben Öz,Ben,Öz,,,,Rechnung AG,Chef,Bonn
ecm,ABC13,1,canceled,weg@example.org,,2027-02-16,09:00:00,Ticket,Weg Da,Weg,Da,weg@example.org,,,,,
"""
EVENTBRITE = """Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Order Type,Total Paid,Attendee Status,Company,Home City
77,2027-02-15 11:05:00+01:00,Mai,Krause,mai@example.org,1,Frei,Free Order,0.00,Attending,Lager AG,Essen
78,"Feb 15, 2027 11:05 AM",Ben,Öz,firma@example.org,1,Frei,Free Order,0.00,Checked In,Rechnung AG,Bonn
79,2027-02-16,Weg,Da,weg@example.org,1,Frei,Free Order,0.00,Not Attending,,
"""
XING = """Ticket-ID;Ticketkategorie;Status;Vorname;Nachname;E-Mail;Firma;Stadt;Bestelldatum
1;Frei;bezahlt;Mai;Krause;mai@example.org;Lager AG;Essen;15.02.2027 11:05
2;Frei;bezahlt;Ben;Öz;firma@example.org;Rechnung AG;Bonn;15.02.2027 11:05
3;Frei;storniert;Weg;Da;weg@example.org;;;16.02.2027
"""


@pytest.mark.parametrize(("program", "text"), [("pretix", PRETIX), ("Eventbrite", EVENTBRITE), ("XING", XING)])
def test_lists_of_other_programs_map_themselves(app: Flask, program: str, text: str) -> None:
    camp = make.camp()
    sheet, _ = people_import.read("list.csv", text.encode())
    made = planned(camp, text.encode())
    assert people_columns.layout(sheet.lines[0][1]) == program
    assert (made.problems, made.cancelled, made.new) == ([], 1, 2)
    assert [(record.email, record.values) for _, record in made.records] == [
        (address, {"given_name": given, "family_name": family, "organisation": firm, "town": town, "registered_at": datetime(2027, 2, 15, 10, 5, tzinfo=UTC)})
        for address, given, family, firm, town in (("mai@example.org", "Mai", "Krause", "Lager AG", "Essen"), ("firma@example.org", "Ben", "Öz", "Rechnung AG", "Bonn"))]


def test_a_list_without_address_or_name_says_so(app: Flask) -> None:
    camp = make.camp()
    assert spoken(planned(camp, b"Vorname;Nachname\nA;B\n").problems) == ["list.csv:1: No column is the mail address. People are known by it."]
    assert spoken(planned(camp, b"E-Mail;Ort\na@example.org;B\n").problems) == ["list.csv:1: No column is a name."]


def test_what_is_known_is_told_apart_from_what_is_new(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    make.participant(camp, address="ipek@example.org")
    make.participant(other, address="nandu@example.org")
    made = planned(camp, csv_of(ROWS).encode())
    assert (made.known, made.new) == (1, 2)
    imported(camp, csv_of(ROWS).encode())
    db.session.rollback()
    assert sorted(db.session.scalars(select(Participant.camp_id))) == [camp.id] * 3 + [other.id]
