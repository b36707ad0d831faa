"""The printer's test page: true size, every card, text that cannot break out."""

import io
import re

import pytest
from pypdf import PdfReader

from badges import labels, rulers


@pytest.mark.parametrize("name", labels.SHEETS)
def test_each_sheet_has_a_page_of_its_size_with_its_cards_and_a_ruler_of_100_mm(name: str) -> None:
    sheet = labels.SHEETS[name]
    page = PdfReader(io.BytesIO(rulers.page(sheet, ["Drucke mit 100 % (wirklich)."]))).pages[0]
    assert [round(float(side) * 25.4 / 72, 1) for side in page.mediabox[2:]] == list(sheet.page_mm)
    content = page.get_contents().get_data().decode("cp1252")  # type: ignore[union-attr]
    boxes = re.findall(r"(\S+) (\S+) (\S+) (\S+) re S", content)
    assert [tuple(map(float, box[:2])) for box in boxes] == list(labels.positions(sheet))
    assert {tuple(map(float, box[2:])) for box in boxes} == {tuple(map(float, sheet.card_mm))}
    across = [float(x) for x in re.findall(r"^(\S+) \S+ m \1 \S+ l S$", content, re.MULTILINE)]
    assert round(max(across) - min(across), 2) == 100
    text = page.extract_text()
    assert ("Drucke mit 100 % (wirklich)." in text, str(sheet.cards) in text) == (True, True)
