"""Paper for the day: a page with everything to print, the PDFs, and the page behind the code of a card."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from camp import access, jobs, phones, printed, ways
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput, CampError, Conflict, NotAllowed
from camp.forms import refuse
from camp.i18n import wall
from camp.views.queueing import handed_out, queued
from sessions import guests, paper, paper_files, paper_jobs, planning, proposals
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
    return render_template("sessions/paper.html", numbers=numbers, grids=paper_files.GRIDS, free=len(free),
                           walk_up=guests.rules(camp).open,
                           prints=[(job, printed.stored(current_app.config["CAMP"], job))
                                   for job in jobs.latest(camp, paper_jobs.NAME, paper_jobs.KEPT)])


@bp.get("/<camp>/organise/paper/<any(cards, grid, signs, posters):kind>.pdf")
@allow("moderator")
def pdf(kind: str) -> ResponseReturnValue:
    """One of the PDFs, made now; of the cards the empty ones."""
    camp, args = access.the_camp(), request.args
    size, which = args.get("size", ""), args.get("which", "all")
    if kind == "cards":
        content = paper_files.cards(camp, [], size if size in paper_files.CARDS else "a6", paper.BLANKS)
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


@bp.post("/<camp>/organise/paper/cards")
@allow("moderator")
def print_cards() -> ResponseReturnValue:
    """Queue a print of topic cards: all, those without a cell, or those that have changed."""
    which, size = request.form.get("which", ""), request.form.get("size", "")
    if which not in paper.WHICH[:-1] or size not in paper_files.CARDS:
        raise BadInput(N_("There is no such card to print."), N_("Use the buttons of the page."))
    args = {"which": which, "size": size, "language": str(get_locale() or "de")}
    return queued(paper_jobs.NAME, args, Conflict(
        N_("Other cards are being printed at this moment."), N_("Wait until they are ready.")))


@bp.get("/<camp>/organise/paper/<int:job_id>.pdf")
@allow("moderator")
def download(job_id: int) -> ResponseReturnValue:
    """The cards of a print; only while they are kept."""
    camp = access.the_camp()
    job = jobs.of(camp, job_id)
    path = printed.stored(current_app.config["CAMP"], job) if job and job.name == paper_jobs.NAME else None
    if path is None:
        raise NotFound
    return handed_out(path, f"cards-{camp.slug}-{job_id}.pdf")


@bp.route("/<camp>/door/cards/<int:session_id>", methods=["GET", "POST"])
@allow("public")
def card(session_id: int) -> ResponseReturnValue:
    """Behind the code of a card at the wall: the only question is in which cell it hangs.

    Moderators answer it, and the paired phones of door and desk, whose token reaches this address; others are shown
    the way to the topic.
    """
    camp, form = access.the_camp(), CardForm()
    if not (access.viewer().may("moderator") or phones.calling(current_app)):
        if request.method in ("GET", "HEAD"):
            return render_template("sessions/wall_card_found.html", session=proposals.of(camp, session_id))
        if access.viewer().signed_in:
            raise NotAllowed(N_("This is for the moderators of this camp."), N_("Ask the organisers for the role."))
        return ways.lead(url_for("people.sign_in", at=camp.slug, then=request.path))
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
