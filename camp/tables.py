"""Tables from CSV files as programs and people write them: encoding and separator detected, each bad line named."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from camp.errors import N_, BadInput, CampError
from camp.text import line as one_line

MOST_PROBLEMS = 50  # that a refusal names
_SEPARATORS = ";,\t"
_LARGEST = 20 * 1024 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SIGNATURES = (
    (b"PK\x03\x04", N_("This is a spreadsheet or an archive, no CSV file. Save it as “CSV UTF-8” and load that file.")),
    (b"\xd0\xcf\x11\xe0", N_("This is an old Excel file, no CSV file. Save it as “CSV UTF-8” and load that file.")),
    (b"%PDF", N_("This is a PDF, no CSV file. Ask for the table itself, saved as “CSV UTF-8”.")),
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where: a file, a line (0: the file as a whole), and an English msgid with its values."""

    file: str
    line: int
    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self) -> str:
        """The problem in English, for a terminal."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.text % self.values if self.values else self.text}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table before anybody knows what its columns mean: its lines with the numbers on which they begin.

    `encoding` and `separator` are those that were found; both are empty for a spreadsheet.
    """

    lines: list[tuple[int, list[str]]]
    encoding: str = ""
    separator: str = ""

    def sample(self, column: int, most: int = 3) -> list[str]:
        """The first texts below the heading of a column."""
        cells = (cells[column] for _, cells in self.lines[1:40] if column < len(cells))
        return [cell for cell in cells if cell.strip()][:most]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: the line of the file on which it begins, and its cells by column; no control characters."""

    line: int
    cells: dict[str, str]


class Unreadable(Exception):
    """A file that is no table; carries the one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence())
        self.problem = problem


class BadLines(BadInput):
    """Files with mistakes; `problems` names at most 50 of them, `count` says how many there are."""

    TEXT = N_("Nothing was imported. Lines that need a look: %(count)s.")
    HINT = N_("Mend them and import again, or say that the others are to be imported without them.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(self.TEXT, self.HINT, count=len(problems))
        self.count, self.problems = len(problems), list(problems[:MOST_PROBLEMS])


def read(name: str, data: bytes, columns: Mapping[str, Sequence[str]],
         required: Sequence[str]) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV file and what is wrong with it.

    `columns` maps the name of a column to the headings under which it comes (in any case); `required` names those that
    must be there. Encodings: UTF-8, UTF-16 or UTF-32 with a mark, Windows-1252. Separators: semicolon, comma, tab.
    Rows with too few or too many cells are problems, not rows; empty lines are skipped.
    """
    try:
        sheet, broken = split(name, data, [word for words in columns.values() for word in words])
    except Unreadable as error:
        return [], [error.problem]
    (number, heading), *body = sheet.lines
    keys, problems = _columns(name, number, heading, columns, required)
    if problems:
        return [], problems
    rows = []
    for number, cells in body:
        while len(cells) > len(keys) and not cells[-1].strip():
            cells.pop()
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == len(keys):
            rows.append(Row(number, {key: one_line(cell) for key, cell in zip(keys, cells, strict=True)}))
        else:
            problems.append(uneven(name, number, len(cells), len(keys)))
    return rows, problems + broken


def split(name: str, data: bytes, known: Sequence[str]) -> tuple[Sheet, list[Problem]]:
    """The lines of a CSV file, the heading first, and what broke it off. Raises Unreadable if nothing can be read.

    `known` are headings that may occur; they help to find the separator.
    """
    text, encoding = _decoded(name, data)
    return _lines(name, text, encoding, frozenset(map(plain, known)))


def decode(name: str, data: bytes) -> str:
    """The text of a file, its encoding found out. Raises Unreadable if it is none."""
    return _decoded(name, data)[0]


def plain(heading: str) -> str:
    """A heading as it is compared: in small letters, without hyphens and question marks."""
    return one_line(heading).casefold().replace("-", "").replace("_", " ").replace("?", "").strip()


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    if not data.strip():
        raise Unreadable(Problem(name, 0, N_("This file is empty.")))
    if len(data) > _LARGEST:
        raise Unreadable(Problem(name, 0, N_("This file is larger than 20 MB. Split it.")))
    for start, text in _SIGNATURES:
        if data.startswith(start):
            raise Unreadable(Problem(name, 0, text))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(name, _strict(name, data, encoding)), encoding.removesuffix("-sig")
    if b"\0" in data:
        raise Unreadable(Problem(name, data[:data.index(b"\0")].count(b"\n") + 1,
                                 N_("Here is a NUL character: this is no text. Save the table as “CSV UTF-8”.")))
    text, encoding = _unmarked(name, data)
    return _checked(name, text), encoding


def _unmarked(name: str, data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # Whole UTF-8 characters among broken bytes: a damaged or mixed file, not one of Windows, where they are rare.
        lenient = data.decode("utf-8", "surrogateescape")
        broken = sum("\udc80" <= c <= "\udcff" for c in lenient)
        whole = sum(c > "\x7f" for c in lenient) - broken
        return (_strict(name, data, "utf-8", error) if whole * 10 > broken else _strict(name, data, "cp1252")), "cp1252"


def _strict(name: str, data: bytes, encoding: str, error: UnicodeDecodeError | None = None) -> str:
    try:
        if error:
            raise error
        return data.decode(encoding)
    except UnicodeDecodeError as found:
        raise Unreadable(Problem(name, data[:found.start].count(b"\n") + 1,
                                 N_("Here the characters break off; the file is damaged or in an unknown encoding. "
                                    "Save it as “CSV UTF-8”."))) from found


def _checked(name: str, text: str) -> str:
    found = _CONTROL.search(text)
    if found:
        raise Unreadable(Problem(name, text.count("\n", 0, found.start()) + 1,
                                 N_("Here is a control character: this is no CSV file, or it is damaged.")))
    return text


def _lines(name: str, text: str, encoding: str, known: frozenset[str]) -> tuple[Sheet, list[Problem]]:
    told = re.match(r"sep=(.)\r?\n", text)  # Excel's own way to name the separator
    skipped = 1 if told else 0
    if told:
        text = text[told.end():]
    separator = told[1] if told else _separator(text, known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, list[str]]] = []
    while True:
        number = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            problem = Problem(name, number, N_("From here on the quotation marks do not match; "
                                               "the file is damaged or breaks off."))
            if not lines:
                raise Unreadable(problem) from None
            return Sheet(lines, encoding, separator), [problem]
        if lines or any(cell.strip() for cell in cells):
            lines.append((number, cells))
    return Sheet(lines, encoding, separator), []


def _separator(text: str, known: frozenset[str]) -> str:
    heading = text.lstrip().splitlines()[0]

    def fit(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([heading], delimiter=separator))
        return sum(plain(cell) in known for cell in cells), len(cells)

    return max(_SEPARATORS, key=fit)


def _columns(name: str, line: int, heading: list[str], columns: Mapping[str, Sequence[str]],
             required: Sequence[str]) -> tuple[list[str], list[Problem]]:
    known = {plain(word): key for key, words in columns.items() for word in words}
    titles = {plain(word): word for words in columns.values() for word in words}
    while heading and not heading[-1].strip():
        heading = heading[:-1]
    keys, problems = [], []
    for cell in heading:
        key = known.get(plain(cell))
        if key is None:
            near = difflib.get_close_matches(plain(cell), known, 1)
            problems.append(Problem(name, line, N_("There is no column “%(column)s”; the nearest one is “%(near)s”.")
                                    if near else N_("There is no column “%(column)s”."),
                                    {"column": one_line(cell)[:60]} | ({"near": titles[near[0]]} if near else {})))
        elif key in keys:
            problems.append(Problem(name, line, N_("The column “%(column)s” comes twice."), {"column": one_line(cell)}))
        keys.append(key or "")
    missing = [columns[key][0] for key in required if key not in keys]
    if missing:
        problems.append(Problem(name, line, N_("These columns are missing: %(columns)s."),
                                {"columns": ", ".join(missing)}))
    return keys, problems


def each(name: str, sheet: Sheet, take: Callable[[int, list[str]], None]) -> list[Problem]:
    """Give every line below the heading that says something to `take`, number and cells; what was refused."""
    (_, heading), *body = sheet.lines
    problems = []
    for line, cells in body:
        try:
            if found := even(name, line, cells, len(heading)):
                take(line, found)
        except Unreadable as error:
            problems.append(error.problem)
        except CampError as error:
            problems.append(Problem(name, line, error.text, error.values))
    return problems


def even(name: str, line: int, cells: list[str], width: int) -> list[str]:
    """The cells of a line of a list, as many as its heading has; those of an empty line are none. Raises Unreadable."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if not any(cell.strip() for cell in cells):
        return []
    if len(cells) != width:
        raise Unreadable(uneven(name, line, len(cells), width))
    return cells


def uneven(name: str, line: int, found: int, wanted: int) -> Problem:
    """A line with too few or too many cells."""
    values: dict[str, object] = {"found": found, "wanted": wanted}
    if found < wanted:
        return Problem(name, line, N_("The line breaks off; cells: %(found)s instead of %(wanted)s."), values)
    return Problem(name, line, N_("Too many cells, %(found)s instead of %(wanted)s: put a text that holds the "
                                  "separator into quotation marks."), values)
