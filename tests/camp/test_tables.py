"""CSV files in every dress they come in, and what is said about those that are none."""

from __future__ import annotations

import pytest

from camp import tables
from camp.errors import BadInput
from camp.tables import Problem, Row, Sheet, each, read, uneven

COLUMNS = {"name": ("Name",), "town": ("Ort", "town"), "note": ("Bemerkung", "note")}


def table(data: bytes) -> tuple[list[Row], list[Problem]]:
    return read("t.csv", data, COLUMNS, ("name", "town"))


WANTED = [Row(2, {"name": "Jürgen", "town": "Köln"}), Row(3, {"name": "Anna", "town": "Bonn, Süd"})]
TEXT = 'Name;Ort\r\nJürgen;Köln\r\nAnna;"Bonn, Süd"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_encodings_and_separators_are_found_out(encoding: str, separator: str) -> None:
    assert table(TEXT.replace(";", separator).encode(encoding)) == (WANTED, [])


def test_commas_and_english_headings_in_any_case_and_order() -> None:
    rows, problems = table(b"TOWN,note, name\nBonn,x,Anna\n")
    assert (rows, problems) == ([Row(2, {"town": "Bonn", "note": "x", "name": "Anna"})], [])


def test_a_windows_file_with_one_umlaut_reads_right() -> None:
    assert table(b"Name;Ort\nG\xfcnther;Essen\n") == ([Row(2, {"name": "Günther", "town": "Essen"})], [])


def test_quotes_over_lines_blank_lines_and_excels_first_line() -> None:
    rows, problems = table(b'sep=;\r\nName;Ort\r\n\r\n"An\r\nna";Bonn\r\n;\r\nMai;Ulm;;\r\n')
    assert problems == []
    assert rows == [Row(4, {"name": "An na", "town": "Bonn"}), Row(7, {"name": "Mai", "town": "Ulm"})]


@pytest.mark.parametrize(("data", "line", "start"), [
    (b"", 0, "This file is empty."),
    (b" \r\n", 0, "This file is empty."),
    (b"PK\x03\x04rest", 0, "This is a spreadsheet or an archive"),
    (b"\xd0\xcf\x11\xe0", 0, "This is an old Excel file"),
    (b"%PDF-1.7", 0, "This is a PDF"),
    (b"Name;Ort\nA;B\nC\0;D\n", 3, "Here is a NUL character"),
    ("Name;Ort\nA;B".encode("utf-16-le"), 1, "Here is a NUL character"),
    (b"\x89PNG\r\n\x1a\n" + b"x" * 9, 2, "Here is a control character"),
    ("Name;Ort\nÄÖÜ;Köln\nAnna;Kö".encode()[:-1], 3, "Here the characters break off"),
    (b"Name;Ort\nA\x81;B\n", 2, "Here the characters break off"),
    ("Name;Ort\nA;B".encode("utf-16")[:-1], 2, "Here the characters break off"),
    (b'Name;Ort\nA;B\nC;"D\nE;F\n', 3, "From here on the quotation marks do not match"),
    (b'"Name;Ort', 1, "From here on the quotation marks do not match"),
    (b"Name;Ort\nA;B\nC\n", 3, "The line breaks off; cells: 1 instead of 2."),
    (b"Name;Ort\nA;B;C\n", 2, "Too many cells, 3 instead of 2: put a text"),
])
def test_what_is_no_table_is_named_with_its_line(data: bytes, line: int, start: str) -> None:
    _, problems = table(data)
    assert [(p.file, p.line) for p in problems] == [("t.csv", line)]
    assert (problems[0].text % problems[0].values).startswith(start)


def test_columns_unknown_missing_and_twice() -> None:
    rows, problems = table(b"Name;Otr;name;Quark\nA;B;C;D\n")
    assert rows == []
    assert [problem.sentence() for problem in problems] == [
        "t.csv:1: There is no column “Otr”; the nearest one is “Ort”.",
        "t.csv:1: The column “name” comes twice.",
        "t.csv:1: There is no column “Quark”.",
        "t.csv:1: These columns are missing: Ort."]


def test_good_rows_come_beside_the_problems() -> None:
    rows, problems = table(b"Name;Ort\nA;B\nC\nD;E\n")
    assert [row.line for row in rows] == [2, 4]
    assert [problem.line for problem in problems] == [3]


def test_the_first_texts_of_a_column_are_its_sample() -> None:
    sheet = Sheet([(1, ["A", "B"]), (2, ["1", " "]), (3, ["2"]), (4, ["3", "x"])])
    assert (sheet.sample(0, 2), sheet.sample(1), sheet.sample(2)) == (["1", "2"], ["x"], [])


def test_a_line_has_as_many_cells_as_its_heading() -> None:
    assert tables.even("a.csv", 2, ["Why?", "Mai", "", " "], 2) == ["Why?", "Mai"]
    assert tables.even("a.csv", 2, ["", " "], 2) == tables.even("a.csv", 3, [""], 2) == []
    for cells, sentence in ((["Why?"], "breaks off; cells: 1 instead of 2"), (["Why?", "Mai", "Ben"], "Too many cells, 3 instead of 2")):
        with pytest.raises(tables.Unreadable) as caught:
            tables.even("a.csv", 2, cells, 2)
        assert sentence in caught.value.problem.sentence()


def test_each_line_that_says_something_is_taken_and_refusals_are_told_by_line() -> None:
    taken = []

    def take(line: int, cells: list[str]) -> None:
        if cells[0] == "bad":
            raise BadInput("There is no name.")
        taken.append((line, cells))

    sheet = Sheet([(1, ["a", "b"]), (2, ["1", "2", ""]), (3, ["", ""]), (4, ["bad", "2"]), (5, ["1", "2", "3"])])
    assert [(found.line, found.text) for found in each("x.csv", sheet, take)] == [
        (4, "There is no name."), (5, uneven("x.csv", 5, 3, 2).text)]
    assert taken == [(2, ["1", "2"])]
