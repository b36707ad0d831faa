"""The board: one call behind drag, dialog and keys, what would happen in each cell, undo and redo with history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, camps, i18n
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput, CampError
from camp.models import Camp
from sessions import (
    absence,
    agenda,
    board_words,
    hands,
    live,
    marks,
    mending,
    planning,
    proposals,
    steps,
    timetable,
    words,
)
from sessions import standing as ids
from sessions.board_models import Step
from sessions.plan_forms import MoveForm, PinForm, StepForm
from sessions.planner import score_of
from sessions.planner.exchange import outlooks
from sessions.standing import Standing, standing_of
from sessions.steps import Stale
from sessions.views.voting import vote_key

bp = Blueprint("board", __name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wanted who came second, to say it again with one tap."""

    session_id: int
    title: str
    cell: str
    pinned: bool
    place: str = ""


@bp.get("/<camp>/organise/plan/board")
@allow("moderator")
def fresh() -> ResponseReturnValue:
    """The board's parts, or nothing if it still is as the page knows it."""
    camp = access.the_camp()
    if request.args.get("version", -1, type=int) == mending.version_of(camp):
        return "", 204
    return render_template("sessions/board.html", **context(camp))


@bp.get("/<camp>/organise/plan/<int:session_id>/what-if")
@allow("moderator")
def what_if(session_id: int) -> ResponseReturnValue:
    """What would happen in each cell if the session went there, in one answer."""
    standing = standing_of(access.the_camp(), vote_key())
    session, why = planning.session_of(standing, session_id)
    cells = [] if why else outlook(standing, session_id)
    return jsonify(title=session.title, why=_(why) if why else "", cells=cells)


@bp.get("/<camp>/organise/plan/<int:session_id>/why")
@allow("moderator")
def why(session_id: int) -> ResponseReturnValue:
    """Why a session lies where it lies, or has no cell, in a sentence."""
    standing = standing_of(access.the_camp(), vote_key())
    return jsonify(say=reason(standing, session_id))


@bp.post("/<camp>/organise/plan/<int:session_id>/pin")
@allow("moderator")
def pin(session_id: int) -> ResponseReturnValue:
    """Let a session stay in its cell when a plan is made, or let it go."""
    form, camp = PinForm(), access.the_camp()
    session, wanted = proposals.of(camp, session_id), form.wanted.data == "yes"

    def verb() -> str:
        planning.pin(camp, session_id, wanted, seen=_seen(form.seen.data), person_id=access.viewer().person_id)
        return (_("“%(title)s” is pinned.", title=session.title) if wanted
                else _("“%(title)s” is released.", title=session.title))

    return carried_out(camp, verb)


@bp.post("/<camp>/organise/plan/undo")
@allow("moderator")
def undo() -> ResponseReturnValue:
    """Take a step back, whoever made it."""
    return _turn(absence.undo, _("Taken back: %(what)s"))


@bp.post("/<camp>/organise/plan/redo")
@allow("moderator")
def redo() -> ResponseReturnValue:
    """Make a step again."""
    return _turn(absence.redo, _("Made again: %(what)s"))


@bp.get("/<camp>/organise/plan/history")
@allow("moderator")
def history() -> ResponseReturnValue:
    """Who did what on the board and when; each step can be taken back as long as nothing hangs on it."""
    camp = access.the_camp()
    standing = standing_of(camp)
    told = steps.history(camp)
    return render_template("sessions/board_history.html", rows=_sentences(camp, standing, told))


def move(session_id: int) -> ResponseReturnValue:
    """Lay a session into a cell or back into the tray: what drag, dialog and keys all call."""
    form, camp = MoveForm(), access.the_camp()
    session = proposals.of(camp, session_id)

    def verb() -> str:
        if form.to_tray():
            planning.take_out(camp, session_id, seen=_seen(form.seen.data), person_id=access.viewer().person_id)
            return _("“%(title)s” lies in the tray again.", title=session.title)
        room, slot = form.room_and_slot()
        camps.lock(camp)
        standing = standing_of(camp)
        made = planning.move(camp, session_id, room, slot, pinned=form.pinned.data, exchange=True,
                             seen=_seen(form.seen.data), person_id=access.viewer().person_id, standing=standing)
        return board_words.laid(session.title, made.row, standing, made.others, made.breaches)

    return carried_out(camp, verb, Wish(session_id, session.title, form.cell.data or "", form.pinned.data))


def move_page(session_id: int, status: int = 200, said: str = "", wish: Wish | None = None) -> ResponseReturnValue:
    """The page (for a script: the dialog) with a button for each cell, free ones first."""
    camp = access.the_camp()
    standing = standing_of(camp, vote_key())
    session, why_not = planning.session_of(standing, session_id)
    cells = [] if why_not else outlook(standing, session_id)
    card = next((one for one in planning.cards(standing) if one.session_id == session_id), None)
    names = words.names_of(standing)
    places = {row["cell"]: board_words.place(standing, *map(int, row["cell"].split("-"))) for row in cells}
    cells.sort(key=lambda row: (row["kind"] == "meh", -row["score"]))
    template = "sessions/move_parts.html" if by_script() else "sessions/move.html"
    return render_template(
        template, level=2 if by_script() else 1, session=session, why=why_not, cells=cells, places=places, card=card,
        said=said, wish=wish, seen=steps.last(camp), reason=reason(standing, session_id),
        marks=[words.told(one, names) for one in marks.marks(standing).get(session_id, ())]), status


def carried_out(camp: Camp, verb: Callable[[], str], wish: Wish | None = None,
                back: str | None = None) -> ResponseReturnValue:
    """Run a verb of the board, keep it and say so; a refusal is said in words, beside the board as it is now.

    Without a script it goes on to the board, or to the page `back`.
    """
    try:
        said = verb()
    except CampError as error:
        db.session.rollback()
        return _refused(camp, error, wish, back)
    db.session.commit()
    if by_script():
        return render_template("sessions/board.html", said=said, **context(camp))
    flash(said, "ok")
    return redirect(back or url_for("planning.show"), 303)


def by_script() -> bool:
    """Whether the board's script asks, which takes parts of a page."""
    return request.headers.get("X-Board") == "1"


def context(camp: Camp) -> dict[str, Any]:
    """What the board shows."""
    standing = standing_of(camp, vote_key())
    grid, names = standing.grid, words.names_of(standing)
    wall = timetable.wall(timetable.rows(grid.slots, planning.cards(standing)), [room.id for room in grid.rooms])
    tray = [(row, words.told(row.breach, names) if row.breach else "") for row in planning.tray(standing)]
    slots = {slot.id: slot for slot in grid.slots}
    (undoing, redoing), seen = steps.to_turn(camp), steps.last(camp)
    titles = {one.id: one.title for one in standing.sessions.values()}
    if any(not step.touched <= set(titles) for step in (undoing, redoing) if step):  # some have been withdrawn since
        titles = steps.titles(camp)

    def turned(step: Step | None) -> tuple[int, str] | None:
        return (step.id, board_words.done(steps.Told(step, ""), standing, titles, {})) if step else None

    return {"standing": standing, "wall": wall, "tray": tray, "agenda": agenda.current(camp),
            "figures": score_of(standing.problem, standing.placed), "version": camp.change_number + seen,
            "seen": seen, "live": live.is_live(camp), "every": live.FAST if live.is_live(camp) else live.SLOW,
            "slot_ids": {(slot.date, slot.starts): slot.id for slot in grid.slots},
            "closed": {(room, slots[slot].date, slots[slot].starts): why for (room, slot), why in grid.closed.items()},
            "marks": {session: [(board_words.short(one, names), words.told(one, names)) for one in breaches]
                      for session, breaches in marks.marks(standing).items()},
            "urgent": absence.urgent(camp, standing),
            "people": hands.expected(camp, planning.popularity(standing)),
            "undoing": turned(undoing), "redoing": turned(redoing)}


def outlook(standing: Standing, session_id: int) -> list[dict[str, Any]]:
    """What would happen in each cell, in words."""
    found = outlooks(planning.by_hand(standing, session_id), standing.placed, ids.session_id(session_id))
    return board_words.tips(found, standing, session_id)


def reason(standing: Standing, session_id: int) -> str:
    """Why a session lies where it lies or has no cell; for one that nobody can hold, that."""
    _session, why_not = planning.session_of(standing, session_id)
    if why_not:
        return _(why_not)
    broken = marks.marks(standing).get(session_id, ())
    return board_words.reason(standing, session_id, broken)


def _seen(number: int | None) -> int:
    """The board's number as somebody saw it. Raises BadInput without one: nobody could tell who came second."""
    if number is None:
        raise BadInput(N_("This does not say how the board stood, so nothing was done."),
                       N_("Load the board and do it there once more."))
    return number


def _refused(camp: Camp, error: CampError, wish: Wish | None, back: str | None) -> ResponseReturnValue:
    said = _said(camp, error)
    again = replace(wish, place=_where_to(camp, wish)) if wish is not None and isinstance(error, Stale) else None
    if by_script():
        parts = render_template("sessions/board.html", said=said, refused=True, wish=again, **context(camp))
        return parts, error.status
    if wish is not None:
        return move_page(wish.session_id, error.status, said, again)
    flash(said, "bad")
    return redirect(back or url_for("planning.show"), 303)


def _said(camp: Camp, error: CampError) -> str:
    standing = standing_of(camp)
    if isinstance(error, planning.Blocked):
        return words.told_all(error.breaches, words.names_of(standing))
    if isinstance(error, Stale):
        first = steps.since(camp, error.steps[0].id - 1)
        wanted = {step.id for step in error.steps}
        rows = _sentences(camp, standing, [one for one in first if one.step.id in wanted])
        told = [_("%(who)s at %(when)s: %(what)s.", who=one.who or _("Somebody"), when=i18n.wall(one.step.at),
                  what=what) for one, what in rows]
        return " ".join([_("Somebody else was faster, and nothing of yours is lost."), *told])
    return " ".join(i18n.told(error)).strip()


def _turn(verb: Callable[..., Step], said: str) -> ResponseReturnValue:
    form, camp = StepForm(), access.the_camp()

    def turn() -> str:
        step = verb(camp, form.step.data or 0, person_id=access.viewer().person_id)
        return said % {"what": board_words.done(steps.Told(step, ""), standing_of(camp), steps.titles(camp), {})}

    return carried_out(camp, turn)


def _sentences(camp: Camp, standing: Standing, told: Sequence[steps.Told]) -> list[tuple[steps.Told, str]]:
    known = {one.step.id: one for one in (steps.history(camp) if any(one.step.of for one in told) else told)}
    titles = steps.titles(camp)
    return [(one, board_words.done(one, standing, titles, known)) for one in told]


def _where_to(camp: Camp, wish: Wish) -> str:
    room, _dash, slot = wish.cell.partition("-")
    return board_words.place(standing_of(camp), int(room), int(slot)) if slot else _("Tray")
