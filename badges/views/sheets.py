"""Badge sheets: what there is to print, ask for a print, fetch the file."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from badges import blanks, drill, labels, ledger, look, printing, rulers
from badges import jobs as printing_jobs
from badges.forms import BlankForm, DrillForm, PrintForm
from badges.jobs import KEPT
from camp import access, jobs, printed
from camp.access import allow
from camp.errors import N_, Conflict
from camp.models import Camp
from camp.views.queueing import handed_out, queued
from camp.views.saving import went_through

bp = Blueprint("sheets", __name__)


@bp.get("/<camp>/organise/badges")
@allow("organiser")
def index() -> ResponseReturnValue:
    """What there is to print, and the latest prints."""
    return _page(access.the_camp(), PrintForm(formdata=None), BlankForm(formdata=None))


@bp.post("/<camp>/organise/badges")
@allow("organiser")
def print_badges() -> ResponseReturnValue:
    """Queue a print: new badges, changed ones, everybody's or some; a reprint is asked about first."""
    camp, form = access.the_camp(), PrintForm()
    printing.somebody(camp)
    if not form.validate():
        return _page(camp, form, BlankForm(formdata=None), 422)
    wanted = _wanted(camp, form)
    if not wanted:
        form.whose.errors = [gettext("There are no badges of this choice.")]
        return _page(camp, form, BlankForm(formdata=None), 422)
    again = sum(entry.row is not None and entry.row.again for entry in wanted)
    if again and not form.again.data:
        form.again.errors = [ngettext("One of these badges has been printed already. Tick this box to print it again.",
                                      "%(num)d of these badges have been printed already. Tick this box to print them "
                                      "again.", again)]
        return _page(camp, form, BlankForm(formdata=None), 422)
    return _queued(printing_jobs.Wish(form.whose.data, form.layout.data, form.start.data or 1,
                                      form.who.data or [], bool(form.again.data)))


@bp.post("/<camp>/organise/badges/blank")
@allow("organiser")
def print_blank() -> ResponseReturnValue:
    """Make blank badges and queue their print."""
    camp, form = access.the_camp(), BlankForm()
    if not form.validate() or not went_through(form, lambda: blanks.make(
            camp, form.number.data or 0, current_app.config["CAMP"].badge_key, person_id=access.viewer().person_id)):
        return _page(camp, PrintForm(formdata=None), form, 422)
    return _queued(printing_jobs.Wish("blank", form.layout.data))


@bp.post("/<camp>/organise/badges/drill")
@allow("organiser")
def print_drill() -> ResponseReturnValue:
    """Queue a print of the invented people's badges."""
    camp, form = access.the_camp(), DrillForm()
    if not form.validate():
        return _page(camp, PrintForm(formdata=None), BlankForm(formdata=None), 422, form)
    return _queued(printing_jobs.Wish("drill", form.layout.data))


@bp.get("/<camp>/organise/badges/test-<layout>.pdf")
@allow("organiser")
def test_page(layout: str) -> ResponseReturnValue:
    """A page with rulers, to see whether the printer keeps the size."""
    if layout not in labels.SHEETS:
        raise NotFound
    lines = [gettext("Print at 100 %."), gettext("Measure: 100 mm."), gettext("Hold it against the sheet.")]
    return current_app.response_class(rulers.page(labels.SHEETS[layout], lines), mimetype="application/pdf")


@bp.get("/<camp>/organise/badges/<int:job_id>.pdf")
@allow("organiser")
def download(job_id: int) -> ResponseReturnValue:
    """The PDF of a print, or the archive of a large one; only while it is kept."""
    camp = access.the_camp()
    job = jobs.of(camp, job_id)
    path = printed.stored(current_app.config["CAMP"], job) if job and job.name == printing_jobs.NAME else None
    if path is None:
        raise NotFound
    return handed_out(path, f"badges-{camp.slug}-{job_id}{path.suffix}")


def _wanted(camp: Camp, form: PrintForm) -> list[printing.Entry]:
    """Whose badges the form asks for."""
    ids = set(form.who.data or ())
    asked = {"all": lambda one: True, "chosen": lambda one: one.who.id in ids,
             "new": lambda one: one.row is None or one.row.printed_at is None,
             "changed": lambda one: one.row is not None and one.row.changed}[form.whose.data]
    return [entry for entry in printing.entries(camp, printing_jobs.rows(camp)) if asked(entry)]


def _queued(wish: printing_jobs.Wish) -> ResponseReturnValue:
    return queued(printing_jobs.NAME, wish.told(), Conflict(
        N_("Other badges are being printed at this moment."), N_("Wait until they are ready.")))


def _page(camp: Camp, form: PrintForm, blank: BlankForm, status: int = 200,
          practice: DrillForm | None = None) -> ResponseReturnValue:
    rows, chosen = printing_jobs.rows(camp), look.of(camp)
    practice = practice or DrillForm(formdata=None)
    for one in (form, blank, practice):
        one.layout.data = one.layout.data or chosen.layout
    prints = [(job, printed.stored(current_app.config["CAMP"], job)) for job in jobs.latest(camp, "badges", KEPT)]
    entries = printing.entries(camp, rows)
    page = render_template(
        "badges/sheets.html", form=form, blank=blank, practice=practice, drill=drill.PEOPLE, entries=entries,
        numbers=printing.numbers(camp), prints=prints,
        new=sum(entry.row is None or entry.row.printed_at is None for entry in entries),
        changed=sum(row.changed for row in rows), runs=ledger.prints(camp), sheets=look.SHEETS,
        unbound=len(blanks.unbound(camp)), chosen=set(form.who.data or ()))
    return page, status
