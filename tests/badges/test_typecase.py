"""The type case: lines set once by WeasyPrint, taken out of its streams, placed and kept within their room."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from weasyprint import HTML

from badges import typecase
from badges.typecase import Line, Piece

FACES = {"n": "font-family:'Noto Sans';font-weight:700", "o": "font-family:'Noto Sans'"}


def _set(lines: Sequence[Line]) -> dict[Line, Piece]:
    found, case = typecase.pages(lines), {}

    def finish(document: Any, pdf: Any) -> None:
        known = {thing.reference: thing for thing in pdf.objects}
        streams = [known[thing["Contents"]].stream for thing in pdf.objects if isinstance(thing, dict) and thing.get("Type") == "/Page"]
        widths: Mapping[str, dict[int, int]] = {font.hash: font.widths for font in document.fonts.values()}
        case.update(typecase.taken(found, streams, widths))

    HTML(string=typecase.html(found, FACES)).write_pdf(finisher=finish)
    return case


def test_lines_are_set_once_and_apart_by_kind_and_direction() -> None:
    a, b, c, d = Line("n", "Mai"), Line("o", "Mai"), Line("n", "Wei"), Line("n", "محمد", True)
    assert typecase.pages([a, b, a, c, d, b]) == [(a, c), (b,), (d,)]
    many = [Line("n", str(number)) for number in range(250)]
    assert [len(page) for page in typecase.pages(many)] == [100, 100, 50]


def test_a_line_with_strange_marks_has_a_class_of_its_own() -> None:
    lines = [Line("n", "Ŋwā̰"), Line("n", "Ŋwā̰", strange=True)]
    assert typecase.pages(lines) == [(lines[0],), (lines[1],)]
    assert '<div class="nx">Ŋwā̰</div>' in typecase.html(typecase.pages(lines), FACES)


def test_each_line_gets_the_operators_of_its_own_text_with_their_font() -> None:
    lines = [Line("n", "Mai"), Line("n", "A <b>&amp;"), Line("n", "Łódź"), Line("o", "Mai"), Line("n", "محمد abc", True)]
    case = _set(lines)
    assert set(case) == set(lines)
    assert all(piece.text.startswith("/") and " Tf [<" in piece.text and " Tm" not in piece.text for piece in case.values())
    assert case[lines[0]].text.split()[0] != case[lines[3]].text.split()[0]
    assert case[lines[1]].base > case[lines[0]].base
    assert [piece.emoji for piece in case.values()] == [""] * 5


def test_an_emoji_and_the_fonts_around_it_stay_with_their_line() -> None:
    lines = [Line("n", "Anna"), Line("n", "Ünal 🙂 x"), Line("n", "Bo")]
    case = _set(lines)
    assert [bool(case[line].emoji) for line in lines] == [False, True, False]
    assert case[lines[1]].emoji.count("q") == case[lines[1]].emoji.count("Q") and " Do" in case[lines[1]].emoji
    assert all(case[line].text.startswith("/") for line in lines)
    assert " q 0.1" in typecase.shown(case[lines[1]], 5, 10, 20 * 0.5, 100)


def test_widths_are_those_of_the_glyphs_less_the_kerning() -> None:
    widths = {"F": {1: 500, 2: 1000}}
    piece = typecase._cut([b"BT", b"1 0 0 -1 0 30 Tm", b"/F 20 Tf", b"[<0001>-100<0002>0] TJ", b"ET"], widths)[0]
    assert piece == Piece("/F 20 Tf [<0001>-100<0002>0] TJ", "", 30.0, 20 * 1.6)


def test_a_line_is_as_large_as_measured_or_as_there_is_room_for() -> None:
    piece = Piece("/F 26.667 Tf [<0001>0] TJ", "", 30, 100)
    assert typecase.shown(piece, 5, 10, 20, 100).startswith("BT 0.26458 0 0 -0.26458 5.00 10.00 Tm")
    assert typecase.shown(piece, 5, 10, 20, 20).startswith("BT 0.20000 0 0 -0.20000")


def test_another_number_of_lines_than_expected_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter|longer"):
        typecase.taken([(Line("n", "a"), Line("n", "b"))], [[b"BT", b"1 0 0 -1 0 30 Tm", b"[<0001>0] TJ", b"ET"]], {})
