"""The organisers' desk: what stands, who is there, which mails went out, how a job runs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from camp import access, figures, groups, i18n, jobs, log, pages, panels, people, second_factor, todos, wlan
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Participant
from camp.plots import bars, curves
from camp.text import page_of
from camp.views import needs
from camp.views.exports import chosen

bp = Blueprint("organise", __name__)
_PAGE = 50
_JOB_OF = {"plan": ("planning.show", N_("Plan")), "proof": ("quality.show", N_("Quality of the plan")),
           "badges": ("sheets.index", N_("Badges")),
           "book": ("book.show", N_("Camp book")), "import": ("organise.people_list", N_("People")),
           "paper": ("paper.index", N_("Paper"))}


@bp.get("/<camp>/organise")
@allow("organiser")
def desk() -> ResponseReturnValue:
    """The first page of the organisers."""
    camp = access.the_camp()
    found = figures.of(camp)
    growth = curves(found.growth.days, {"placed": found.growth.placed, "everybody": found.growth.everybody})
    return render_template("camp/desk.html", path=pages.phase_path(camp), todos=todos.of(current_app, camp),
                           figures=found, growth=growth, kinds=bars(found.kinds), towns=bars(found.towns),
                           last_backup=needs.last_backup(current_app.config["CAMP"]),
                           guarded=second_factor.share(camp.id),
                           pieces=panels.pieces(current_app, "desk", camp, access.viewer()))


@bp.post("/<camp>/organise/second-factor")
@allow("organiser")
def demand_second_factor() -> ResponseReturnValue:
    """Demand a second factor of the camp's organisers, or no longer; it counts from the next page on."""
    camp = access.the_camp()
    camp.second_factor_required = request.form.get("wanted") == "yes"
    log.note("second factor demanded", camp_id=camp.id, wanted=camp.second_factor_required)
    db.session.commit()
    flash(gettext("Saved."), "ok")
    return redirect(url_for("organise.desk"), 303)


@bp.get("/<camp>/organise/people")
@allow("organiser")
def people_list() -> ResponseReturnValue:
    """Everybody registered, by part of the name or organisation and by group."""
    found, wanted, group = chosen(request.args)
    asked: dict[str, Any] = {"q": wanted or None, "group": group.name if group else None}
    number, pages = page_of(len(found), request.args.get("page", 1, type=int), _PAGE)
    return render_template("camp/people.html", rows=found[(number - 1) * _PAGE:number * _PAGE], total=len(found),
                           number=number, pages=pages, wanted=wanted,
                           group=group.name if group else "", groups=groups.of(current_app).values(),
                           file_url=lambda kind: url_for("exports.people_file", kind=kind, **asked),
                           page_url=lambda n: url_for("organise.people_list", page=n, **asked))


@bp.get("/<camp>/organise/people/<int:participant_id>")
@allow("organiser")
def person(participant_id: int) -> ResponseReturnValue:
    """One participant, and the roles that organisers give."""
    found = _participant(participant_id)
    return render_template("camp/person.html", row=found, roles=people.roles_of(found.camp_id, found.person_id),
                           code=wlan.code_of(found))


@bp.post("/<camp>/organise/people/<int:participant_id>/role")
@allow("organiser")
def role(participant_id: int) -> ResponseReturnValue:
    """Give a role or take it back; it counts from the next page on."""
    found, camp = _participant(participant_id), access.the_camp()
    name = request.form.get("name", "")
    if name not in people.ROLES:
        raise BadInput(N_("There is no such role."), N_("Use the buttons of the page."))
    change = people.give_role if request.form.get("wanted") == "yes" else people.take_role
    change(camp, found.person, name)
    log.note("role", camp_id=camp.id, person_id=found.person_id, name=name, wanted=request.form.get("wanted") == "yes")
    response = redirect(url_for("organise.person", participant_id=participant_id), 303)
    if found.person_id == access.this_sign_in().person_id:  # all others of the person have ended with the change
        access.renew(response)
    db.session.commit()
    flash(gettext("Saved."), "ok")
    return response


def _participant(participant_id: int) -> Participant:
    found = people.of(access.the_camp(), participant_id)
    if found is None:
        raise NotFound
    return found


@bp.get("/<camp>/organise/jobs/<int:job_id>")
@allow("moderator")
def job(job_id: int) -> ResponseReturnValue:
    """How far a job is; the page loads itself again while it runs."""
    found = jobs.of(access.the_camp(), job_id)
    if found is None:
        raise NotFound
    template = "camp/job_state.html" if request.headers.get("HX-Request") else "camp/job.html"
    sentence = i18n.filled(found.note, found.note_values) if found.note else ""
    endpoint, page = _JOB_OF[found.name]
    pages.belongs_to(endpoint)
    way_on = found.result.get("label", "")
    label = gettext(way_on) if way_on else gettext("Go on")
    return render_template(template, job=found, sentence=sentence, label=label, title=gettext(jobs.title(found)),
                           above=(url_for(endpoint), gettext(page)))


@bp.post("/<camp>/organise/jobs/<int:job_id>/cancel")
@allow("moderator")
def cancel_job(job_id: int) -> ResponseReturnValue:
    """Ask a job to stop."""
    found = jobs.of(access.the_camp(), job_id)
    if found is None:
        raise NotFound
    jobs.cancel(found)
    db.session.commit()
    return redirect(url_for("organise.job", job_id=job_id, camp=access.the_camp().slug), 303)
