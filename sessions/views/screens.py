"""Screens: organisers make and revoke their addresses; the beamer shows the round, a tablet takes people into line."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, camps, clock, codes, pages, venue
from camp.access import allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.i18n import wall
from camp.models import Camp
from camp.views.saving import saved
from sessions import (
    agenda,
    desk,
    hands,
    introductions,
    live,
    pitch_clock,
    pitches,
    proposals,
    rounds,
    screens,
    stage,
    timetable,
    voting,
)
from sessions.models import Entry, Session
from sessions.pitch_forms import LineForm, ScreenForm
from sessions.pitch_models import Turn
from sessions.standing import standing_of
from sessions.views.voting import vote_key

bp = Blueprint("screens", __name__)
_NEXT = 3
_public_code = lru_cache(maxsize=8)(codes.picture)  # a beamer asks for the same one every other second


@bp.route("/<camp>/organise/screens", methods=["GET", "POST"])
@allow("organiser")
def index() -> ResponseReturnValue:
    """The screens; a new one's address is shown in the answer and nowhere again."""
    camp, form = access.the_camp(), ScreenForm().offer()
    if form.validate_on_submit():
        try:
            token, made = screens.make(camp, form.name.data or "", form.kind.data, person_id=access.viewer().person_id)
        except CampError as error:
            refuse(form, error)
        else:
            db.session.commit()
            address = pages.external(f"screens.{made.kind}", token=token)
            return render_template("sessions/screen_made.html", screen=made, address=address,
                                   picture=codes.picture(address))
    return render_template("sessions/screens.html", form=form, screens=screens.every(camp)), 422 if form.errors else 200


@bp.post("/<camp>/organise/screens/<int:screen_id>/revoke")
@allow("organiser")
def revoke(screen_id: int) -> ResponseReturnValue:
    """Let an address lead nowhere."""
    found = screens.revoke(access.the_camp(), screen_id, person_id=access.viewer().person_id)
    return saved("screens.index", _("The screen “%(name)s” shows nothing any more.", name=found.name))


@bp.get("/<camp>/screen/<token>")
@allow("public")
def beamer(token: str) -> ResponseReturnValue:
    """The beamer: its script asks for the part again and again, and goes on when server or network were away."""
    camp = access.the_camp()
    screens.by_token(camp, token, "beamer")
    return _private(render_template("sessions/beamer.html", token=token, **_shown(camp)))


@bp.get("/<camp>/screen/<token>/part")
@allow("public")
def part(token: str) -> ResponseReturnValue:
    """What the beamer shows now; nothing (304) while it is what it shows already."""
    camp = access.the_camp()
    screens.by_token(camp, token, "beamer")
    answer = _private(render_template("sessions/beamer_part.html", **_shown(camp)))
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:32])
    answer.headers["Camp-Now"] = f"{clock.now().timestamp():.3f}"
    answer.make_conditional(request)
    return answer


@bp.get("/<camp>/terminal/<token>")
@allow("public")
def terminal(token: str) -> ResponseReturnValue:
    """A tablet beside the stage: who has a topic stands in line there, without signing in."""
    camp = access.the_camp()
    screens.by_token(camp, token, "terminal")
    return _private(_terminal(camp, token, LineForm(formdata=None)))


@bp.post("/<camp>/terminal/<token>")
@allow("public")
def stand_in_line(token: str) -> ResponseReturnValue:
    """Stand in line at the tablet."""
    camp, form = access.the_camp(), LineForm()
    screens.by_token(camp, token, "terminal")
    form.offer([], "")
    if form.validate_on_submit():
        try:
            session = proposals.of(camp, form.session.data) if form.session.data else None
            turn = pitches.join(camp, session=session, name=form.name.data or "", title=form.title.data or "")
        except CampError as error:
            db.session.rollback()
            refuse(form, error)
        else:
            db.session.commit()
            flash(_("“%(title)s” stands in line.", title=turn.title), "ok")
            return redirect(url_for("screens.terminal", token=token), 303)
    return _private(_terminal(camp, token, form)), 422


def _terminal(camp: Camp, token: str, form: LineForm) -> str:
    taken = pitches.sessions_of(camp)
    free = [one for one in proposals.open_proposals(camp) if one.id not in taken]
    form.offer(sorted(free, key=lambda one: one.title.casefold()), _("None of these: I type a title"))
    return render_template("sessions/terminal.html", form=form, token=token, line=pitches.line(camp),
                           on_stage=stage.on_stage(camp), live=live.is_live(camp), mark=live.line_mark(camp))


def _private(page: str) -> Response:
    """The address is the key: nobody between may keep the page, and no other site learns where it was."""
    answer = Response(page, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(camp: Camp) -> dict[str, Any]:
    going, turn, line = rounds.of(camp), stage.on_stage(camp), pitches.line(camp)
    is_live, entries = live.is_live(camp), agenda.shown(camp)
    grid = standing_of(camp).grid if is_live else venue.grid(camp)
    slots, session = grid.session_slots, turn.session if turn else None
    last = stage.last_done(camp)
    placed = next((entry for entry in entries if last is not None and entry.session_id == last.session_id), None)
    address, raised = pages.external("proposals.index"), hands.counted(camp)
    return {
        "live": is_live, "turn": turn, "who": desk.host_of(session, turn) if turn else "",
        "line": [(one, desk.host_of(one.session, one)) for one in line[:_NEXT]], "waiting": len(line),
        "outlook": stage.outlook(camp, line), "done": stage.number_done(camp), "round": going,
        "clock": _clock(going, turn), "hands": raised.get(session.id) if session else None,
        "votes": _votes(camp, session), "voting": camps.open_now(camp, "voting"),
        "entries": entries, "fallen": agenda.fallen(camp), "placed": placed,
        "raised": raised.get(placed.session_id) if placed else None, "here": _where(placed, grid),
        "letters": [room.letter for room in grid.rooms], "clocks": [wall(slot.starts) for slot in slots],
        "filled": timetable.filled(slots, [room.id for room in grid.rooms], entries),
        "cells": len(slots) * len(grid.rooms) - len(grid.closed), "cloud": introductions.cloud(camp),
        "address": address, "qr": _public_code(address)}


def _votes(camp: Camp, session: Session | None) -> int | None:
    """The votes of the pitch on the stage, unless counts may not be seen yet."""
    counts = voting.visible_counts(camp, False, voting.turnout(camp, vote_key())) if session else None
    return counts.get(session.id, 0) if counts is not None and session else None


def _clock(going: Any, turn: Turn | None) -> dict[str, float]:
    """What the script counts down: seconds left, and since when (seconds of 1970; 0: it stands)."""
    since = going.runs_since.timestamp() if going.runs_since and turn else 0
    now = pitch_clock.seconds_left(going.left, None, clock.now())
    return {"left": now, "since": since}


def _where(placed: Entry | None, grid: venue.Grid) -> tuple[int, int] | None:
    if placed is None:
        return None
    for row, slot in enumerate(grid.session_slots):
        for column, room in enumerate(grid.rooms):
            if (slot.date, slot.starts, room.id) == (placed.date, placed.starts, placed.room_id):
                return row, column
    return None
