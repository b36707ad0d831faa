"""Spreadsheets (XLSX): read as lines of text with limits on what they unpack to, written with typed cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from camp import tables
from camp.errors import N_
from camp.tables import Problem, Sheet, Unreadable

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNATURE = b"PK\x03\x04"
_LARGEST = 60 * 1024 * 1024  # unpacked
_MOST_COLUMNS, _MOST_LINES = 200, 20_000
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)  # a spreadsheet has none; they could unfold or fetch
Cell = str | int | float | bool | date | datetime | None


def is_one(data: bytes) -> bool:
    """Whether a file may be a spreadsheet, and in no case a CSV file."""
    return data.startswith(_SIGNATURE)


def read(name: str, data: bytes, known: Sequence[str]) -> tuple[Sheet, list[Problem]]:
    """The lines of a spreadsheet or CSV file with such headings, and what broke it off. Raises Unreadable."""
    return (split(name, data), []) if is_one(data) else tables.split(name, data, known)


def split(name: str, data: bytes) -> Sheet:
    """The lines of the first sheet, empty ones left out. Raises Unreadable for what is none, or unpacks to too much."""
    from openpyxl import load_workbook  # slow to load, and seldom needed

    _refuse_packed(name, data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, max_row=_MOST_LINES + 1, values_only=True)
        texts = ((number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1))
        lines = [(number, cells) for number, cells in texts if any(cell.strip() for cell in cells)]
    except Exception as error:  # the library raises whatever it trips over
        raise Unreadable(Problem(name, 0, N_("This is no spreadsheet that can be read. Save it as “CSV UTF-8” and load "
                                             "that file."))) from error
    if not lines:
        raise Unreadable(Problem(name, 0, N_("This file is empty.")))
    if lines[-1][0] > _MOST_LINES:
        raise Unreadable(Problem(name, 0, N_("This file has more than %(most)s lines. Split it."),
                                 {"most": _MOST_LINES}))
    return Sheet(_trimmed(lines))


def write(title: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet: texts as texts (never as formulas), numbers, truths, days and times as what they are.

    Times are written as they stand on the clock: take them to the right zone first; the format knows none.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31] or "1")
    sheet.freeze_panes = "A2"

    def cell(value: Cell, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value.replace(tzinfo=None) if isinstance(value, datetime) else value)
        if isinstance(value, str):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(word, bold=True) for word in heading])
    for row in rows:
        sheet.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _refuse_packed(name: str, data: bytes) -> None:
    """Refuse what unpacks to too much, or declares entities. A member is never read beyond the size that it states."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > _LARGEST:
                raise Unreadable(Problem(name, 0, N_("This file unpacks to more than 60 MB. Split it.")))
            for member in packed.infolist():
                if member.filename.endswith((".xml", ".rels")) and _DECLARATION.search(packed.read(member)):
                    raise Unreadable(Problem(name, 0, N_("This spreadsheet holds a declaration that has no place in "
                                                         "one. Save it as “CSV UTF-8” and load that file.")))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise Unreadable(Problem(name, 0, N_("This file is damaged or breaks off."))) from error


def _text(value: object) -> str:
    """A cell as one would type it into a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _trimmed(lines: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Every line as long as the longest that holds something: spreadsheets tell where the cells ever were."""
    width = max(max(place for place, cell in enumerate(cells, 1) if cell.strip()) for _, cells in lines)
    return [(number, [*cells, *[""] * (width - len(cells))][:width]) for number, cells in lines]
