"""Operators under the text: what they draw and where."""

import re

from badges import draw, labels

MARKS = ((draw.SPROUT, (75.0, 44.0)),)
CARD = draw.Drawing("HTTPS://C.DE/B/ABCDEFGH234567QZ", (53.0, 11.6), MARKS, (5.0, 5.0), (75.0, 2.4))


def test_a_page_balances_its_states_and_starts_in_millimetres_from_the_upper_left() -> None:
    lines = draw.page_stream(labels.A4_TEN, [CARD]).decode("ascii").splitlines()
    words = " ".join(lines).split()
    assert lines[0] == "q 2.83465 0 0 -2.83465 0 841.890 cm"
    assert words.count("q") == words.count("Q")


def test_the_code_is_thirty_millimetres_with_its_white_modules() -> None:
    stream = draw.page_stream(labels.A4_TEN, [CARD]).decode("ascii")
    scale = float(re.search(r"1 0 0 1 53 11.6 cm\n([\d.]+) 0 0", stream)[1])
    bars = [tuple(map(int, bar)) for bar in re.findall(r"^(\d+) (\d+) (\d+) 1 re$", stream, re.MULTILINE)]
    assert round(scale * (29 + 8), 3) == 30
    assert (min(x for x, _, _ in bars), max(x + width for x, _, width in bars)) == (4, 33)
    assert (min(y for _, y, _ in bars), max(y + 1 for _, y, _ in bars)) == (4, 33)


def test_cards_stand_at_the_places_of_the_sheet() -> None:
    stream = draw.page_stream(labels.A4_TEN, [CARD] * 3).decode("ascii")
    assert re.findall(r"q 1 0 0 1 (20|105) (13.5|67.5) cm", stream) == [("20", "13.5"), ("105", "13.5"), ("20", "67.5")]


def test_cut_marks_lie_outside_all_cards() -> None:
    stream = draw.page_stream(labels.A4_TEN, []).decode("ascii")
    marks = re.findall(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S", stream)
    points = [(float(x), float(y)) for a, b, c, d in marks for x, y in ((a, b), (c, d))]
    assert len(marks) == 2 * 3 + 2 * 6
    assert not [(x, y) for x, y in points if 18 < x < 192 and 11.5 < y < 285.5]
