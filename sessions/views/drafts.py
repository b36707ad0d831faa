"""A plan searched for, watched, compared with the one that stands, and taken whole or in part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, ngettext
from flask_babel import gettext as _

from camp import access, jobs
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput, CampError
from camp.i18n import told
from camp.models import Camp, Job
from sessions import drafts, words
from sessions.draft_forms import SearchForm, TakeForm
from sessions.drafts import Comparison
from sessions.plan_models import Draft
from sessions.planner import score_of
from sessions.planner.diff import told as told_of
from sessions.planner.foresee import advice, contradictions, once, shortages
from sessions.planner.part import Change
from sessions.planner.problem import Breach, Placement
from sessions.planner.rules import Names
from sessions.planning import Blocked
from sessions.standing import room_id, standing_of
from sessions.views.voting import vote_key

bp = Blueprint("drafts", __name__)


@bp.get("/<camp>/organise/plan/draft")
@allow("moderator")
def show() -> ResponseReturnValue:
    """The search while it runs, then its plan beside the one that stands; before, what stands in the way of any."""
    camp = access.the_camp()
    job, draft = _latest(camp), drafts.of(camp)
    if job is None or job.state not in ("queued", "running"):
        answer = make_response(_page(camp, job, draft))
        if request.headers.get("HX-Request"):
            answer.headers["HX-Refresh"] = "true"
        return answer
    points = drafts.curve(draft) if draft is not None and draft.job_id == job.id else []
    template = "sessions/draft_live.html" if request.headers.get("HX-Request") else "sessions/draft_running.html"
    return render_template(template, job=job, points=points, steps=drafts.steps(points),
                           bound=draft.bound if draft and points else 0)


@bp.post("/<camp>/organise/plan")
@allow("organiser")
def make() -> ResponseReturnValue:
    """Let the worker search for a plan; shows how far it is."""
    camp, person_id, form = access.the_camp(), access.viewer().person_id, SearchForm()
    if not form.validate():
        return _page(camp, _latest(camp), drafts.of(camp), search=form), 422
    jobs.ask(camp, "plan", {
        "seed": camp.change_number + 1, "seconds": int(form.seconds.data), "link": url_for("drafts.show"),
        "language": str(get_locale())}, person_id)
    db.session.commit()
    return redirect(url_for("drafts.show"), 303)


@bp.post("/<camp>/organise/plan/draft/stop")
@allow("organiser")
def stop() -> ResponseReturnValue:
    """Stop the search; the best plan so far is then proposed."""
    job = _latest(access.the_camp())
    if job is not None and job.state in ("queued", "running"):
        jobs.cancel(job)
        db.session.commit()
    return redirect(url_for("drafts.show"), 303)


@bp.post("/<camp>/organise/plan/draft")
@allow("organiser")
def take() -> ResponseReturnValue:
    """Take the proposal whole or the ticked part, or only work out what that part would give."""
    camp, form, draft = access.the_camp(), TakeForm(), drafts.of(access.the_camp())
    if form.do.data not in ("all", "part", "look") or not form.validate():
        raise BadInput(N_("This is neither the whole plan nor a part of it."), N_("Use the buttons of the page."))
    comparison = drafts.compared(draft, standing_of(camp, vote_key())) if draft and draft.ready else None
    chosen = form.chosen(comparison) if comparison else set()
    if form.do.data == "look" or (form.do.data == "part" and not chosen):
        return _page(camp, _latest(camp), draft, chosen=chosen, asked=True), 200 if form.do.data == "look" else 422
    try:
        number = drafts.take(camp, form.seen.data or "", None if form.do.data == "all" else chosen, key=vote_key(),
                             person_id=access.viewer().person_id)
    except CampError as error:
        db.session.rollback()
        draft = drafts.of(camp)
        if draft is None:
            raise
        return _page(camp, _latest(camp), draft, chosen=chosen, asked=chosen and form.do.data == "part",
                     refusal=_said(error, camp)), error.status
    db.session.commit()
    flash(ngettext("Taken: %(num)d session has changed its place.",
                   "Taken: %(num)d sessions have changed their place.", number), "ok")
    return redirect(url_for("planning.show" if form.do.data == "all" else "drafts.show"), 303)


@bp.post("/<camp>/organise/plan/draft/discard")
@allow("organiser")
def discard() -> ResponseReturnValue:
    """Throw the proposal away; the plan stays as it is."""
    drafts.discard(access.the_camp())
    db.session.commit()
    flash(_("The proposal is gone. The plan is as it was."), "ok")
    return redirect(url_for("planning.show"), 303)


@dataclass(frozen=True, slots=True)
class Row:
    """A change as the page lists it: where the session lies and where it would, and why it goes along, if it does."""

    change: Change
    title: str
    before: str
    after: str
    ticked: bool
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """The changes into one slot of the proposed plan; the last group has no cell."""

    slot: str
    label: str
    rows: Sequence[Row]


def _page(camp: Camp, job: Job | None, draft: Draft | None, *, chosen: Collection[str] = (), asked: object = False,
          search: SearchForm | None = None, refusal: str = "") -> str:
    """The page while nothing is searched. `asked`: say what becomes of the chosen part."""
    standing, values = standing_of(camp, vote_key()), dict[str, Any]()
    names = words.names_of(standing)
    if draft is not None and draft.ready:
        comparison = drafts.compared(draft, standing)
        values = _compared(comparison, chosen, names, bool(asked)) | {"points": drafts.curve(draft)}
        values["steps"] = drafts.steps(values["points"])
    failed = job is not None and job.state in ("failed", "cancelled")
    return render_template(
        "sessions/draft.html", standing=standing, search=search or SearchForm(), refusal=refusal,
        trouble=gettext(job.note, **job.note_values) if job and failed and job.note else "", failed=failed,
        impossible=_advised(contradictions(standing.problem), names),
        short=_advised(shortages(standing.problem), names),
        figures=score_of(standing.problem, standing.placed), **values)


def _compared(comparison: Comparison, chosen: Collection[str], names: Names, asked: bool) -> dict[str, Any]:
    found = drafts.some(comparison, chosen) if asked else None
    along = {} if found is None else {one.session: words.told_along(one, names) for one in found.along}
    ticked = found.taken if found else frozenset(chosen)
    return {"comparison": comparison, "groups": _groups(comparison, ticked, along, names),
            "told": [gettext(msgid, **values) for msgid, values in told_of(comparison.diff, names)][2:3],
            "part": found, "part_figures": drafts.figures_of(comparison, found) if found else None,
            "part_trouble": words.told_all(found.breaches, names) if found else ""}


def _groups(comparison: Comparison, ticked: Collection[str], along: Mapping[str, str], names: Names) -> list[Group]:
    standing = comparison.standing
    rooms = {room_id(room.id): f"{room.letter} · {room.name}" for room in standing.grid.rooms}

    def where(row: Placement | None) -> str:
        return f"{names.slots[row.slot]}, {rooms[row.room]}" if row else ""

    def rows(slot: str) -> list[Row]:
        return [Row(one, standing.sessions[one.session].title, where(one.before), where(one.after),
                    one.session in ticked, along.get(one.session, ""))
                for one in comparison.changes if (one.after.slot if one.after else "") == slot]

    groups = [Group(slot.id, names.slots[slot.id], rows(slot.id)) for slot in standing.problem.slots]
    return [group for group in [*groups, Group("", gettext("Without a cell"), rows(""))] if group.rows]


def _advised(breaches: Iterable[Breach], names: Names) -> list[str]:
    return [words.told(breach, names, advice) for breach in once(breaches)]


def _said(error: CampError, camp: Camp) -> str:
    """A refusal with every rule that is broken, or with what to do next."""
    if isinstance(error, Blocked):
        culprits = words.told_all(error.breaches, words.names_of(standing_of(camp)))
        return gettext("The camp has changed since this plan was made; it would break a rule now. %(culprits)s "
                       "Take a part of it, or search again.", culprits=culprits)
    return " ".join(told(error))


def _latest(camp: Camp) -> Job | None:
    return next(iter(jobs.latest(camp, "plan", 1)), None)
