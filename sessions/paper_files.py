"""Paper as PDF: topic cards, the grid for the wall, room signs, posters; each with a QR."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app
from flask_babel import get_locale

from camp import codes, pages, pdf, venue
from camp.i18n import wall
from camp.models import Camp
from camp.paths import STATIC
from sessions import paper
from sessions.paper import Card

_SHEETS = [STATIC / "paper.css", STATIC / "paper-wall.css"]
# Width and height in mm, and how much larger everything is than on A4.
GRIDS = {"a4": (297, 210, 1.0), "a3": (420, 297, 1.41), "a1": (841, 594, 2.83), "a0": (1189, 841, 4.0)}
CARDS = ("a6", "a5")
POSTERS = {"a4": (210, 297, 1.0), "a3": (297, 420, 1.41)}


def cards(camp: Camp, found: Sequence[Card], size: str = "a6", blanks: int = 0) -> bytes:
    """Cards to cut out, four A6 or two A5 on an A4, then empty ones; each QR opens the page that asks for the cell."""
    codes_of = {card.session_id: codes.picture(pages.external("paper.card", session_id=card.session_id))
                for card in found}
    return _made("print/cards.html", camp, cards=found, blanks=blanks, size=size, codes=codes_of,
                 propose=codes.picture(pages.external("proposals.new")))


def grid(camp: Camp, size: str = "a4", filled: bool = False) -> bytes:
    """Rooms and times as a sheet for the wall, empty or as it stands; its QR opens the grid on the phone."""
    rooms = venue.grid(camp)
    width, height, scale = GRIDS[size]
    address = pages.external("agenda.show", view="grid")
    return _made("print/grid.html", camp, grid=rooms, width=width, height=height, scale=scale, address=address,
                 code=codes.picture(address), titles=paper.filled(camp) if filled else {})


def signs(camp: Camp) -> bytes:
    """A sign for each room, A4 across: its letter, name, seats, and how to get there."""
    address = pages.external("agenda.show", view="grid")
    return _made("print/signs.html", camp, rooms=venue.rooms(camp), address=address, code=codes.picture(address))


def posters(camp: Camp, size: str = "a4") -> bytes:
    """Two posters: propose a session, and vote."""
    width, height, scale = POSTERS[size]
    found = [(name, pages.external(endpoint)) for name, endpoint in (
        ("propose", "proposals.new"), ("vote", "proposals.index"))]
    return _made("print/posters.html", camp, width=width, height=height, scale=scale,
                 posters=[(name, address, codes.picture(address)) for name, address in found])


def _made(template: str, camp: Camp, **values: object) -> bytes:
    page = current_app.jinja_env.get_template(template)
    language = str(get_locale() or "de")
    return pdf.render_html(page.render(camp=camp, language=language, clock=wall, **values), _SHEETS, STATIC)
