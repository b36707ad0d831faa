"""Badge sheets: rendered, read back with other people's readers, and measured against the cards' edges."""

import io
import re
import string
import subprocess
import unicodedata
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from badges import draw, fit, fonts, labels, sheet

VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"
TITLE = "E-Commerce-Camp Mülheim 2027"
POINT = 72 / 25.4
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
    ("Jürgen <b>&amp;", 'O’Neill "Q"', "</style><p>x"),
    ("Bartholomäus", "Müller-Lüdenscheidt", "Amt für Öffentliche Ordnung und Stadtentwicklung"),
]
TAGS = ["#UX #Preis", "", "#Marktplätze #Nachhaltigkeit #Barrierefreiheit", "#" + "w" * 80, "#Recht " * 12]
KINDS = ["Mittelstand", "Hochschule", "", "Öffentliche Einrichtung"]
CARDS = [
    sheet.BadgeCard(*who, KINDS[i % 4], TAGS[i % 5], _code(i), first_time=i % 2 == 0, no_photo=i % 3 == 0)
    for i, who in enumerate(PEOPLE)
]


def _render(cards: list[sheet.BadgeCard], **options: object) -> bytes:
    return sheet.render(cards, **({"camp_title": TITLE, "language": "de", "fonts_dir": VENDOR} | options))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """The sheet of all people above: three pages."""
    return _render(CARDS)


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


def _card_words(pdf: bytes) -> list[list[tuple[str, float, float, float, float]]]:
    """Per card, in order: the words whose middle lies on it, with boxes in mm from the card's corner."""
    cards = []
    for page in _words(pdf):
        for x, y in labels.positions(labels.A4_TEN):
            inside = [w for w in page if x < (w[1] + w[3]) / 2 < x + 85 and y < (w[2] + w[4]) / 2 < y + 54]
            cards.append([(w[0], w[1] - x, w[2] - y, w[3] - x, w[4] - y) for w in inside])
    return cards


def test_every_text_of_every_script_is_read_back_in_full_and_in_order(pdf: bytes) -> None:
    pages = [_packed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) == 3
    for i, card in enumerate(CARDS):
        for text in (card.name, card.family, card.organisation, card.hashtags, card.kind_label, TITLE):
            assert _packed(text) in pages[i // 10]


def test_every_code_is_read_from_the_page_and_lies_on_the_card_of_its_owner(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", tmp_path / "sheet.pdf", tmp_path / "page"], check=True)
    found = {}
    for number, file in enumerate(sorted(tmp_path.glob("page*.png"))):
        for code in zxingcpp.read_barcodes(Image.open(file)):
            corners = (code.position.top_left, code.position.bottom_right)
            (left, top), (right, bottom) = ((p.x / 150 * 25.4, p.y / 150 * 25.4) for p in corners)
            for place, (x, y) in enumerate(labels.positions(labels.A4_TEN)):
                if x < left < right < x + 85 and y < top < bottom < y + 54:
                    found[number * 10 + place] = code.text
    assert found == {i: card.code_url for i, card in enumerate(CARDS)}


def test_no_word_leaves_its_card_or_reaches_into_the_code(pdf: bytes) -> None:
    left, top = sheet.CODE_AT
    for words in _card_words(pdf)[: len(CARDS)]:
        assert words
        for word, x0, y0, x1, y1 in words:
            assert x0 >= sheet.EDGE - 0.1 and x1 <= sheet.EDGE + sheet.WIDTH + 0.1, word
            assert y0 > 0 and y1 < 54, word
            middle = (y0 + y1) / 2  # a box is as high as its font, the ink is around its middle
            assert x1 <= left or not top <= middle <= top + draw.CODE_MM, word


def test_the_letters_of_each_code_stand_under_it_and_touch_nothing() -> None:
    wide = [replace(card, code_url=card.code_url[:-16] + "W" * 16) for card in CARDS]
    for cards in (CARDS, wide):
        for card, words in zip(cards, _card_words(_render(cards)), strict=False):
            code = card.code_url[-16:]
            groups = [code[start : start + 4] for start in range(0, 16, 4)]
            letters = [w for w in words if w[0] in groups and w[2] < sheet.LETTERS_LINE < w[4]]
            assert [w[0] for w in sorted(letters, key=lambda w: w[1])] == groups
            assert round(max(w[3] for w in letters), 1) == sheet.EDGE + sheet.WIDTH
            left, middle = min(w[1] for w in letters), (letters[0][2] + letters[0][4]) / 2
            assert [w for w in words if w not in letters and abs((w[2] + w[4]) / 2 - middle) < 2 and w[3] > left - 1] == []


def test_the_capitals_of_the_letters_stay_below_the_white_modules_of_the_code() -> None:
    face = draw.letters_face(fonts.shipped(VENDOR)["Hanken latin"])
    assert draw.CODE_PT >= 6.5
    assert sheet.LETTERS_LINE - face.capitals / 1000 * draw.CODE_PT / POINT > sheet.CODE_AT[1] + draw.CODE_MM


def test_a_print_without_title_and_kinds_has_only_its_own_pages() -> None:
    reader = PdfReader(io.BytesIO(_render([replace(CARDS[0], kind_label="", hashtags="")], camp_title="")))
    assert len(reader.pages) == 1
    assert _packed(reader.pages[0].extract_text()).startswith(_packed(sheet.spoken(CARDS[0].code_url)))


def test_every_word_of_the_pages_lies_on_a_card(pdf: bytes) -> None:
    assert sum(map(len, _words(pdf))) == sum(map(len, _card_words(pdf)))


def test_lines_break_where_the_measuring_said(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    expected: list[int] = []
    name, text = fit.fit_name, fit.fit_text

    def names(*args: object) -> object:
        both = name(*args)  # type: ignore[arg-type]
        expected.append(both[0].lines + both[1].lines)
        return both

    def texts(*args: object) -> object:
        one = text(*args)  # type: ignore[arg-type]
        if args[3] == sheet.ORG_STEPS:
            expected.append(one.lines)
        return one

    monkeypatch.setattr(fit, "fit_name", names)
    monkeypatch.setattr(fit, "fit_text", texts)
    _render(CARDS)
    measured = [org + both for org, both in zip(expected[::2], expected[1::2], strict=True)]
    assert [_lines_of_name(words) for words in _card_words(pdf)[: len(CARDS)]] == measured


def _lines_of_name(words: list[tuple[str, float, float, float, float]]) -> int:
    """How many lines stand between the title and the foot, after the middles of the words' boxes."""
    # an emoji is another font on the same line, its box has another middle
    middles = sorted((w[2] + w[4]) / 2 for w in words if w[0] != "🙂")
    middles = [y for y in middles if sheet.NAME_TOP + 0.4 < y < sheet.NAME_END]
    return sum(1 for a, b in zip([0.0, *middles], middles, strict=False) if b - a > 0.5)


def test_fonts_are_embedded_as_subsets_of_the_shipped_files(pdf: bytes) -> None:
    names = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    rows = [line.split() for line in names.splitlines()[2:]]
    assert {row[0].split("+")[1].split("-")[0] for row in rows} >= {"Bricolage", "Hanken", "Noto"}
    assert all(row[-5:-3] == ["yes", "yes"] for row in rows)


@pytest.mark.parametrize("escaped", [True, False], ids=["escaped", "even when nothing is escaped"])
def test_a_file_named_in_a_text_is_never_read(escaped: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    evil = f'<img src="{secret.as_uri()}"><link rel="attachment" href="{secret.as_uri()}">'
    if not escaped:
        monkeypatch.setattr(sheet, "escape", lambda text: text)
    card = replace(CARDS[0], name="Eve", organisation=evil)
    reader = PdfReader(io.BytesIO(_render([card])))
    text = reader.pages[0].extract_text()
    assert not reader.attachments
    assert "geheim" not in text
    assert (_packed(evil) in _packed(text)) is escaped


def test_direction_marks_and_control_characters_are_dropped_and_letters_composed() -> None:
    card = replace(CARDS[0], name="E\u202elif\x00", family="Mu\u0308ller")
    text = PdfReader(io.BytesIO(_render([card]))).pages[0].extract_text()
    assert "ElifMüller" in _packed(text)
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cf")} - {"\n"}


def test_no_cards_wrong_size_and_no_name_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="There are no badges to print."):
        _render([])
    with pytest.raises(ValueError, match="made for cards of 85 x 54 mm"):
        _render(CARDS, sheet=labels.centred("a4-8", (210, 297), (105, 74), 2, 4))
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
