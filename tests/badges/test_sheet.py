"""Badge sheets: rendered, read back with other people's readers, and measured against the cards' edges."""

import io
import re
import socket
import string
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from badges import compose, design, draw, fit, fonts, labels, sheet
from badges.card import BadgeCard, Face, Inside, spoken
from badges.card import words as all_of

pytestmark = pytest.mark.xdist_group("sheets")  # in one process, which renders each sheet once
VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"
TITLE = "E-Commerce-Camp Mülheim 2027"
POINT = 72 / 25.4
PLAN = design.of((85, 54))
DIGITS = string.ascii_uppercase + "234567"


def _code(number: int) -> str:
    return "HTTPS://CAMP.EXAMPLE.ORG/B/" + "".join(DIGITS[(number * 7 + i * 11) % 32] for i in range(16))


PEOPLE = [
    ("Karl-Heinz", "Schwarz", "Styrumtechnik KG"),
    ("محمد", "الخطيب", "FOM"),
    ("Andreas", "Phạm", "Marktmöbel e. K."),
    ("Zoë", "Đặng-Nguyễn", "Universität Duisburg-Essen"),
    ("明", "王", "Ruhrtechnik KG"),
    ("Mehmet", "Yılmaz", "Stadtbibliothek"),
    ("Çağla", "Gülşen-Öztürk", "Öztürk & Söhne"),
    ("Elif", "Wiśniewska", "Hochschule Ruhr West"),
    ("Zażółć", "Gęślą", "Jaźń sp. z o.o."),
    ("Günther", "Großmann", "Regalhaus GmbH & Co. KG"),
    ("Maximiliane-Friederike", "Freifrau von und zu Hohenlohe-Waldenburg-Schillingsfürst", "Kontorwerk UG"),
    ("Wolfgang Wilhelm", "Donaudampfschifffahrtsgesellschaftskapitänswitwe", "Wirtschaftsförderungsgesellschaft " * 2),
    ("W" * 80, "M" * 90, "i" * 120),
    ("Ελευθερία", "Παπαδοπούλου", "ΔΕΗ"),
    ("Жанна", "Щербакова", "Почта"),
    ("שרה", "כהן", ""),
    ("สมชาย", "ใจดี", ""),
    ("Pia 🙂", "van der Berg", "privat"),
    ("Madonna", "", ""),
    ("Ŋwā̰bá̱", "Ĝọ̀ṽṽín̈", "Ọ̀ṣun x̌ q̄"),  # letters with two marks, for which there is no single character
    ("अनुष्का", "माली", "👩🏽‍💻 & 🇩🇪"),
    ("Jürgen <b>&amp;", 'O’Neill "Q"', "</style><p>x"),
    ("Bartholomäus", "Müller-Lüdenscheidt", "Amt für Öffentliche Ordnung und Stadtentwicklung"),
]
TAGS = ["#UX #Preis", "", "#Marktplätze #Nachhaltigkeit #Barrierefreiheit", "#" + "w" * 80, "#Recht " * 12]
KINDS = ["Mittelstand", "Hochschule", "", "Öffentliche Einrichtung"]
ROLES = ["", "Orga", "Moderation"]
CARDS: list[BadgeCard] = [
    BadgeCard(*who, KINDS[i % 4], TAGS[i % 5], _code(i), first_time=i % 2 == 0, no_photo=i % 3 == 0, role=ROLES[i % 3])
    for i, who in enumerate(PEOPLE)
]


LOOK = sheet.Look(TITLE, "de", "#0a5a66")


def _render(cards: Sequence[Face], look: sheet.Look = LOOK, **options: Any) -> bytes:
    return sheet.render(cards, look, fonts_dir=VENDOR, **options)


@cache
def _of(layout: str) -> bytes:
    """All people above on this sheet."""
    return _render(CARDS, sheet=labels.SHEETS[layout])


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """The sheet of all people above: three pages."""
    return _of("a4-10")


def _packed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _words(pdf: bytes) -> list[list[tuple[str, float, float, float, float]]]:
    """Per page: each word with its box (left, top, right, bottom) in mm, as poppler sees it."""
    html = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    box = re.compile(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    return [
        [(unescape(m[4]), *(float(v) / POINT for v in m[:4])) for m in box.findall(page)]
        for page in html.split("<page ")[1:]
    ]


def _card_words(pdf: bytes, on: labels.Sheet = labels.A4_TEN) -> list[list[tuple[str, float, float, float, float]]]:
    """Per card, in order: the words whose middle lies on it, with boxes in mm from the card's corner."""
    cards, (width, height) = [], on.card_mm
    for page in _words(pdf):
        for x, y in labels.positions(on):
            inside = [w for w in page if x < (w[1] + w[3]) / 2 < x + width and y < (w[2] + w[4]) / 2 < y + height]
            cards.append([(w[0], w[1] - x, w[2] - y, w[3] - x, w[4] - y) for w in inside])
    return cards


@pytest.mark.parametrize("layout", labels.SHEETS)
def test_every_text_of_every_script_is_read_back_in_full_and_in_order(layout: str) -> None:
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=_of(layout), capture_output=True, check=True).stdout
    pages = [_packed(page) for page in text.decode().split("\f") if page]
    each = labels.SHEETS[layout].cards
    assert len(pages) == -(-len(CARDS) // each)
    for i, card in enumerate(CARDS):
        for text in (card.name, card.family, card.organisation, card.hashtags, card.kind_label, card.role, TITLE):
            assert _packed(text) in pages[i // each], card


@pytest.mark.parametrize("layout", labels.SHEETS)
def test_every_code_is_read_from_the_page_and_lies_on_the_card_of_its_owner(layout: str, tmp_path: Path) -> None:
    on, (pdf, number) = labels.SHEETS[layout], _sample(layout)
    expected = {i: card.code_url for i, card in enumerate(CARDS[:number])}
    assert [_codes(pdf, on, dpi, tmp_path) for dpi in (150, 300)] == [expected, expected]


@cache
def _sample(layout: str) -> tuple[bytes, int]:
    """The people above on one page of this sheet, on two where a page has one card; and how many they are."""
    number = max(2, labels.SHEETS[layout].cards)
    return _render(CARDS[:number], sheet=labels.SHEETS[layout]), number


def _codes(pdf: bytes, on: labels.Sheet, dpi: int, tmp_path: Path) -> dict[int, str]:
    """The codes that are read from the pages, by the number of the place on which each lies whole."""
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", tmp_path / "sheet.pdf", tmp_path / "page"], check=True)
    found, (width, height) = {}, on.card_mm
    for number, file in enumerate(sorted(tmp_path.glob("page*.pgm"))):
        for code in zxingcpp.read_barcodes(Image.open(file), formats=zxingcpp.BarcodeFormat.QRCode):
            corners = (code.position.top_left, code.position.bottom_right)
            (left, top), (right, bottom) = ((p.x / dpi * 25.4, p.y / dpi * 25.4) for p in corners)
            for place, (x, y) in enumerate(labels.positions(on)):
                if x < left < right < x + width and y < top < bottom < y + height:
                    found[number * on.cards + place] = code.text
    return found


@pytest.mark.parametrize("layout", labels.SHEETS)
def test_no_word_leaves_its_card_or_reaches_into_the_code(layout: str) -> None:
    on = labels.SHEETS[layout]
    plan = design.of(on.card_mm)
    left, top = plan.code_at
    for words in _card_words(_of(layout), on)[: len(CARDS)]:
        assert words
        for word, x0, y0, x1, y1 in words:
            assert x0 >= plan.edge - 0.1 and x1 <= on.card_mm[0] - plan.edge + 0.1, word
            assert y0 > 0 and y1 < on.card_mm[1], word
            middle = (y0 + y1) / 2  # a box is as high as its font, the ink is around its middle
            assert x1 <= left + 0.1 or not top <= middle <= top + draw.CODE_MM, word


@pytest.mark.parametrize("layout", ["a4-10", "avery-l4785", "a6"])
def test_no_two_lines_of_a_card_lie_on_each_other(layout: str) -> None:
    on = labels.SHEETS[layout]
    for words in _card_words(_of(layout), on)[: len(CARDS)]:
        for number, (word, x0, y0, x1, y1) in enumerate(words):
            for other, a0, b0, a1, b1 in words[number + 1 :]:
                middle, height = (b0 + b1) / 2, y1 - y0
                beside = x1 <= a0 + 0.1 or a1 <= x0 + 0.1 or min(x1 - x0, a1 - a0) < 0.05  # marks without a width
                assert beside or abs((y0 + y1) / 2 - middle) > min(height, b1 - b0) * 0.3, (word, other)


def test_a_folded_badge_has_the_name_on_both_sides_and_its_private_code_inside(tmp_path: Path) -> None:
    private = "HTTPS://CAMP.EXAMPLE.ORG/P/" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    inside = Inside("Nur für dich", "Dieser Code meldet dich an.", private), Inside("WLAN", "Netz: camp\nCode: 1234")
    pdf = _render([CARDS[0], CARDS[0], *inside], sheet=labels.FOLDED)
    pages = [_packed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]
    assert [(page.count("Karl-Heinz"), page.count("Nurfürdich"), page.count("Code:1234")) for page in pages] == [(2, 0, 0), (0, 1, 1)]
    assert _codes(pdf, labels.FOLDED, 150, tmp_path) == {0: CARDS[0].code_url, 1: CARDS[0].code_url, 2: private}


def test_the_first_card_lies_on_the_free_place(tmp_path: Path) -> None:
    on = labels.SHEETS["avery-l4785"]
    pdf = _render(CARDS[:9], sheet=on, start=4)
    assert _codes(pdf, on, 150, tmp_path) == {i + 3: card.code_url for i, card in enumerate(CARDS[:9])}
    with pytest.raises(ValueError, match="places 1 to 10"):
        _render(CARDS[:1], sheet=on, start=11)


def test_a_blank_badge_has_its_number_and_its_code_and_no_name(tmp_path: Path) -> None:
    pdf = _render([BadgeCard("", "", "", "", "Nr. 7", _code(7), blank=True)])
    assert _packed(PdfReader(io.BytesIO(pdf)).pages[0].extract_text()) == _packed(TITLE + "Nr. 7" + spoken(_code(7)))
    assert _codes(pdf, labels.A4_TEN, 150, tmp_path) == {0: _code(7)}


def test_the_letters_of_each_code_stand_under_it_and_touch_nothing() -> None:
    wide = [replace(card, code_url=card.code_url[:-16] + "W" * 16) for card in CARDS]
    for cards in (CARDS, wide):
        for card, words in zip(cards, _card_words(_render(cards)), strict=False):
            code = card.code_url[-16:]
            groups = [code[start : start + 4] for start in range(0, 16, 4)]
            letters = [w for w in words if w[0] in groups and w[2] < PLAN.letters_line < w[4]]
            assert [w[0] for w in sorted(letters, key=lambda w: w[1])] == groups
            assert round(max(w[3] for w in letters), 1) == PLAN.edge + PLAN.width
            left, middle = min(w[1] for w in letters), (letters[0][2] + letters[0][4]) / 2
            assert [w for w in words if w not in letters and abs((w[2] + w[4]) / 2 - middle) < 2 and w[3] > left - 1] == []


def test_the_capitals_of_the_letters_stay_below_the_white_modules_of_the_code() -> None:
    face = draw.letters_face(fonts.shipped(VENDOR)["Hanken latin"])
    assert draw.CODE_PT >= 6.5
    assert PLAN.letters_line - face.capitals / 1000 * draw.CODE_PT / POINT > PLAN.code_at[1] + draw.CODE_MM


def test_a_print_without_title_and_kinds_has_only_its_own_pages() -> None:
    reader = PdfReader(io.BytesIO(_render([replace(CARDS[0], kind_label="", hashtags="")], replace(LOOK, title=""))))
    assert len(reader.pages) == 1
    assert _packed(reader.pages[0].extract_text()) == _packed("Karl-Heinz Schwarz Styrumtechnik KG" + spoken(CARDS[0].code_url))


def test_every_word_of_the_pages_lies_on_a_card(pdf: bytes) -> None:
    assert sum(map(len, _words(pdf))) == sum(map(len, _card_words(pdf)))


def test_lines_break_where_the_measuring_said_and_are_no_more_than_there_is_room_for(pdf: bytes) -> None:
    ruler = fonts.ruler(VENDOR, TITLE + "".join(map(all_of, CARDS)))
    once = compose.shared(CARDS, TITLE, PLAN, ruler)
    for card, found in zip(CARDS, _card_words(pdf), strict=False):
        lines = [line for line in compose.drawing(card, PLAN, ruler, once).lines if line.line.kind in "nfo"]
        counted = sum(block.text.lines for block in compose.blocks(card, PLAN, ruler, once) if block.kind in "nfo")
        assert len(lines) == _lines_of_name(found) <= counted, card


def test_a_line_that_kerning_or_shaping_makes_wider_than_measured_is_set_smaller() -> None:
    cards = [replace(CARDS[0], name="W" * 30), replace(CARDS[0], name="ÍÌ" * 20)]
    for found in _card_words(_render(cards))[:2]:
        assert max(word[3] for word in found if set(word[0]) <= set("WÍÌ")) <= PLAN.edge + PLAN.name[2] + 0.05


def _lines_of_name(words: list[tuple[str, float, float, float, float]]) -> int:
    """How many lines stand between the title and the foot, after the middles of the words' boxes."""
    # an emoji is another font on the same line, its box has another middle
    middles = sorted((w[2] + w[4]) / 2 for w in words if max(w[0]) < "\U0001f000" and w[1] < PLAN.code_at[0])
    middles = [y for y in middles if PLAN.name[0] + 0.4 < y < PLAN.name[1]]
    return sum(1 for a, b in zip([0.0, *middles], middles, strict=False) if b - a > 0.5)


def test_fonts_are_embedded_as_subsets_of_the_shipped_files(pdf: bytes) -> None:
    names = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    rows = [line.split() for line in names.splitlines()[2:]]
    assert {row[0].split("+")[1].split("-")[0] for row in rows} >= {"Bricolage", "Hanken", "Noto"}
    assert all(row[-5:-3] == ["yes", "yes"] for row in rows)


def _set(html: str) -> bytes:
    """HTML set as the sheets are, as if nothing in it had been escaped."""
    return sheet._write(f"<!doctype html><html lang=de><title>x</title>{html}", set(), lambda document, pdf: None)


@pytest.mark.parametrize("escaped", [True, False], ids=["escaped", "even when nothing is escaped"])
def test_a_file_named_in_a_text_is_never_read(escaped: bool, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    evil = f'<img src="{secret.as_uri()}"><link rel="attachment" href="{secret.as_uri()}">'
    card = replace(CARDS[0], name="Eve", organisation=evil)
    reader = PdfReader(io.BytesIO(_render([card]) if escaped else _set(f"Eve {evil}")))
    text = reader.pages[0].extract_text()
    assert not reader.attachments
    assert ("Eve" in text, "geheim" in text) == (True, False)
    assert (_packed(evil) in _packed(text)) is escaped


def test_a08_no_field_reaches_the_network_even_when_nothing_is_escaped() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        base = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        evil = f'<img src="{base}a"><link rel="stylesheet" href="{base}b"><style>@import url({base}c);p{{background:url({base}d)}}</style>'
        short = f"<img src={base}>"
        card = BadgeCard("E " + evil[:90], "E" + short, "E" + evil[:90], short, "E" + evil[:90], _code(1), role=short)
        _render([card, Inside(short, evil, _code(2))], replace(LOOK, title=short), sheet=labels.SINGLE)
        _set(f"<p>{evil}{short}")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_direction_marks_and_control_characters_are_dropped_and_letters_composed() -> None:
    card = replace(CARDS[0], name="E\u202elif\x00", family="Mu\u0308ller")
    text = PdfReader(io.BytesIO(_render([card]))).pages[0].extract_text()
    assert "ElifMüller" in _packed(text)
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cf")} - {"\n"}


def test_no_cards_wrong_size_and_no_name_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="There are no badges to print."):
        _render([])
    with pytest.raises(ValueError, match="no room for a name and a code"):
        _render(CARDS, sheet=labels.centred("small", (210, 297), (70, 37), 3, 8))
    with pytest.raises(ValueError, match="A badge needs a name."):
        _render([replace(CARDS[0], name=" \u200e")])


def test_texts_that_no_card_and_no_code_can_hold_are_refused() -> None:
    with pytest.raises(fit.TooLong, match="Shorten it"):
        _render([replace(CARDS[0], organisation="x" * 5000)])
    with pytest.raises(ValueError, match="capitals"):
        _render([replace(CARDS[0], code_url="https://camp.example.org/b/ABC")])
    with pytest.raises(ValueError, match="A to Z and 2 to 7, not '1'"):
        _render([replace(CARDS[0], code_url="HTTPS://CAMP.EXAMPLE.ORG/B/ABC1")])


def test_a_script_without_a_font_stops_the_print(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text('<?xml version="1.0"?><fontconfig></fontconfig>', encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(fonts.FontMissing, match="fonts-noto-cjk"):
        _render([CARDS[4]])


def test_eleven_cards_take_two_pages_in_the_order_given() -> None:
    cards = [replace(CARDS[0], name=f"Nr{i}", code_url=_code(i)) for i in range(11)]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(_render(cards))).pages]
    assert [re.findall(r"Nr\d+", page) for page in pages] == [[f"Nr{i}" for i in range(10)], ["Nr10"]]
