"""The look of a camp: its logo and colour; the pictures of rooms and partners; and the pictures themselves."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from camp import access, images, pages, partners, pictures, rooms, settings
from camp.access import allow
from camp.models import Partner, Room
from camp.security import keeps, takes
from camp.setup_forms import LookForm, PictureForm, look_of
from camp.views.saving import locked, saved, went_through

bp = Blueprint("pictures", __name__)
_MOST = images.LARGEST // 1024 // 1024
_BODY = images.LARGEST + 2 * 1024 * 1024  # a file a little too large is refused beside its field


@bp.get("/<camp>/pictures/<int:picture_id>")
@keeps
@allow("public")
def show(picture_id: int) -> ResponseReturnValue:
    """A picture; another one has another address."""
    found = pictures.of(access.the_camp(), picture_id)
    if found is None:
        raise NotFound
    return Response(found.data, content_type=found.mime)


@bp.route("/<camp>/organise/look", methods=["GET", "POST"])
@takes(_BODY)
@allow("organiser")
def look() -> ResponseReturnValue:
    """The camp's logo and colour."""
    form = locked(look_of(access.the_camp()), "look")
    if form.validate_on_submit() and went_through(form, lambda: _dress(form)):
        return saved("opening.checklist")
    return render_template("camp/look.html", form=form, most=_MOST), 422 if form.errors else 200


def _dress(form: LookForm) -> None:
    camp, who = access.the_camp(), access.viewer().person_id
    settings.paint(camp, form.colour(), person_id=who)
    if form.file.data:
        pictures.put(camp, camp, form.file.data.read(images.LARGEST + 1), person_id=who)


@bp.post("/<camp>/organise/look/remove")
@allow("organiser")
def remove_logo() -> ResponseReturnValue:
    """Take the logo away."""
    pictures.remove(access.the_camp(), access.the_camp(), person_id=access.viewer().person_id)
    return saved("pictures.look")


@bp.route("/<camp>/organise/<any(rooms, partners):kind>/<int:owner_id>/picture", methods=["GET", "POST"])
@takes(_BODY)
@allow("organiser")
def edit(kind: str, owner_id: int) -> ResponseReturnValue:
    """The picture of the way to a room, or a partner's logo."""
    camp, who, form = access.the_camp(), access.viewer().person_id, PictureForm()
    owner: Room | Partner = rooms.of(camp, owner_id) if kind == "rooms" else partners.of(camp, owner_id)
    if "remove" in request.form:
        pictures.remove(camp, owner, person_id=who)
        return saved("pictures.edit", kind=kind, owner_id=owner_id)
    if form.validate_on_submit() and went_through(form, lambda: pictures.put(
            camp, owner, form.file.data.read(images.LARGEST + 1), person_id=who)):
        return saved("pictures.edit", kind=kind, owner_id=owner_id)
    pages.belongs_to("organise.desk")
    page = render_template("camp/picture.html", form=form, owner=owner, kind=kind, most=_MOST)
    return page, 422 if form.errors else 200
