"""The guided set-up: the pages of the organisers one after the other, with the way back and forth beside each.

The guide is the query `guide=1` on their own addresses: what is linked, sent or saved there stays in it, and nothing is
kept. A page with one form goes on to the next step when it is saved; one with a list stays until somebody goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, g, has_request_context, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, guide, papers
from camp.access import allow
from camp.errors import N_

bp = Blueprint("guide", __name__)
_PAGES = {"camp": "setup.change", "days": "setup.days", "look": "pictures.look", "institution": "opening.who",
          "rooms": "venue.room_list", "slots": "venue.slot_list", "phases": "setup.phase_list",
          "partners": "partners.index"}
_LABELS = {"camp": N_("Name and place"), "days": N_("Days"), "look": N_("Look"),
           "institution": N_("Who answers for it"), "rooms": N_("Rooms"), "slots": N_("Slots"),
           "phases": N_("Phases"), "partners": N_("Partners")} | papers.LABELS
# What is done on the page of a step, and the pages below it.
_BELOW = {"setup.places": "days", "setup.remove_day": "days", "pictures.remove_logo": "look", "venue.room": "rooms",
          "venue.move_room": "rooms", "venue.remove_room": "rooms", "venue.slot": "slots", "venue.add_slot": "slots",
          "venue.add_row": "slots", "venue.remove_slot": "slots", "venue.close_cell": "slots",
          "venue.open_cell": "slots", "setup.phase": "phases", "setup.turn": "phases", "partners.edit": "partners",
          "partners.move": "partners", "partners.remove": "partners", "pictures.edit": "rooms"}
_STEP_OF = {page: step for step, page in _PAGES.items()} | _BELOW
_END = "opening.checklist"


@dataclass(frozen=True, slots=True)
class Here:
    """Where somebody is in the guide: step `number` of `all`; `back` and `on` are addresses with their labels."""

    step: str
    number: int
    back: tuple[str, str] | None
    on: tuple[str, str]

    @property
    def label(self) -> str:
        """What the step is called."""
        return _(_LABELS[self.step])

    @property
    def all(self) -> int:
        """How many steps there are."""
        return len(guide.STEPS)


def init_app(app: Flask) -> None:
    """Let addresses that are made on a page of the guide stay in it, and templates know where one is."""
    app.register_blueprint(bp)
    app.url_defaults(_stay)
    app.context_processor(lambda: {"guide": here()})


@bp.get("/<camp>/organise/guide")
@allow("organiser")
def index() -> ResponseReturnValue:
    """All steps, with what is done, and the way to go on."""
    camp = access.the_camp()
    there, next_one = guide.done(camp), guide.to_go_on(camp)
    steps = [(_(_LABELS[step]), way(step), step in there) for step in guide.STEPS]
    return render_template("camp/guide.html", steps=steps, done=len(there), over=not next_one,
                           on=way(next_one) if next_one else url_for(_END))


def here() -> Here | None:
    """The step of this request; none outside the guide."""
    if not _is_on():
        return None
    step = str((request.view_args or {}).get("name")) if request.endpoint == "opening.text" else _STEP_OF.get(
        request.endpoint or "", "")
    return at(step) if step in guide.STEPS else None


def at(step: str) -> Here:
    """A step with its neighbours."""
    number = guide.STEPS.index(step)
    before, after = guide.STEPS[:number][-1:], guide.STEPS[number + 1:][:1]
    return Here(step, number + 1, (way(before[0]), _(_LABELS[before[0]])) if before else None,
                (way(after[0]), _(_LABELS[after[0]])) if after else (url_for(_END), _("Set-up")))


def first() -> Here:
    """The step in which a camp is made: there is no other one yet."""
    return Here("camp", 1, None, ("", ""))


def way(step: str, **values: Any) -> str:
    """The address of a step."""
    if step in papers.NAMES:
        return url_for("opening.text", name=step, guide=1, **values)
    return url_for(_PAGES[step], guide=1, **values)


def onward(endpoint: str, **values: Any) -> str:
    """Where to go after saving, instead of the checklist; empty outside the guide and on pages with a list."""
    now = here() if endpoint == _END else None
    if now is None:
        return ""
    after = guide.STEPS[now.number:][:1]
    return way(after[0], **values) if after else ""


def _is_on() -> bool:
    return has_request_context() and request.args.get("guide") == "1" and g.get("camp") is not None


def _stay(endpoint: str, values: dict[str, Any]) -> None:
    if (endpoint in _STEP_OF or endpoint == "opening.text") and "guide" not in values and here() is not None:
        values["guide"] = 1
