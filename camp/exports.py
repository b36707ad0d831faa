"""Tables for others' programs: CSV that German Excel opens right, and cells that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from camp.spreadsheet import Cell

# Behind white space and invisible characters: = + - @ as they are typed, full-width and small, and the minus sign.
_TRIGGER = re.compile(r"[\s\x00-\x20\x7f\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]*"
                      "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]")
_STARTS = ("\t", "\r", "\n")
MIME = "text/csv; charset=utf-8"


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: behind an apostrophe if it could begin one.

    Source: https://owasp.org/www-community/attacks/CSV_Injection, and the full-width forms that Excel takes as well.
    """
    return f"'{text}" if text.startswith(_STARTS) or _TRIGGER.match(text) else text


def csv_of(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file as German Excel writes it: UTF-8 with a mark, semicolons, every cell in quotation marks.

    Texts are taken as they are: defuse them before.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_told(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _told(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return "" if cell is None else str(cell)
