"""Operators under the text: what they draw and where."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from badges import draw, fonts, labels
from badges.typecase import Line, Piece

FORMS = (("Strip", (5.0, 5.0)), ("Sprout", (75.0, 44.0)))
LINE = Line("n", "Mai")
CASE = {LINE: Piece("/F 26.667 Tf [<0001>0] TJ", "", 30, 50)}
CARD = draw.Drawing((draw.Placed(LINE, 5, 20, 20, 40),), "HTTPS://C.DE/B/ABCDEFGH234567QZ", (53.0, 11.6), "ABCD EFGH 2345 67QZ", (54.26, 43.6), FORMS)
VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"


def test_a_page_balances_its_states_and_starts_in_millimetres_from_the_upper_left() -> None:
    lines = draw.page_stream(labels.A4_TEN, [CARD], CASE).decode("ascii").splitlines()
    words = " ".join(lines).split()
    assert lines[0] == "q 2.83465 0 0 -2.83465 0 841.890 cm /Cut Do"
    assert words.count("q") == words.count("Q")


def test_the_code_is_thirty_millimetres_with_its_white_modules() -> None:
    stream = draw.page_stream(labels.A4_TEN, [CARD], CASE).decode("ascii")
    scale = float(re.search(r"1 0 0 1 53 11.6 cm\n([\d.]+) 0 0", stream)[1])
    bars = [tuple(map(int, bar)) for bar in re.findall(r"^(\d+) (\d+) (\d+) 1 re$", stream, re.MULTILINE)]
    assert round(scale * (29 + 8), 3) == 30
    assert (min(x for x, _, _ in bars), max(x + width for x, _, width in bars)) == (4, 33)
    assert (min(y for _, y, _ in bars), max(y + 1 for _, y, _ in bars)) == (4, 33)


def test_cards_stand_at_the_places_of_the_sheet() -> None:
    stream = draw.page_stream(labels.A4_TEN, [CARD] * 3, CASE).decode("ascii")
    assert re.findall(r"q 1 0 0 1 (20|105) (13.5|67.5) cm", stream) == [("20", "13.5"), ("105", "13.5"), ("20", "67.5")]


def test_cut_marks_lie_outside_all_cards() -> None:
    stream = draw.forms(labels.A4_TEN, (75, 2.4), (12.6, 41.8, 47.5))["Cut"].decode("ascii")
    marks = re.findall(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S", stream)
    points = [(float(x), float(y)) for a, b, c, d in marks for x, y in ((a, b), (c, d))]
    assert len(marks) == 2 * 3 + 2 * 6
    assert not [(x, y) for x, y in points if 18 < x < 192 and 11.5 < y < 285.5]


def test_a_card_shows_its_forms_and_its_letters_at_their_places() -> None:
    stream = draw.page_stream(labels.A4_TEN, [CARD], CASE).decode("ascii")
    assert re.findall(r"q 1 0 0 1 (\S+) (\S+) cm\n/(\w+) Do Q", stream) == [("5", "5", "Strip"), ("75", "44", "Sprout")]
    letters = re.findall(r"/Code (\S+) Tf 1 0 0 -1 (\S+) (\S+) Tm \((.*)\) Tj", stream)
    assert letters == [("2.293", "54.3", "43.6", "ABCD EFGH 2345 67QZ")]


def test_a_card_shows_its_lines_in_ink_and_a_box_shows_its_own_on_a_ground() -> None:
    stream = draw.page_stream(labels.A4_TEN, [CARD], CASE).decode("ascii")
    assert "0.078 0.129 0.122 rg BT 0.26458 0 0 -0.26458 5.00 20.00 Tm /F 26.667 Tf [<0001>0] TJ ET" in stream
    pill = draw.box(draw.Box(CARD.lines, "#ffffff", "#000000", 20, 4, 1), CASE).decode("ascii")
    assert pill.startswith("0.000 0.000 0.000 rg 1 0 m 19 0 l 19.552 0 20 0.448 20 1 c") and "1.000 1.000 1.000 rg BT" in pill
    assert draw.box(draw.Box(CARD.lines, "#ffffff", "", 20, 4), CASE).strip().startswith(b"1.000 1.000 1.000 rg BT")


def test_every_form_that_is_made_is_one_that_pages_name() -> None:
    made = draw.forms(labels.A4_TEN, (75, 2.4), (12.6, 41.8, 47.5))
    assert sorted(made) == ["Camera", "Cut", "Lines", "Sprout", "Strip"]
    assert made["Strip"].count(b"rg") == len(draw.ROOMS)


@pytest.mark.parametrize("letters", ["ABC1", "abcd", "A) Tj"])
def test_letters_that_no_badge_code_has_are_refused(letters: str) -> None:
    with pytest.raises(ValueError, match="A to Z and 2 to 7"):
        draw.page_stream(labels.A4_TEN, [replace(CARD, letters=letters)], CASE)


def test_the_face_of_the_letters_holds_them_alone_as_wide_as_they_are_measured() -> None:
    face = draw.letters_face(fonts.shipped(VENDOR)["Hanken latin"])
    ruler = fonts.ruler(VENDOR, draw.CODE_LETTERS)
    assert {chr(c) for c in TTFont(io.BytesIO(face.program)).getBestCmap()} == set(draw.CODE_LETTERS)
    measured = {c: round(1000 * ruler("Hanken", draw.CODE_WEIGHT, c)) for c in draw.CODE_LETTERS}
    assert {c: face.widths[ord(c) - ord(" ")] for c in draw.CODE_LETTERS} == pytest.approx(measured, abs=1)
    assert 0 < face.capitals < face.ascent and face.descent < 0
