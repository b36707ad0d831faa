"""Every template in both languages, filled and with gaps."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import paper_templates, papers, texts
from camp.db import writing
from tests import make
from tests.camp.test_institution import GOOD

EACH = [(name, language) for name in paper_templates.NAMES for language in ("de", "en")]


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_template_names_who_answers_and_leaves_no_code_behind(app: Flask, name: str, language: str) -> None:
    camp = make.camp(institution=GOOD, venue="Campus")
    with app.test_request_context("/"):
        text = paper_templates.write(camp, name, language)
    assert "{" not in text and "%(" not in text and "None" not in text
    assert ("camp@example.org" if name == "simple" else "Hochschule") in text
    assert not text.endswith("\\")


@pytest.mark.parametrize(("name", "language"), EACH)
def test_without_an_institution_the_gaps_are_marked(app: Flask, name: str, language: str) -> None:
    with app.test_request_context("/"):
        text = paper_templates.write(make.camp(), name, language)
    assert papers.gaps(text)


def test_the_privacy_notice_says_what_this_installation_does(app: Flask) -> None:
    with app.test_request_context("/"):
        text = paper_templates.write(make.camp(institution=GOOD), "privacy", "de")
    for words in ("__Host-camp", "camp-language", "Nach 90 Tagen gelöscht, Anmeldemails nach 7.", "§ 25 Absatz 2 TDDDG",
                  "Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen", "dsb@example.org"):
        assert words in text
    assert papers.gaps(text) == ["Vorschrift des Landeshochschulgesetzes und des Landesdatenschutzgesetzes"]


def test_an_address_keeps_its_lines(app: Flask) -> None:
    with app.test_request_context("/"):
        text = paper_templates.write(make.camp(institution=GOOD), "imprint", "de")
    assert "Hochschule\\\nWeg 1\\\n12345 Stadt\n\nHochschule wird vertreten durch: P. Beispiel\n\n# Kontakt\n" in text


def test_fill_writes_what_is_missing_and_closes_gaps_with_answers(app: Flask) -> None:
    camp = make.camp(institution=GOOD, imprint="Schon da", privacy="", languages=["de"])
    with app.test_request_context("/"), writing():
        paper_templates.fill(camp, {"Vorschrift des Landeshochschulgesetzes und des Landesdatenschutzgesetzes": "§ 3",
                                    "weitere bekannte Barrieren, sonst diese Zeile streichen": ""})
    written = texts.every(camp)
    assert {name for name, _ in written} == {"imprint", "privacy", "terms", "accessibility", "simple", "rules"}
    assert written["imprint", "de"] == "Schon da"
    assert "mit dem Landesrecht: § 3)" in written["privacy", "de"]
