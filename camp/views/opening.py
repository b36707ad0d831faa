"""The checklist before a camp is opened, its texts with their templates, and the button that opens it."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from camp import access, guide, institution, opening, pages, paper_templates, papers, texts
from camp.access import allow
from camp.db import db
from camp.errors import N_
from camp.setup_forms import InstitutionForm, TextForm
from camp.views.saving import locked, saved, went_through

bp = Blueprint("opening", __name__)
# Where a line of the checklist that is no text leads, and what it is called.
_PAGES = {"days": ("setup.days", N_("Days")), "rooms": ("venue.room_list", N_("Rooms")),
          "slots": ("venue.slot_list", N_("Slots")),
          "phases": ("setup.phase_list", N_("Phases")), "partners": ("partners.index", N_("Partners"))}


@bp.get("/<camp>/organise/opening")
@allow("organiser")
def checklist() -> ResponseReturnValue:
    """What is missing, with a link to each, and the button that opens the camp."""
    return _page([])


@bp.post("/<camp>/organise/opening")
@allow("organiser")
def open_camp() -> ResponseReturnValue:
    """Let the public see the camp, unless a text that the law asks for is missing."""
    camp = access.the_camp()
    try:
        opening.open_camp(camp, access.viewer().person_id)
    except opening.NotReady as error:
        db.session.rollback()
        return _page(error.lacks), 422
    return saved("opening.checklist", _("The camp is open: everybody can see it now."))


def _page(lacks: list[str]) -> str:
    camp = access.the_camp()
    points = opening.checklist(camp)
    return render_template("camp/opening.html", points=points, guided=len(guide.done(camp)),
                           steps=len(guide.STEPS), lacks=lacks, way=_way, label=_label,
                           needed=[point for point in points if point.needed],
                           others=[point for point in points if not point.needed],
                           missing=sum(point.needed and not point.done for point in points))


def _way(name: str) -> str:
    return url_for("opening.text", name=name) if name in papers.NAMES else url_for(_PAGES[name][0])


def _label(name: str) -> str:
    return _(papers.LABELS[name]) if name in papers.NAMES else _(_PAGES[name][1])


@bp.route("/<camp>/organise/institution", methods=["GET", "POST"])
@allow("organiser")
def who() -> ResponseReturnValue:
    """Who answers for the camp; the templates are filled with it."""
    camp = access.the_camp()
    form = locked(InstitutionForm(data=camp.institution), "institution")
    if form.validate_on_submit() and went_through(form, lambda: institution.describe(
            camp, form.values(), person_id=access.viewer().person_id)):
        return saved("opening.checklist", _("Saved. Templates are filled with it from now on."))
    return render_template("camp/institution.html", form=form), 422 if form.errors else 200


@bp.route("/<camp>/organise/texts/<name>", methods=["GET", "POST"])
@allow("organiser")
def text(name: str) -> ResponseReturnValue:
    """A text in both languages; the template lies in the fields if nothing is written, saved by the button only.

    `?template` lays it there in place of what is written.
    """
    camp = access.the_camp()
    if name not in papers.NAMES:
        raise NotFound
    has_template, written = name in paper_templates.NAMES, texts.by_language(camp, name)
    from_template = has_template and request.method == "GET" and (
        "template" in request.args or bool(camp.institution) and not any(written.values()))
    if from_template:
        written = {language: paper_templates.write(camp, name, language) for language in camp.languages}
    form = locked(TextForm(data=written), f"text {name}")
    if form.validate_on_submit() and went_through(form, lambda: opening.write_text(
            camp, name, {"de": form.de.data or "", "en": form.en.data or ""}, person_id=access.viewer().person_id)):
        return saved("opening.text", name=name) if _gaps(form) else saved("opening.checklist")
    pages.belongs_to("organise.desk")
    return render_template(
        "camp/text.html", form=form, name=name, title=_(papers.LABELS[name]), place=_(papers.PLACES[name]),
        unchecked=name in texts.unchecked(camp), has_template=has_template,
        described=bool(camp.institution), from_template=from_template,
        gaps=_gaps(form)), 422 if form.errors else 200


def _gaps(form: TextForm) -> list[str]:
    return papers.gaps(f"{form.de.data} {form.en.data}")
