"""Paper for the day: a page with everything to print, the PDFs, and the page behind the code of a card."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from camp import access
from camp.access import allow
from camp.db import db
from camp.errors import N_, CampError
from camp.errors import NotFound as Missing
from camp.forms import refuse
from camp.i18n import wall
from sessions import paper, paper_files, planning, proposals
from sessions.pitch_forms import CardForm
from sessions.words import slot_label

bp = Blueprint("paper", __name__)


@bp.get("/<camp>/organise/paper")
@allow("moderator")
def index() -> ResponseReturnValue:
    """Everything that can be printed, with how many of it there is."""
    camp = access.the_camp()
    numbers = {which: len(paper.cards(camp, which)) for which in ("all", "unplaced", "changed")}
    free = paper.free_cells(camp)
    return render_template("sessions/paper.html", numbers=numbers, grids=paper_files.GRIDS, free=len(free))


@bp.get("/<camp>/organise/paper/<any(cards, grid, signs, posters):kind>.pdf")
@allow("moderator")
def pdf(kind: str) -> ResponseReturnValue:
    """One of the PDFs, made now."""
    camp, args = access.the_camp(), request.args
    size, which = args.get("size", ""), args.get("which", "all")
    if kind == "cards":
        if which not in paper.WHICH:
            raise NotFound
        found = [] if which == "blank" else paper.cards(camp, which)
        if which != "blank" and not found:
            raise Missing(N_("There is no such card to print."), N_("The page of paper says how many there are."))
        content = paper_files.cards(camp, found, size if size in paper_files.CARDS else "a6",
                                    paper.BLANKS if which == "blank" else 0)
    elif kind == "grid":
        content = paper_files.grid(camp, size if size in paper_files.GRIDS else "a4", which == "filled")
    elif kind == "signs":
        content = paper_files.signs(camp)
    else:
        content = paper_files.posters(camp, size if size in paper_files.POSTERS else "a4")
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{kind}-{camp.slug}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/<camp>/organise/cards/<int:session_id>", methods=["GET", "POST"])
@allow("moderator")
def card(session_id: int) -> ResponseReturnValue:
    """Behind the code of a card at the wall: the only question is in which cell it hangs."""
    camp, form = access.the_camp(), CardForm()
    session = proposals.of(camp, session_id)
    free = paper.free_cells(camp)
    slots = [slot for _room, slot in free]
    form.cell.choices = [("", _("Choose …")), *((f"{room.id}-{slot.id}", f"{slot_label(slot, slots)} · {room.letter} · "
                                                 f"{room.name}, {room.seats}") for room, slot in free)]
    if form.validate_on_submit():
        room, _dash, slot = (form.cell.data or "").partition("-")
        try:
            planning.move(camp, session.id, *(int(one) if one.isdecimal() and len(one) < 10 else 0
                                              for one in (room, slot)), person_id=access.viewer().person_id)
        except CampError as error:
            db.session.rollback()
            refuse(form, error)
        else:
            db.session.commit()
            entry = paper.place_of(camp, session.id)
            flash(_("It hangs at %(time)s in %(room)s.", time=wall(entry.starts), room=entry.room_name)
                  if entry else _("Saved."), "ok")
            return redirect(url_for("paper.card", session_id=session.id), 303)
    return render_template("sessions/wall_card.html", form=form, session=session,
                           here=paper.place_of(camp, session.id)), 422 if form.errors else 200
