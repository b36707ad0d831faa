from __future__ import annotations

import pytest

from camp import people_columns
from camp.people_columns import FIELDS, guess, headings, layout, merged

GERMAN_EVENTBRITE = ["Bestellnr.", "Bestelldatum", "Vorname", "Nachname", "E-Mail-Adresse", "Ticketart", "Teilnehmernummer", "Barcode-Nr.", "Teilnehmerstatus"]


def test_headings_are_known_in_any_spelling_and_mean_one_field_each() -> None:
    assert guess(["VORNAME", "last_name", "e-mail", "Company", "Was?", ""]) == ["given_name", "family_name", "email", "organisation", "", ""]
    meaning: dict[str, str] = {}
    for field in FIELDS:
        for word in headings(field):
            assert meaning.setdefault(people_columns.plain(word), field) == field, word


def test_a_whole_name_counts_only_where_its_parts_are_not() -> None:
    assert guess(["Name", "E-Mail"]) == ["name", "email"]
    assert guess(["Name", "Vorname", "Nachname"]) == ["", "given_name", "family_name"]


@pytest.mark.parametrize(("whole", "given", "family"), [
    ("Mai Krause", "Mai", "Krause"), ("Krause, Mai Linh", "Mai Linh", "Krause"), ("Ana de Lima", "Ana de", "Lima"), ("Cher", "", "Cher")])
def test_a_whole_name_is_split(whole: str, given: str, family: str) -> None:
    assert merged(["Name"], ["name"], [whole]) == {"given_name": given, "family_name": family}


def test_of_several_columns_the_better_heading_counts_and_the_next_fills_gaps() -> None:
    heading, fields = ["Email", "Attendee email"], ["email", "email"]
    names = {"given_name": "", "family_name": ""}
    assert merged(heading, fields, ["order@example.org", "mai@example.org"]) == names | {"email": "mai@example.org"}
    assert merged(heading, fields, ["order@example.org", " "]) == names | {"email": "order@example.org"}


def test_a_time_of_day_joins_its_day_and_a_defused_cell_is_bare_again() -> None:
    found = merged(["Order date", "Order time", "Company"], ["registered_at", "registered_time", "organisation"], ["2027-02-15", "11:05:00 CET", "'=Lager"])
    assert found == {"given_name": "", "family_name": "", "registered_at": "2027-02-15 11:05:00", "organisation": "=Lager"}
    assert merged(["Firma"], ["organisation"], ["'t Hart"])["organisation"] == "'t Hart"


def test_layouts_are_told_apart() -> None:
    assert layout(["Order code", "Attendee name", "Email"]) == "pretix"
    assert layout(["Bestellnummer", "Teilnehmername"]) == "pretix"
    assert layout(["Order #", "Ticket Type"]) == "Eventbrite"
    assert layout(["Ticketkategorie", "Vorname"]) == "XING"
    assert layout(GERMAN_EVENTBRITE) == "Eventbrite"
    assert layout(["Vorname", "Nachname", "E-Mail"]) == ""


def test_eventbrites_reports_map_themselves_in_both_languages() -> None:
    english = ["Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Price Tier", "Ticket Type", "Attendee #", "Attendee Status", "Home City"]
    assert guess(english) == ["", "registered_at", "given_name", "family_name", "email", "", "", "", "", "place", "town"]
    assert guess(GERMAN_EVENTBRITE) == ["", "registered_at", "given_name", "family_name", "email", "", "", "", "place"]
    row = ["589750179", "2017-01-24 21:15:19+01:00", "Mai", "Krause", "mai@example.org", "Frei", "740658283", "589750179740658283001", "Nimmt nicht teil"]
    assert people_columns.has_cancelled(merged(GERMAN_EVENTBRITE, guess(GERMAN_EVENTBRITE), row))


@pytest.mark.parametrize(("word", "wanted"), [("Canceled", True), ("storniert", True), ("paid", False), ("", False)])
def test_who_has_cancelled_there(word: str, wanted: bool) -> None:
    assert people_columns.has_cancelled({"place": word}) is wanted
