"""A process that prints badges once, and says what that took: as the program does, or with each code as an SVG."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path

from badges import compose, design, draw, fit, fonts, labels, qr, sheet
from badges.card import BadgeCard, words
from camp import codes
from camp.paths import VENDOR
from tests.bench.told import tell

LOOK = sheet.Look("E-Commerce-Camp Mülheim 2027", "de", "#0a5a66")
ON = labels.A4_TEN


def ours(cards: list[BadgeCard]) -> bytes:
    """As the program prints them."""
    return sheet.render(cards, LOOK, fonts_dir=VENDOR, sheet=ON)


def inline(cards: list[BadgeCard]) -> bytes:
    """The same texts and codes set by WeasyPrint in HTML, each code an SVG; nothing else is on its cards.

    All is in the normal flow and every style a class that cards share, which is the fastest way that was found.
    """
    from weasyprint import HTML
    plan, files = design.of(ON.card_mm), fonts.shipped(VENDOR)
    ruler = fonts.ruler(VENDOR, "".join([LOOK.title, *map(words, cards)]))
    once, classes, body = compose.shared(cards, LOOK.title, plan, ruler), {}, ""
    for number, card in enumerate(cards):
        place = number % ON.cards
        body += ("</section><section>" if number and not place else "") + _card(card, place % ON.columns, plan, ruler, once, classes)
    shipped = "".join(f'@font-face{{font-family:"{name}";src:url("{path.as_uri()}")}}' for name, path in files.items())
    faces = "".join(f".{kind}{{font-family:{fonts.css_families(family)};font-weight:{weight}}}" for kind, (family, weight) in compose.FONTS.items())
    sizes = "".join(f".{name}{{{style}}}" for style, name in classes.items())
    page, origin, height = ON.page_mm, ON.origin_mm, ON.card_mm[1]
    html = f"""<!doctype html><html lang="de"><title>{LOOK.title}</title><style>{shipped}
@page{{size:{page[0]}mm {page[1]}mm;margin:0}}body{{margin:0;text-align:left;overflow-wrap:anywhere;color:{draw.INK}}}
section{{padding:{origin[1]}mm 0 0 {origin[0]}mm;height:{ON.rows * height}mm}}section+section{{break-before:page}}
article{{padding-top:{plan.name[0]}mm;height:{height - plan.name[0]}mm;width:{plan.name[2]}mm;margin-left:{plan.edge}mm}}
article.c1{{margin:{-height}mm 0 0 {plan.edge + ON.card_mm[0]}mm}}
svg{{display:block;width:30mm;height:30mm;margin:{plan.code_at[1] - plan.name[0]}mm 0 {plan.name[0] - plan.code_at[1] - 30}mm {plan.code_at[0] - plan.edge}mm}}
{faces}{sizes}</style><section>{body}</section>"""
    return bytes(HTML(string=html).write_pdf())


def _card(card: BadgeCard, column: int, plan: design.Design, ruler: fonts.Ruler, once: compose.Shared, classes: dict[str, str]) -> str:
    texts, foot, y, height = _svg(card.code_url), "", plan.name[0] * compose.PT, ON.card_mm[1] * compose.PT
    for block in compose.blocks(card, plan, ruler, once):
        text, rtl = block.text, " dir=rtl" if fit.base_direction(block.text.text) == "rtl" else ""
        style = f"font-size:{text.size:g}pt;line-height:{text.leading:g};height:{text.height:.1f}pt;"
        if block.kind == "h":
            left = plan.edge + column * ON.card_mm[0]
            style += f"margin:{block.top - height:.0f}pt 0 {height - block.top - text.height:.0f}pt {left}mm"
        else:
            style += f"margin-top:{(block.top - y) // 1.5 * 1.5:.1f}pt"
            y = block.top + text.height
        html = f'<div class="{block.kind} {classes.setdefault(style, f"s{len(classes)}")}"{rtl}>{escape(text.text)}</div>'
        texts, foot = (texts, html) if block.kind == "h" else (texts + html, foot)
    return f"<article class=c{column}>{texts}</article>{foot}"


def _svg(address: str) -> str:
    modules = qr.matrix(address)
    side = len(modules) + 2 * codes.QUIET
    bars = "".join(f"M{x + codes.QUIET} {y + codes.QUIET}h{width}v1h-{width}z" for x, y, width in codes.runs(modules))
    return f'<svg viewBox="0 0 {side} {side}"><path d="{bars}"/></svg>'


PROGRAMS: dict[str, Callable[[list[BadgeCard]], bytes]] = {"ours": ours, "inline": inline}


def main() -> int:
    """Print the badges of a file by one of the programs."""
    cards = [BadgeCard(**card) for card in json.loads(Path(sys.argv[2]).read_text("utf-8"))]
    return tell(("fontTools.subset", "fontTools.varLib.instancer", "qrcode.main", "weasyprint"),
                lambda: PROGRAMS[sys.argv[1]](cards), *sys.argv[3:4])


if __name__ == "__main__":
    sys.exit(main())
