"""Tests of sessions/proposal_file.py."""

from __future__ import annotations

import pytest

from camp.errors import CampError
from sessions.proposal_file import ProposalRecord, guess, missing, record


def test_headings_in_german_and_english_tell_what_a_column_is_each_field_once() -> None:
    assert guess(["Titel", "Wer", "Beschreibung", "Schlagworte", "Slots", "Notiz", "E-Mail"]) == ["title", "hosts", "description", "tags", "length", "", ""]
    assert guess(["TITLE", "Speaker", "Off-the-record?"]) == ["title", "hosts", ""]
    assert (missing(["title", "hosts"]), missing(["title"]), missing(["hosts"])) == ("", "No column says who holds it.", "No column is the title.")


def test_a_line_becomes_what_it_says_and_no_more() -> None:
    fields = ["title", "hosts", "description", "tags", "format", "language", "level", "length", "needs", "away", "off_record", "note_taker", ""]
    cells = [" Returns  now", "Mai;Ben", "One\nTwo", "#Recht, KI", "Vortrag", "Deutsch", "alle", "2", "Beamer; Strom", "Vormittag", "x", "nein", "left out"]
    assert record(fields, cells) == ProposalRecord("Returns now", "Mai;Ben", {
        "description": "One\nTwo", "tag": "Recht", "more_tags": ("KI",), "format": "talk", "language": "de", "level": "", "length": 2,
        "needs": ("beamer", "power"), "away": "morning", "off_record": True, "note_taker": False})
    assert record(["title", "hosts", "tags"], ["'=1+1", "Mai", ""]) == ProposalRecord("=1+1", "Mai", {})
    assert record(["title", "hosts"], ["", " "]) is None


@pytest.mark.parametrize(("field", "cell", "sentence"), [
    ("title", "", "A title is missing."), ("hosts", "", "Nobody holds it; write a name."), ("format", "Tanz", "“Tanz” cannot stand"),
    ("length", "3", "“3” cannot stand"), ("needs", "Pool", "No room can have “Pool”")])
def test_what_cannot_be_used_is_named(field: str, cell: str, sentence: str) -> None:
    texts = {"title": "T", "hosts": "M", field: cell}
    with pytest.raises(CampError) as wrong:
        record(list(texts), list(texts.values()))
    assert wrong.value.sentence().startswith(sentence)
