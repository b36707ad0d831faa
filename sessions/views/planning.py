"""The plan for organisers and moderators: the wall, the tray, moving by hand, making a plan, publishing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from camp import access, jobs
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.models import Camp, Job
from camp.venue import Grid
from sessions import agenda, drafts, plan_forms, planning, timetable, words
from sessions.drafts import Draft
from sessions.jobs import SECONDS
from sessions.models import Session
from sessions.planner import score_of
from sessions.views.voting import vote_key

bp = Blueprint("planning", __name__)


@dataclass(frozen=True, slots=True)
class Card:
    """A placed session as the wall of the plan shows it."""

    session: Session
    room_id: int
    date: date
    starts: time
    ends: time
    pinned: bool
    votes: int

    @property
    def session_id(self) -> int:
        """The session's id."""
        return self.session.id


@bp.get("/<camp>/organise/plan")
@allow("moderator")
def show() -> ResponseReturnValue:
    """The plan as it stands."""
    camp = access.the_camp()
    draft = drafts.draft_of(camp, vote_key())
    wall = timetable.wall(timetable.rows(draft.grid.slots, _cards(draft)), [room.id for room in draft.grid.rooms])
    tray = [(row, words.told(row.breach, draft.names) if row.breach else "") for row in planning.tray(draft)]
    return render_template(
        "sessions/plan.html", draft=draft, wall=wall, tray=tray, figures=score_of(draft.problem, draft.placed),
        letters={room.id: room.letter for room in draft.grid.rooms}, closed=_closed(draft.grid),
        agenda=agenda.current(camp), job=_running(camp))


@bp.post("/<camp>/organise/plan")
@allow("organiser")
def make() -> ResponseReturnValue:
    """Let the worker make a plan; shows how far it is."""
    camp, person = access.the_camp(), access.viewer().person
    job = jobs.ask(camp, "plan", {
        "seed": camp.change_number + 1, "seconds": SECONDS, "link": url_for("planning.show"),
        "language": str(get_locale()), "person_id": person.id if person else None}, person.id if person else None)
    db.session.commit()
    return redirect(url_for("organise.job", job_id=job.id), 303)


@bp.route("/<camp>/organise/plan/<int:session_id>", methods=["GET", "POST"])
@allow("moderator")
def move(session_id: int) -> ResponseReturnValue:
    """Put a session into another cell; a rule that forbids it is said beside the field."""
    camp = access.the_camp()
    draft = drafts.draft_of(camp, vote_key(), votes=False)
    session, why = planning.session_of(draft, session_id)
    form = plan_forms.of(draft, session_id)
    if not why and form.validate_on_submit():
        try:
            room, slot = form.cell()
            planning.move(camp, vote_key(), session_id, room, slot, pinned=form.pinned.data, person_id=_person_id())
        except planning.Blocked as error:
            for breach in error.breaches:
                form.refuse(breach, words.told(breach, error.names))
        except CampError as error:
            refuse(form, error)
        else:
            db.session.commit()
            flash(_("“%(title)s” has its cell.", title=session.title), "ok")
            return redirect(url_for("planning.show"), 303)
    placed = drafts.session_id(session_id) in {row.session for row in draft.placed}
    return render_template("sessions/move.html", form=form, session=session, why=why, placed=placed), \
        422 if form.errors else 200


@bp.post("/<camp>/organise/plan/<int:session_id>/out")
@allow("moderator")
def take_out(session_id: int) -> ResponseReturnValue:
    """Take a session out of its cell."""
    planning.take_out(access.the_camp(), session_id, person_id=_person_id())
    db.session.commit()
    flash(_("The session lies in the tray again."), "ok")
    return redirect(url_for("planning.show"), 303)


@bp.get("/<camp>/organise/publish")
@allow("organiser")
def publish_page() -> ResponseReturnValue:
    """What publishing would change, and for how many people."""
    camp = access.the_camp()
    return render_template("sessions/publish.html", agenda=agenda.current(camp), changes=agenda.changes(camp))


@bp.post("/<camp>/organise/publish")
@allow("organiser")
def publish() -> ResponseReturnValue:
    """Publish the next version of the agenda."""
    made = agenda.publish(access.the_camp(), person_id=_person_id())
    db.session.commit()
    flash(_("Version %(number)s of the agenda is out.", number=made.number), "ok")
    return redirect(url_for("agenda.show"), 303)


def desk_panel(camp: Camp, viewer: Viewer) -> str:
    """On the desk: how much is placed, which version is out, and whether they differ."""
    draft = drafts.draft_of(camp, vote_key(), votes=False)
    return render_template("sessions/plan_panel.html", placed=len(draft.placed), everything=len(draft.sessions),
                           left_out=len(draft.left_out), agenda=agenda.current(camp), changes=agenda.changes(camp))


def _cards(draft: Draft) -> list[Card]:
    slots, index = draft.grid.session_slots, {}
    for number, slot in enumerate(slots):
        index[drafts.slot_id(slot.id)] = number
    counts: dict[str, int] = {}
    for wanted in draft.problem.votes.values():
        for vote in wanted:
            counts[vote] = counts.get(vote, 0) + 1
    found = []
    for row in draft.placed:
        session, first = draft.sessions[row.session], index[row.slot]
        last = slots[min(first + session.length, len(slots)) - 1]
        found.append(Card(session, drafts.row_id(row.room), slots[first].date, slots[first].starts, last.ends,
                          row.session in draft.pinned, counts.get(row.session, 0)))
    return found


def _closed(grid: Grid) -> set[tuple[int, date, time]]:
    slots = {slot.id: slot for slot in grid.slots}
    return {(room, slots[slot].date, slots[slot].starts) for room, slot in grid.closed}


def _running(camp: Camp) -> Job | None:
    return next((job for job in jobs.latest(camp, "plan", 1) if job.state in ("queued", "running")), None)


def _person_id() -> int | None:
    person = access.viewer().person
    return person.id if person else None
