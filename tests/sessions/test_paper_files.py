from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from flask import Flask

from camp import venue
from camp.db import writing
from camp.models import Camp
from sessions import paper, paper_files, planning
from tests import make


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A camp with five topics, one of them in a cell."""
    made = make.camp(rooms=3, slots=3, title="Prüfcamp")
    sessions = [make.session(made, f"Thema {number}") for number in range(5)]
    grid = venue.grid(made)
    with writing():
        planning.move(made, sessions[0].id, grid.rooms[0].id, grid.session_slots[0].id)
    return made


def _read(app: Flask, camp: Camp, make_pdf: object, *args: object) -> tuple[int, tuple[int, int], str]:
    """Pages, size of the first in mm, and text of a PDF."""
    with app.test_request_context("/", base_url="https://localhost"):
        from flask import g
        g.camp, g.slug = camp, camp.slug
        pages = pypdf.PdfReader(BytesIO(make_pdf(camp, *args))).pages  # type: ignore[operator]
    box = pages[0].mediabox
    return len(pages), (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)), "\n".join(page.extract_text() for page in pages)


def test_four_small_cards_or_two_large_ones_are_on_a_sheet_and_empty_ones_follow(app: Flask, camp: Camp) -> None:
    found = paper.cards(camp)
    pages, size, text = _read(app, camp, paper_files.cards, found)
    assert (pages, size) == (2, (210, 297)) and all(f"Thema {number}" in text for number in range(5))
    assert _read(app, camp, paper_files.cards, found, "a5")[0] == 3
    assert _read(app, camp, paper_files.cards, [], "a6", 4)[0] == 1


@pytest.mark.parametrize(("size", "wanted"), [("a4", (297, 210)), ("a1", (841, 594)), ("a0", (1189, 841))])
def test_the_grid_is_one_sheet_of_its_size_empty_or_as_it_stands(app: Flask, camp: Camp, size: str, wanted: tuple[int, int]) -> None:
    pages, found, text = _read(app, camp, paper_files.grid, size)
    assert (pages, found) == (1, wanted) and "Room A" in text and "Thema 0" not in text
    assert "Thema 0" in _read(app, camp, paper_files.grid, size, True)[2]


def test_each_room_has_its_sign_and_there_are_two_posters(app: Flask, camp: Camp) -> None:
    pages, size, text = _read(app, camp, paper_files.signs)
    assert (pages, size) == (3, (297, 210)) and "30" in text and "Room C" in text
    assert _read(app, camp, paper_files.posters)[:2] == (2, (210, 297))
    assert _read(app, camp, paper_files.posters, "a3")[:2] == (2, (297, 420))
