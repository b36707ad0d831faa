"""Partners set up by hand."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from camp import access, pages, partners
from camp.access import allow
from camp.venue_forms import PartnerForm
from camp.views.saving import locked, saved, went_through

bp = Blueprint("partners", __name__)


@bp.route("/<camp>/organise/partners", methods=["GET", "POST"])
@allow("organiser")
def index() -> ResponseReturnValue:
    """The partners in their order, and a form for one more."""
    form = PartnerForm()
    if form.validate_on_submit() and went_through(form, lambda: partners.add(
            access.the_camp(), form.name.data or "", form.tier.data, form.url.data or "",
            person_id=access.viewer().person_id)):
        return saved("partners.index")
    return render_template("camp/partners.html", form=form), 422 if form.errors else 200


@bp.route("/<camp>/organise/partners/<int:partner_id>", methods=["GET", "POST"])
@allow("organiser")
def edit(partner_id: int) -> ResponseReturnValue:
    """A partner."""
    camp = access.the_camp()
    partner = partners.of(camp, partner_id)
    form = locked(PartnerForm(obj=partner), f"partner {partner_id}")
    if form.validate_on_submit() and went_through(form, lambda: partners.change(
            camp, partner_id, form.name.data or "", form.tier.data, form.url.data or "",
            person_id=access.viewer().person_id)):
        return saved("partners.index")
    pages.belongs_to("organise.desk")
    return render_template("camp/partner.html", form=form, partner=partner), 422 if form.errors else 200


@bp.post("/<camp>/organise/partners/<int:partner_id>/move")
@allow("organiser")
def move(partner_id: int) -> ResponseReturnValue:
    """Put a partner one place up or down."""
    by = -1 if request.form.get("way") == "up" else 1
    partners.move(access.the_camp(), partner_id, by, person_id=access.viewer().person_id)
    return saved("partners.index")


@bp.post("/<camp>/organise/partners/<int:partner_id>/remove")
@allow("organiser")
def remove(partner_id: int) -> ResponseReturnValue:
    """Take a partner away."""
    partners.remove(access.the_camp(), partner_id, person_id=access.viewer().person_id)
    return saved("partners.index")
