"""A process that prints badges once by ReportLab or typst, with our own codes, and says what that took.

It runs in an environment of its own with nothing but the library and `qrcode`; of the program it uses the codes, the
sheet and the design. Both know Noto Sans alone, so names in Arabic or Chinese stay empty or come in another font.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from badges import design, draw, fit, labels, qr
from camp import codes
from tests.bench.told import tell

TITLE = "E-Commerce-Camp Mülheim 2027"
MM = 72 / 25.4
ON, PLAN = labels.A4_TEN, design.of(labels.A4_TEN.card_mm)
Card = dict[str, Any]


def by_reportlab(cards: list[Card], regular: str, bold: str) -> bytes:
    """On one canvas; sizes by measured width, codes as bars, strip and title as forms."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("R", regular), ("B", bold)):
        pdfmetrics.registerFont(TTFont(name, file))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(ON.page_mm[0] * MM, ON.page_mm[1] * MM), pageCompression=1)
    canvas.beginForm("head")
    for colour, corners in draw.strip_cells(PLAN.width, PLAN.strip[1]):
        canvas.setFillColor(colour)
        path = canvas.beginPath()
        path.moveTo(corners[0][0] * MM, -corners[0][1] * MM)
        for x, y in corners[1:]:
            path.lineTo(x * MM, -y * MM)
        canvas.drawPath(path, fill=1, stroke=0)
    canvas.setFont("B", 8)
    canvas.drawString(0, -6.5 * MM, TITLE)
    canvas.endForm()

    def text(words: str, font: str, steps: fit.Steps, width: float, x: float, y: float) -> float:
        """Set the words in the first size that fits; the base line of the last line."""
        for size, most in steps:
            lines = simpleSplit(words, font, size, width)
            if len(lines) <= most and all(pdfmetrics.stringWidth(line, font, size) <= width for line in lines):
                break
        canvas.setFont(font, size)
        for line in lines:
            y -= size * 1.1
            canvas.drawString(x, y, line)
        return y

    places = labels.positions(ON)
    for number, card in enumerate(cards):
        if number and number % ON.cards == 0:
            canvas.showPage()
        x, y = places[number % ON.cards]
        left, top, width = (x + PLAN.edge) * MM, (ON.page_mm[1] - y) * MM, PLAN.name[2] * MM
        canvas.saveState()
        canvas.translate(left, top - PLAN.strip[0] * MM)
        canvas.doForm("head")
        canvas.restoreState()
        canvas.setFillColor("#14211f")
        line = text(card["name"], "B", fit.NAME_STEPS, width, left, top - PLAN.name[0] * MM)
        line = text(card["family"], "B", tuple((size * 0.62, lines) for size, lines in fit.NAME_STEPS), width, left, line)
        text(card["organisation"], "R", design.ORG_STEPS, width, left, line - 3)
        text(card["hashtags"], "R", design.TAG_STEPS, 45 * MM, left, top - (PLAN.tags_end - 4) * MM)
        right, foot = (x + ON.card_mm[0] - PLAN.edge) * MM, top - PLAN.foot_end * MM
        label = pdfmetrics.stringWidth(card["kind_label"], "B", 7) + 9
        canvas.roundRect(right - label, foot, label, 12, 3, fill=1, stroke=0)
        canvas.setFillColor("#ffffff")
        canvas.setFont("B", 7)
        canvas.drawString(right - label + 4.5, foot + 3.5, card["kind_label"])
        canvas.setFillColor("#000000")
        canvas.setFont("R", 6.5)
        canvas.drawRightString(right, top - PLAN.letters_line * MM, card["code_url"][-16:])
        modules = qr.matrix(card["code_url"])
        scale = draw.CODE_MM * MM / (len(modules) + 2 * codes.QUIET)
        canvas.saveState()
        canvas.translate((x + PLAN.code_at[0]) * MM, top - PLAN.code_at[1] * MM)
        canvas.scale(scale, -scale)
        path = canvas.beginPath()
        for column, row, bar in codes.runs(modules):
            path.rect(column + codes.QUIET, row + codes.QUIET, bar, 1)
        canvas.drawPath(path, fill=1, stroke=0)
        canvas.restoreState()
    canvas.save()
    return written.getvalue()


_TYPST = """
#set page(width: 210mm, height: 297mm, margin: (x: 20mm, y: 13.5mm))
#set text(font: "Noto Sans", size: 9.5pt, fill: rgb("#14211f"))
#let fitted(body, width, steps, weight) = context {
  let size = steps.find(s => measure(text(size: s, weight: weight, body)).width <= width)
  block(width: width, spacing: 2pt, text(size: if size == none { steps.last() } else { size }, weight: weight, body))
}
#let names = (36pt, 33pt, 30pt, 27.5pt, 25pt, 23pt, 21pt, 19pt, 17pt, 15.5pt, 14pt, 12.5pt, 11pt, 10pt, 9pt)
#let cells = ("#22338f", "#f4743b", "#8cc4e8", "#4f6b12", "#f3bd2b", "#a374ea", "#98ecc6", "#a93a86")
#let strip = grid(columns: 8, column-gutter: 0.4mm, ..cells.map(c => rect(width: 9mm, height: 2.4mm, fill: rgb(c))))
#let card(p) = block(width: 85mm, height: 54mm, spacing: 0pt, {
  place(dx: 5mm, dy: 5mm, strip)
  place(dx: 5mm, dy: 9mm, text(size: 8pt, weight: 700, "TITLE"))
  place(dx: 5mm, dy: 12.6mm, block(width: 46mm, height: 29mm, align(horizon, {
    fitted(p.name, 46mm, names, 800)
    fitted(p.family, 46mm, names.map(s => s * 0.62), 600)
    fitted(p.organisation, 46mm, (9.5pt, 8.5pt, 7.5pt, 6.5pt), 400)
  })))
  place(dx: 52mm, dy: 11.7mm, image(bytes(p.svg), format: "svg", width: 30mm))
  place(dx: 58mm, dy: 42mm, text(size: 6.5pt, p.letters))
  place(dx: 5mm, dy: 44.5mm, fitted(p.hashtags, 45mm, (8.5pt, 8pt, 7.5pt, 6.5pt, 5.5pt), 500))
  place(top + right, dx: -5mm, dy: 45mm, box(fill: rgb("#14211f"), radius: 1mm, inset: (x: 1.6mm, y: 0.6mm), text(size: 7pt, fill: white, weight: 700, p.kind_label)))
})
#grid(columns: (85mm, 85mm), rows: 54mm, ..json("people.json").map(card))
"""


def by_typst(cards: list[Card], regular: str, bold: str) -> bytes:
    """From a file of data and a template; sizes by measured width, each code an SVG of bars."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        for card in cards:
            modules = qr.matrix(card["code_url"])
            side = len(modules) + 2 * codes.QUIET
            bars = "".join(f"M{x + codes.QUIET} {y + codes.QUIET}h{width}v1h-{width}z" for x, y, width in codes.runs(modules))
            card["svg"] = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{bars}"/></svg>'
            card["letters"] = card["code_url"][-16:]
        (Path(folder) / "people.json").write_text(json.dumps(cards), "utf-8")
        (Path(folder) / "main.typ").write_text(_TYPST.replace("TITLE", TITLE), "utf-8")
        return bytes(typst.compile(str(Path(folder) / "main.typ")))


PROGRAMS: dict[str, Callable[[list[Card], str, str], bytes]] = {"reportlab": by_reportlab, "typst": by_typst}


LIBRARIES = {"reportlab": ("reportlab.pdfbase.ttfonts", "reportlab.pdfgen.canvas", "reportlab.lib.utils"), "typst": ("typst",)}


def main() -> int:
    """Print the badges of a file by one of the libraries."""
    cards = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    return tell(("qrcode.main", *LIBRARIES[sys.argv[1]]), lambda: PROGRAMS[sys.argv[1]](cards, *sys.argv[3:5]), *sys.argv[5:6])


if __name__ == "__main__":
    sys.exit(main())
