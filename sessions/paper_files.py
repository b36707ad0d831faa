"""Paper as PDF: topic cards, the grid for the wall, room signs, posters; each with a QR."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import current_app
from flask_babel import get_locale

from camp import clock, codes, pages, pdf, venue
from camp.i18n import wall
from camp.models import Camp
from camp.paths import STATIC
from sessions import guests, paper
from sessions.agenda import Changes
from sessions.models import Agenda
from sessions.paper import Card

_SHEETS = [STATIC / "paper.css", STATIC / "paper-wall.css"]
# Width and height in mm, and how much larger everything is than on A4.
GRIDS = {"a4": (297, 210, 1.0), "a3": (420, 297, 1.41), "a1": (841, 594, 2.83), "a0": (1189, 841, 4.0)}
CARDS = ("a6", "a5")
POSTERS = {"a4": (210, 297, 1.0), "a3": (297, 420, 1.41)}


def cards(camp: Camp, found: Sequence[Card], size: str = "a6", blanks: int = 0,
          tell: Callable[[int], None] | None = None) -> bytes:
    """Cards to cut out, four A6 or two A5 on an A4, then empty ones; each QR opens the page that asks for the cell.

    `tell`: see `camp.pdf.render_html`.
    """
    codes_of = {card.session_id: codes.picture(pages.external("paper.card", camp=camp.slug, session_id=card.session_id))
                for card in found}
    return _made("print/cards.html", camp, tell, cards=found, blanks=blanks, size=size, codes=codes_of,
                 propose=codes.picture(_propose(camp)))


def grid(camp: Camp, size: str = "a4", filled: bool = False) -> bytes:
    """Rooms and times as a sheet for the wall, empty or as it stands; its QR opens the grid on the phone."""
    rooms = venue.grid(camp)
    width, height, scale = GRIDS[size]
    address = pages.external("agenda.show", camp=camp.slug, view="grid")
    return _made("print/grid.html", camp, grid=rooms, width=width, height=height, scale=scale, address=address,
                 code=codes.picture(address), titles=paper.filled(camp) if filled else {})


def signs(camp: Camp) -> bytes:
    """A sign for each room, A4 across: its letter, name, seats, and how to get there."""
    address = pages.external("agenda.show", camp=camp.slug, view="grid")
    return _made("print/signs.html", camp, rooms=venue.rooms(camp), address=address, code=codes.picture(address))


def changes(camp: Camp, found: Changes, since: Agenda | None, until: Agenda | None, begins: datetime | None,
            ends: datetime | None) -> bytes:
    """What changed from one version to another (none: now), in large letters; `begins`, `ends`: of which sessions."""
    address = pages.external("agenda.show", camp=camp.slug, view="grid")
    return _made("print/changes.html", camp, found=found, since=since, until=until, begins=begins, ends=ends,
                 address=address, code=codes.picture(address), made_at=clock.now())


def posters(camp: Camp, size: str = "a4") -> bytes:
    """Two posters: propose a session, and vote."""
    width, height, scale = POSTERS[size]
    found = [("propose", _propose(camp)), ("vote", pages.external("proposals.index", camp=camp.slug))]
    return _made("print/posters.html", camp, width=width, height=height, scale=scale, walk_up=guests.rules(camp).open,
                 posters=[(name, address, codes.picture(address)) for name, address in found])


def _propose(camp: Camp) -> str:
    """Where the poster for proposing leads: without an account, or with one."""
    if guests.rules(camp).open:
        code = guests.code_of(camp, current_app.config["CAMP"].secret_key)
        return pages.external("guests.propose", camp=camp.slug, code=code)
    return pages.external("proposals.new", camp=camp.slug)


def _made(template: str, camp: Camp, tell: Callable[[int], None] | None = None, /, **values: object) -> bytes:
    page = current_app.jinja_env.get_template(template)
    language = str(get_locale() or "de")
    return pdf.render_html(page.render(camp=camp, language=language, clock=wall, **values), _SHEETS, STATIC, tell)
