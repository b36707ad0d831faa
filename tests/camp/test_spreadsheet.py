from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from camp import spreadsheet
from camp.tables import Sheet, Unreadable


def test_what_was_written_is_read_as_text() -> None:
    data = spreadsheet.write("Liste", ["Text", "Zahl", "Ja", "Tag", "Zeit", ""], [
        ["=1+1", 7, True, date(2027, 4, 24), datetime(2027, 4, 24, 9, 5, tzinfo=UTC), None], ["", 2.5, False, None, None, None]])
    assert spreadsheet.split("a.xlsx", data) == Sheet([
        (1, ["Text", "Zahl", "Ja", "Tag", "Zeit"]), (2, ["=1+1", "7", "yes", "2027-04-24 00:00:00", "2027-04-24 09:05:00"]),
        (3, ["", "2.5", "no", "", ""])])


def test_cells_are_typed_and_no_text_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(spreadsheet.write("a/b:c" * 20, ["H"], [["=1+1", 7, True, datetime(2027, 4, 24, 9, 5)]])))
    sheet = book.worksheets[0]
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.bold) == (("a b c" * 20)[:31], "A2", True)
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), (7, "n"), (True, "b"), (datetime(2027, 4, 24, 9, 5), "d")]


def _packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


BAD = {
    "another archive": (_packed(letter=b"text"), "This is no spreadsheet that can be read. Save it as “CSV UTF-8” and load that file."),
    "a bomb": (_packed(a_xml=b"0" * (61 * 1024 * 1024)), "This file unpacks to more than 60 MB. Split it."),
    "entities": (_packed(a_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
                 "This spreadsheet holds a declaration that has no place in one. Save it as “CSV UTF-8” and load that file."),
    "cut off": (spreadsheet.write("x", ["H"], [["a"]])[:-100], "This file is damaged or breaks off."),
    "no cell": (spreadsheet.write("x", [" "], []), "This file is empty."),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_spreadsheet_is_refused(name: str) -> None:
    data, wanted = BAD[name]
    with pytest.raises(Unreadable) as caught:
        spreadsheet.split("a.xlsx", data)
    assert caught.value.problem.sentence() == f"a.xlsx: {wanted}"


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 20000 lines"):
        spreadsheet.split("a.xlsx", spreadsheet.write("x", ["H"], [["a"]] * 20_000))


def test_a_spreadsheet_and_a_csv_file_are_read_alike() -> None:
    book = spreadsheet.write("Liste", ["Titel"], [["Returns"]])
    assert [sheet.lines for sheet, _ in (spreadsheet.read("a", data, ["Titel"]) for data in (book, b"Titel\nReturns\n"))] == [[(1, ["Titel"]), (2, ["Returns"])]] * 2
