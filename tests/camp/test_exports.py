from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest

from camp.exports import csv_of, defused


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", " =1", "\u00a0=1",
                                  "\ufeff=1", "\u200b@x", "\u2212x", "\ufe66x", "\x01=x"])
def test_what_could_begin_a_formula_stands_behind_an_apostrophe(text: str) -> None:
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Müller", "a=b", "'quoted", "1-2", "e-mail", "#hashtag", "mai@example.org"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


def test_a_file_that_german_excel_opens_right() -> None:
    data = csv_of(["Größe", "x"], [['Ö;"ä"\nß', True], [datetime(2027, 4, 24, 9, 5), date(2027, 4, 24)], [None, 7]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").startswith('"Größe";"x"\r\n"Ö;""ä""\nß"')
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")) == [
        ["Größe", "x"], ['Ö;"ä"\nß', "True"], ["2027-04-24 09:05", "2027-04-24"], ["", "7"]]
