"""People from CSV files: German and English headings, and every bad cell named with its line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from camp import people_file
from camp.people_file import PersonRecord
from tests.conftest import TESTS

REAL = (TESTS / "data" / "camp" / "people-excel-de.csv").read_bytes().decode("cp1252")


def test_a_german_row_becomes_a_record() -> None:
    records, problems = people_file.parse("people.csv", REAL.encode("cp1252"), "Europe/Berlin")
    assert (len(records), problems) == (252, [])
    assert records[0] == (2, PersonRecord("person003@example.org", {
        "given_name": "Inés", "family_name": "Lange", "organisation": "Zechehandel GmbH", "town": "Oberhausen",
        "kind": "mittelstand", "photo": "yes", "first_time": False, "hashtags": ["Recht", "Gründung", "Nachhaltigkeit"],
        "registered_at": datetime(2027, 2, 15, 10, 5, tzinfo=UTC)}, {"diet": "alles", "shirt": "XXL"}))


def test_english_headings_and_only_what_must_be_there() -> None:
    text = "Given name,family name,e-mail,registered at\nMai,Krause, Mai@Example.org ,2027-07-01 12:00\n"
    assert people_file.parse("people.csv", text.encode(), "Europe/Berlin") == ([(2, PersonRecord(
        "mai@example.org", {"given_name": "Mai", "family_name": "Krause",
                            "registered_at": datetime(2027, 7, 1, 10, tzinfo=UTC)}, {}))], [])


def test_a_file_without_the_time_of_registration_is_refused() -> None:
    _, problems = people_file.parse("people.csv", b"Vorname;Nachname;E-Mail\nA;B;a@example.org\n", "UTC")
    assert [problem.sentence() for problem in problems] == ["people.csv:1: These columns are missing: Angemeldet am."]


PEOPLE = [
    ("15.02.2027 11:05", "31.02.2027 11:05", "“31.02.2027 11:05” is no day and time; it looks like 24.04.2027 09:05."),
    ("person003@example.org", "person003", "“person003” is no mail address."),
    (";mittelstand;Ober", ";Gilde;Ober", "“Gilde” cannot stand in the column “Art”; it takes: "),
    ("alles;ja;nein;15.02", "alles;vielleicht;nein;15.02", "“vielleicht” cannot stand in the column “Foto”; it takes: "),
    ("Inés;Lange", " ; ", "There is no name."),
    ("Inés;Lange", "😀;Lange", "There is no letter in it."),
    ("Inés;Lange", "Inés;Lan\u202ege", "This holds signs that nobody sees and that turn text around."),
    ("Zechehandel", "e" + "\u0301" * 100, "Too many accents stand on one letter."),
    ("Inés", "I" * 101, "The column “Vorname” holds more than 100 characters."),
    ("#Recht #Gründung", "#" + "x" * 41, "At most 10 hashtags, each with at most 40 characters."),
    ("Inés;Lange", "Inés;Lange;Extra", "Too many cells, 13 instead of 12: put a text that holds the separator into quotation marks."),
    ("Inés;Lange", "Inés", "The line breaks off; cells: 11 instead of 12."),
]


@pytest.mark.parametrize(("old", "new", "wanted"), PEOPLE, ids=[row[2][:40] for row in PEOPLE])
def test_a_bad_person_is_named_with_line_and_reason(old: str, new: str, wanted: str) -> None:
    assert old in REAL
    records, problems = people_file.parse("people.csv", REAL.replace(old, new, 1).encode(), "Europe/Berlin")
    assert len(records) == 251
    assert len(problems) == 1
    assert problems[0].sentence().startswith(f"people.csv:2: {wanted}")
