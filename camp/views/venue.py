"""Rooms, slots and closed cells set up by hand; sessions that lie there are named before anything is taken away."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from camp import access, pages, rooms, slots, tenants, venue, venue_forms
from camp.access import allow
from camp.db import db
from camp.slots import Span
from camp.venue_forms import CellForm, RoomForm, RowForm, SlotForm, TrayForm
from camp.views.saving import locked, saved, went_through

bp = Blueprint("venue", __name__)


@bp.route("/<camp>/organise/rooms", methods=["GET", "POST"])
@allow("organiser")
def room_list() -> ResponseReturnValue:
    """The rooms in their order, and a form for one more."""
    there = venue.rooms(access.the_camp())
    form = venue_forms.room_form(there)
    if form.validate_on_submit() and went_through(form, lambda: rooms.add(
            access.the_camp(), **form.values(), person_id=access.viewer().person_id)):
        return saved("venue.room_list")
    return render_template("camp/rooms.html", form=form, rooms=there), _status(form)


@bp.route("/<camp>/organise/rooms/<int:room_id>", methods=["GET", "POST"])
@allow("organiser")
def room(room_id: int) -> ResponseReturnValue:
    """A room, with what lies in it."""
    form = locked(_room_form(room_id), f"room {room_id}")
    if form.validate_on_submit() and went_through(form, lambda: rooms.change(
            access.the_camp(), room_id, **form.values(), tenants=tenants.of(current_app),
            person_id=access.viewer().person_id)):
        return saved("venue.room_list")
    return _room_page(room_id, form, TrayForm(formdata=None))


@bp.post("/<camp>/organise/rooms/<int:room_id>/move")
@allow("organiser")
def move_room(room_id: int) -> ResponseReturnValue:
    """Put a room one place up or down."""
    by = -1 if request.form.get("way") == "up" else 1
    rooms.move(access.the_camp(), room_id, by, person_id=access.viewer().person_id)
    return saved("venue.room_list")


@bp.post("/<camp>/organise/rooms/<int:room_id>/remove")
@allow("organiser")
def remove_room(room_id: int) -> ResponseReturnValue:
    """Take a room away; sessions in it go to the tray if that is ticked."""
    form = TrayForm()
    if not form.validate() or not went_through(form, lambda: rooms.remove(
            access.the_camp(), room_id, tenants.of(current_app), to_tray=form.to_tray.data,
            person_id=access.viewer().person_id)):
        return _room_page(room_id, _room_form(room_id), form)
    return saved("venue.room_list")


@bp.get("/<camp>/organise/slots")
@allow("organiser")
def slot_list() -> ResponseReturnValue:
    """The slots by day and the closed cells, with forms for more."""
    return _slots_page()


@bp.post("/<camp>/organise/slots")
@allow("organiser")
def add_slot() -> ResponseReturnValue:
    """One more slot."""
    camp, form = access.the_camp(), venue_forms.slot_form(access.the_camp())
    if form.validate() and went_through(form, lambda: slots.add(
            camp, [form.span()], person_id=access.viewer().person_id)):
        return saved("venue.slot_list")
    return _slots_page(form=form)


@bp.post("/<camp>/organise/slots/row")
@allow("organiser")
def add_row() -> ResponseReturnValue:
    """Slots in a row: shown first, made by the second button."""
    camp, form, preview = access.the_camp(), venue_forms.row_form(access.the_camp()), []
    if form.validate() and went_through(form, lambda: slots.add(
            camp, form.spans(), person_id=access.viewer().person_id), starts="start"):
        if "make" in request.form:
            return saved("venue.slot_list")
        preview = form.spans()
        db.session.rollback()
    return _slots_page(row=form, preview=preview)


@bp.route("/<camp>/organise/slots/<int:slot_id>", methods=["GET", "POST"])
@allow("organiser")
def slot(slot_id: int) -> ResponseReturnValue:
    """A slot, with what lies in it."""
    camp = access.the_camp()
    form = locked(venue_forms.slot_form(camp, slots.of(camp, slot_id)), f"slot {slot_id}")
    if form.validate_on_submit() and went_through(form, lambda: slots.change(
            camp, slot_id, form.span(), tenants.of(current_app), to_tray=form.to_tray.data,
            person_id=access.viewer().person_id)):
        return saved("venue.slot_list")
    return _slot_page(slot_id, form, TrayForm(formdata=None))


@bp.post("/<camp>/organise/slots/<int:slot_id>/remove")
@allow("organiser")
def remove_slot(slot_id: int) -> ResponseReturnValue:
    """Take a slot away; sessions in it go to the tray if that is ticked."""
    camp, form = access.the_camp(), TrayForm()
    if not form.validate() or not went_through(form, lambda: slots.remove(
            camp, slot_id, tenants.of(current_app), to_tray=form.to_tray.data,
            person_id=access.viewer().person_id)):
        return _slot_page(slot_id, venue_forms.slot_form(camp, slots.of(camp, slot_id)), form)
    return saved("venue.slot_list")


@bp.post("/<camp>/organise/cells")
@allow("organiser")
def close_cell() -> ResponseReturnValue:
    """Close a single cell with a reason."""
    camp, grid = access.the_camp(), venue.grid(access.the_camp())
    form = venue_forms.cell_form(grid.rooms, grid.session_slots)
    if form.validate() and went_through(form, lambda: rooms.close_cell(
            camp, form.room.data, form.slot.data, form.reason.data or "", tenants.of(current_app),
            to_tray=form.to_tray.data, person_id=access.viewer().person_id)):
        return saved("venue.slot_list")
    return _slots_page(cell=form)


@bp.post("/<camp>/organise/cells/<int:room_id>/<int:slot_id>/open")
@allow("organiser")
def open_cell(room_id: int, slot_id: int) -> ResponseReturnValue:
    """Let a closed cell take sessions again."""
    rooms.open_cell(access.the_camp(), room_id, slot_id, person_id=access.viewer().person_id)
    return saved("venue.slot_list")


def _slots_page(form: SlotForm | None = None, row: RowForm | None = None, cell: CellForm | None = None,
                preview: Sequence[Span] = ()) -> ResponseReturnValue:
    camp, grid = access.the_camp(), venue.grid(access.the_camp())
    filled = [one for one in (form, row, cell) if one is not None]
    where = {slot.id: slot for slot in grid.slots}
    page = render_template(
        "camp/slots.html", slots=grid.slots, preview=preview, filled=filled[0] if filled else None,
        closed=[(room, where[slot_id], reason) for room in grid.rooms for (room_id, slot_id), reason
                in grid.closed.items() if room_id == room.id],
        form=form or _empty(venue_forms.slot_form(camp)), row=row or _empty(venue_forms.row_form(camp)),
        cell=(cell or _empty(venue_forms.cell_form(grid.rooms, grid.session_slots)))
        if grid.rooms and grid.session_slots else None)
    return page, 422 if filled and filled[0].errors else 200


def _empty(form: SlotForm | RowForm | CellForm) -> SlotForm | RowForm | CellForm:
    """Without what was sent to another form of the page."""
    form.process(None)
    return form


def _room_form(room_id: int) -> RoomForm:
    return venue_forms.room_form(venue.rooms(access.the_camp()), rooms.of(access.the_camp(), room_id))


def _room_page(room_id: int, form: RoomForm, tray: TrayForm) -> ResponseReturnValue:
    pages.belongs_to("organise.desk")
    here = rooms.of(access.the_camp(), room_id)
    inside = [one.title for one in rooms.lying(access.the_camp(), tenants.of(current_app)) if one.room_id == room_id]
    return render_template("camp/room.html", form=form, tray=tray, room=here,
                           inside=list(dict.fromkeys(inside))), _status(form, tray)


def _slot_page(slot_id: int, form: SlotForm, tray: TrayForm) -> ResponseReturnValue:
    pages.belongs_to("organise.desk")
    here = slots.of(access.the_camp(), slot_id)
    inside = [one.title for one in rooms.lying(access.the_camp(), tenants.of(current_app)) if one.slot_id == slot_id]
    return render_template("camp/slot.html", form=form, tray=tray, slot=here,
                           inside=list(dict.fromkeys(inside))), _status(form, tray)


def _status(*forms: RoomForm | SlotForm | TrayForm) -> int:
    return 422 if any(form.errors for form in forms) else 200
