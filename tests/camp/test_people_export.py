"""A-11: whatever people call themselves, no cell of an export begins a formula; and our own import reads it back."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale, gettext
from openpyxl import load_workbook

from camp import people, people_columns, people_export, people_file, people_import
from camp.db import db, writing
from camp.models import Camp, Needs
from camp.pages import KIND_LABELS
from tests import make

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", "\t", "\r", " =", "\u00a0+", "\ufeff@")
TRIGGERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
TEXTS = ("given_name", "family_name", "organisation", "town")


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp(timezone="Europe/Berlin")


@pytest.fixture
def browser(app: Flask, camp: Camp) -> FlaskClient:
    who = make.person("orga@example.org")
    make.role(camp, who, "organiser")
    return make.browser(app, who)


def _cells(browser: FlaskClient, kind: str, language: str = "de", query: str = "") -> list[list[object]]:
    answer = browser.get(f"/ecm27/organise/people.{kind}{query}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    if kind == "csv":
        assert answer.data.startswith(b"\xef\xbb\xbf")
        return [list(row) for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")]
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a11_no_cell_begins_a_formula_in_whatever_field_it_was_typed(camp: Camp, browser: FlaskClient, kind: str) -> None:
    for number, start in enumerate(STARTS):
        for field in TEXTS:
            make.participant(camp, **{"given": "Mai", "family": "K", "address": f"x{number}{field}@example.org"})
        rows = people.participants(camp)[-len(TEXTS):]
        with writing():
            for who, field in zip(rows, TEXTS, strict=True):
                setattr(who, field, f"{start}HYPERLINK(\"https://x.example\")")
            rows[0].hashtags = [f"{start}1"]
            db.session.add(Needs(participant_id=rows[0].id, shirt=f"{start}1", diet=""))
    make.participant(camp, "Adresse", address="+1@example.org")
    cells = _cells(browser, kind)
    assert len(cells) == 2 + len(STARTS) * len(TEXTS)
    texts = [cell for row in cells for cell in row if isinstance(cell, str)]
    assert sum("HYPERLINK" in text for text in texts) == len(STARTS) * len(TEXTS)
    assert [text for text in texts if text.lstrip("\u00a0\ufeff ").startswith(TRIGGERS)] == []
    if kind == "xlsx":
        answer = browser.get("/ecm27/organise/people.xlsx")
        assert [cell.coordinate for row in load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows() for cell in row if cell.data_type == "f"] == []


def _somebody(camp: Camp) -> None:
    make.participant(camp, "Jörg", "Müßig", address="joerg@example.org", organisation="-- Öl & Söhne; „Kiel“", kind="university", town="Łódź",
                     hashtags=["Recht", "KI"], photo="no", first_time=True, registered_at=datetime(2027, 2, 15, 10, 5, tzinfo=UTC),
                     arrived_at=datetime(2027, 4, 24, 7, 0, tzinfo=UTC))
    make.participant(camp, "Weg", "Da", address="weg@example.org", state="cancelled")
    with writing():
        db.session.add(Needs(participant_id=people.participants(camp)[0].id, shirt="XL", diet="geheim"))


def test_cells_are_typed_and_umlauts_stay(camp: Camp, browser: FlaskClient) -> None:
    _somebody(camp)
    assert _cells(browser, "csv")[:2] == [
        ["Vorname", "Nachname", "E-Mail-Adresse", "Organisation", "Art der Organisation", "Ort", "Hashtags", "T-Shirt", "Fotowunsch", "Erstes Mal",
         "Angemeldet am", "Platz", "Angekommen am"],
        ["Weg", "Da", "weg@example.org", "", "Anderes", "", "", "", "fragen", "nein", "2027-03-01 10:00", "abgesagt", ""]]
    assert _cells(browser, "xlsx", "en", "?q=Jörg") == [
        ["Given name", "Family name", "Mail address", "Organisation", "Kind of organisation", "Town", "Hashtags", "T-shirt", "Photo wish", "First time",
         "Registered at", "Place", "Arrived at"],
        ["Jörg", "Müßig", "joerg@example.org", "'-- Öl & Söhne; „Kiel“", "University", "Łódź", "#Recht #KI", "XL", "no", True,
         datetime(2027, 2, 15, 11, 5), "admitted", datetime(2027, 4, 24, 9, 0)]]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_word_of_an_export_is_one_that_the_import_knows(app: Flask, language: str) -> None:
    with app.test_request_context("/"), force_locale(language):
        for kind, label in KIND_LABELS.items():
            for photo, word in people_export.PHOTO.items():
                cells = {"given_name": "A", "family_name": "B", "email": "a@example.org", "kind": gettext(label), "photo": gettext(word)}
                values = people_file.record(cells, "UTC").values
                assert (values["kind"], values["photo"]) == (kind, photo)
        heading = [gettext(word) for word in people_export.HEADING]
        assert people_columns.guess(heading) == ["given_name", "family_name", "email", "organisation", "kind", "town", "hashtags", "shirt", "photo", "first_time",
                                                 "registered_at", "place", ""]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_our_own_export_is_imported_as_it_was(app: Flask, camp: Camp, browser: FlaskClient, kind: str, language: str) -> None:
    _somebody(camp)
    data = browser.get(f"/ecm27/organise/people.{kind}", headers={"Accept-Language": language}).data
    sheet, broken = people_import.read(f"people.{kind}", data)
    heading = sheet.lines[0][1]
    assert people_columns.layout(heading) == "camp"
    other = make.camp("other", timezone="Europe/Berlin")
    made = people_import.plan(other, "people", sheet, broken, people_columns.guess(heading))
    db.session.rollback()
    assert (made.problems, made.cancelled, made.new) == ([], 1, 1)
    with writing():
        people_import.carry_out(other, made, partial=False)
    first, again = people.participants(camp)[0], people.participants(other)[0]
    for column in ("given_name", "family_name", "organisation", "kind", "town", "hashtags", "photo", "first_time", "registered_at"):
        assert getattr(again, column) == getattr(first, column), column
    assert [needs.shirt for needs in db.session.query(Needs).order_by(Needs.participant_id)] == ["XL", "XL"]


def test_what_the_list_shows_is_what_is_exported_and_diets_stay_here(camp: Camp, browser: FlaskClient) -> None:
    _somebody(camp)
    assert [row[0] for row in _cells(browser, "csv", query="?group=cancelled")[1:]] == ["Weg"]
    assert [row[0] for row in _cells(browser, "csv", query="?q=joerg")[1:]] == ["Jörg"]
    assert "geheim" not in str(_cells(browser, "csv"))
    assert browser.get("/ecm27/organise/people.csv?group=nobody").status_code == 404
    assert len(people_export.HEADING) == len(_cells(browser, "csv")[0])
