"""The pitch desk: one screen for the typist and for whoever leads the round; each button is a form of its own."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, camps, clock, differences, editions
from camp.access import allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse, sentences
from camp.i18n import wall
from camp.models import Camp
from camp.views.saving import locked, went_through
from sessions import (
    agenda,
    desk,
    hands,
    named,
    pitch_clock,
    pitches,
    planning,
    proposals,
    rounds,
    stage,
    timetable,
    voting,
)
from sessions import live as live_mode
from sessions.guests import fresh, unseen
from sessions.merging import may_merge, similar_to
from sessions.pitch_forms import LineForm, PitchForm, RoundForm
from sessions.pitch_models import Turn
from sessions.standing import standing_of

bp = Blueprint("pitches", __name__)
_OFFERS = 4  # cells to choose from
_SETTINGS = "pitch round"  # whose edit number its settings carry


@bp.get("/<camp>/organise/pitch")
@allow("moderator")
def show() -> ResponseReturnValue:
    """The desk with who is on the stage; without a round it says when one is."""
    camp = access.the_camp()
    turn = stage.on_stage(camp)
    form = PitchForm(formdata=None, nonce=secrets.token_urlsafe(16))
    if turn is not None:
        _prefill(form, camp, turn)
    return _desk(form, turn)


@bp.post("/<camp>/organise/pitch")
@allow("moderator")
def save() -> ResponseReturnValue:
    """Save a pitch and go on with the next; what is refused keeps all that was typed."""
    camp, form = access.the_camp(), PitchForm()
    if form.validate_on_submit():
        try:
            turn = desk.save(camp, form.pitch(), person_id=access.viewer().person_id)
        except CampError as error:
            db.session.rollback()
            refuse(form, error)
            _show_theirs(form, camp)
            form.turn.data = "0"  # what is saved next is no longer about the turn of then
            form.edit_number.show(0)
            return _desk(form, stage.on_stage(camp)), error.status
        told = _saved(camp, turn)  # before the commit: another transaction would have to be begun for it
        db.session.commit()
        flash(told, "ok")
        return redirect(url_for("pitches.show"), 303)
    return _desk(form, stage.on_stage(camp)), 422


@bp.get("/<camp>/organise/pitch/cells")
@allow("moderator")
def cells() -> ResponseReturnValue:
    """The cells for what has been typed so far: a part of the desk."""
    form = PitchForm(request.args, meta={"csrf": False})
    form.validate()
    return render_template("sessions/pitch_cells.html", form=form, **_cells(access.the_camp(), form))


@bp.get("/<camp>/organise/pitch/side")
@allow("moderator")
def side() -> ResponseReturnValue:
    """Line and grid beside the desk: a part of it that comes only when its mark is another one."""
    camp = access.the_camp()
    if request.args.get("mark") == _mark(camp):
        return Response(status=204)
    return render_template("sessions/pitch_side.html", **_side(camp), at_desk=request.args.get("turn", 0, type=int))


@bp.post("/<camp>/organise/pitch/clock")
@allow("moderator")
def turn_clock() -> ResponseReturnValue:
    """Start, pause or reset the clock; with htmx only the clock comes back."""
    camp = access.the_camp()
    stage.turn_clock(camp, request.form.get("act", ""))
    db.session.commit()
    if request.headers.get("HX-Request") == "true":
        return render_template("sessions/pitch_watch.html", **_watch(camp))
    return redirect(url_for("pitches.show"), 303)


@bp.post("/<camp>/organise/pitch/next")
@allow("moderator")
def call_next() -> ResponseReturnValue:
    """Let the next one begin."""
    stage.call_next(access.the_camp())
    return _back()


@bp.post("/<camp>/organise/pitch/<int:turn_id>/skip")
@allow("moderator")
def skip(turn_id: int) -> ResponseReturnValue:
    """Who is on the stage goes to the end of the line."""
    stage.put_back(access.the_camp(), turn_id, request.form.get("edit_number", -1, type=int))
    return _back()


@bp.post("/<camp>/organise/pitch/back")
@allow("moderator")
def bring_back() -> ResponseReturnValue:
    """Bring the last one back to correct it."""
    stage.bring_back(access.the_camp())
    return _back()


@bp.post("/<camp>/organise/pitch/join")
@allow("moderator")
def join() -> ResponseReturnValue:
    """Let somebody stand in line."""
    camp = access.the_camp()
    form = LineForm().offer([], "")
    if not form.validate_on_submit():
        flash(sentences(form), "bad")
        return redirect(url_for("pitches.show"), 303)
    who = named.find(camp, form.name.data or "")
    session = proposals.of(camp, form.session.data) if form.session.data else desk.known(camp, form.title.data or "")
    pitches.join(camp, participant=who, session=session, name=form.name.data or "", title=form.title.data or "")
    return _back()


@bp.post("/<camp>/organise/pitch/<int:turn_id>/move")
@allow("moderator")
def move(turn_id: int) -> ResponseReturnValue:
    """Put somebody in line forward or back: one place, or `by` several as the drag of a mouse sends it."""
    values = request.form
    pitches.move(access.the_camp(), turn_id, max(-999, min(999, values.get("by", 0, type=int))),
                 values.get("order_number", -1, type=int))
    return _back()


@bp.post("/<camp>/organise/pitch/<int:turn_id>/leave")
@allow("moderator")
def leave(turn_id: int) -> ResponseReturnValue:
    """Take somebody out of the line."""
    pitches.leave(access.the_camp(), turn_id)
    return _back()


@bp.post("/<camp>/organise/pitch/later")
@allow("moderator")
def later() -> ResponseReturnValue:
    """Let whoever has pitched wait for a second round."""
    pitches.second_round(access.the_camp())
    return _back()


@bp.route("/<camp>/organise/pitch/settings", methods=["GET", "POST"])
@allow("moderator")
def settings() -> ResponseReturnValue:
    """Seconds of a pitch, and how hands are read."""
    camp = access.the_camp()
    found = rounds.of(camp)
    form = locked(RoundForm(data={"seconds": found.seconds, "percent": found.percent}), _SETTINGS)
    if form.validate_on_submit() and went_through(form, lambda: rounds.change(
            camp, seconds=form.seconds.data or 0, percent=form.percent.data or 0, person_id=access.viewer().person_id)):
        return _back()
    return render_template("sessions/pitch_settings.html", form=form), 422 if form.errors else 200


def _back() -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for("pitches.show"), 303)


def _prefill(form: PitchForm, camp: Camp, turn: Turn) -> None:
    session = desk.about(turn)
    form.title.data, form.host.data = session.title if session else turn.title, desk.host_of(session, turn)
    form.turn.data, form.edit_number.data = str(turn.id), turn.edit_number
    if session is not None:
        form.hands.data = hands.counted(camp).get(session.id)
        form.cell.data = desk.STAYS if agenda.where_is(camp, session.id) else desk.BEST


def _saved(camp: Camp, turn: Turn) -> str:
    cell = planning.cell_of(camp, turn.session_id or 0)
    if cell is None:
        return _("“%(title)s” is saved and has no cell yet.", title=turn.title)
    return _("“%(title)s”: %(time)s, %(room)s.", title=turn.title, time=wall(cell[1]), room=cell[0])


def _desk(form: PitchForm, turn: Turn | None) -> str:
    camp = access.the_camp()
    if not live_mode.is_live(camp):
        return render_template("sessions/pitch_closed.html", opens=camps.spans(camp).get("pitch"),
                               round=rounds.of(camp))
    walls, taken, session = desk.wall(camp), pitches.sessions_of(camp), desk.about(turn)
    return render_template(
        "sessions/pitch_desk.html", form=form, turn=turn, hosts=named.people(camp), walls=walls,
        about=session, alike=similar_to(session) if session and may_merge(camp) else (),
        unpitched=[one for one in walls if one[0] not in taken], at_desk=turn.id if turn else 0,
        settings_number=partial(editions.number, camp, _SETTINGS), **_cells(camp, form),
        **_watch(camp), **_side(camp))


def _cells(camp: Camp, form: PitchForm) -> dict[str, Any]:
    number = form.pitch().turn_id
    turn = pitches.of(camp, number) if number else None
    session = desk.about(turn) or desk.known(camp, form.title.data or "")
    raised = form.hands.data if isinstance(form.hands.data, int) and form.hands.data >= 0 else None
    people, offers = desk.offers(camp, session, form.host.data or "", raised)
    return {"people": people, "offers": offers[:_OFFERS], "session": session, "raised": raised,
            "votes": voting.count_of(session) if session else 0, "percent": rounds.of(camp).percent,
            "here": agenda.where_is(camp, session.id) if session else None}


def _show_theirs(form: PitchForm, camp: Camp) -> None:
    """What somebody else has saved of this pitch meanwhile, beside what was typed, and who it was."""
    pitch = form.pitch()
    turn = pitches.of(camp, pitch.turn_id) if pitch.turn_id else None
    if turn is None or turn.edit_number == pitch.edit_number or turn.session_id is None:
        return
    counted = hands.counted(camp).get(turn.session_id)
    rows = ((form.title, turn.title, pitch.title), (form.host, desk.host_of(turn.session, turn), pitch.host),
            (form.hands, _said(counted), _said(pitch.hands)))
    form.theirs = [(str(field.label.text), differences.between(theirs, mine)) for field, theirs, mine in rows
                   if theirs != mine]
    who = editions.last_writer(camp, ("pitched session",), session_id=turn.session_id)
    if who and pitch.edit_number != editions.NEVER_SEEN:
        form.form_errors.append(_("%(who)s has saved this in the meantime.", who=who))


def _said(number: int | None) -> str:
    return "" if number is None else str(number)


def _watch(camp: Camp) -> dict[str, Any]:
    found, waiting = rounds.of(camp), pitches.line(camp)
    return {"round": found, "seconds_left": pitch_clock.seconds_left(found.left, found.runs_since, clock.now()),
            "done": stage.number_done(camp), "outlook": stage.outlook(camp, waiting), "waiting": waiting}


def _side(camp: Camp) -> dict[str, Any]:
    grid, entries = standing_of(camp).grid, agenda.shown(camp)
    slots, rooms, counts = grid.session_slots, [room.id for room in grid.rooms], voting.counts(camp)
    return {"line": pitches.line(camp), "fresh": fresh(camp), "unseen": {one.id for one in unseen(camp)},
            "on_stage": stage.on_stage(camp), "counts": counts, "mark": _mark(camp),
            "order_number": rounds.of(camp).order_number, "picture": {
                "letters": [room.letter for room in grid.rooms], "clocks": [wall(slot.starts) for slot in slots],
                "filled": timetable.filled(slots, rooms, entries),
                "cells": len(slots) * len(rooms) - len(grid.closed)}}


def _mark(camp: Camp) -> str:
    """It differs when the side shows something else: the line, the camp, who is new from the wall, votes."""
    return f"{live_mode.line_mark(camp).text}-{len(fresh(camp))}-{sum(voting.counts(camp).values())}"
