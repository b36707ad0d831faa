"""Tests of camp/views/lists.py; the pages that use it are tested with the imports of people and of proposals."""

from __future__ import annotations

from flask import Flask
from flask_babel import force_locale

from camp.tables import MOST_PROBLEMS, Problem, Sheet
from camp.uploads import Upload
from camp.views import lists


def test_each_column_comes_with_its_field_and_examples() -> None:
    sheet = Sheet([(1, ["Titel", "Wer"]), (2, ["", "Mai"]), (3, ["Why?", "Ben"])], "utf-8", ";")
    assert lists.columns(Upload(fields=["title", ""]), sheet) == [("Titel", "title", ["Why?"]), ("Wer", "", ["Mai", "Ben"])]


def test_so_many_bad_lines_are_told_in_the_language_of_the_reader(app: Flask) -> None:
    problems = [Problem("a.csv", line, "There is no name.", {}) for line in range(MOST_PROBLEMS + 5)]
    with app.test_request_context("/"), force_locale("de"):
        said = lists.told(problems)
    assert (len(said), said[0]) == (MOST_PROBLEMS, (0, "Der Name fehlt."))
