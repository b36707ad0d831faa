"""The printed list of names: ask for a new one, fetch the one that was made last."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from badges import namelist, namelist_jobs
from camp import access
from camp.access import allow
from camp.errors import N_, Conflict, NotFound
from camp.views.queueing import handed_out, queued

bp = Blueprint("namelists", __name__)


@bp.post("/<camp>/organise/arrivals/names")
@allow("organiser")
def make() -> ResponseReturnValue:
    """Ask for the list of today, or of the camp's next day. Raises Conflict when the camp is over."""
    camp = access.the_camp()
    day = namelist.next_day(camp)
    if day is None:
        raise Conflict(N_("The camp is over; nobody is expected any more."))
    return queued(namelist_jobs.NAME, {"day": day.isoformat()})


@bp.get("/<camp>/organise/arrivals/names.pdf")
@allow("organiser")
def download() -> ResponseReturnValue:
    """The list that was made last, while it is kept."""
    camp = access.the_camp()
    found = namelist_jobs.newest(camp)
    if found is None:
        raise NotFound(N_("There is no list of names at the moment."),
                       N_("It is made at seven on each day of the camp; under “Arrivals” you get one at once."))
    return handed_out(found[1], f"names-{camp.slug}-{found[0].args['day']}.pdf")
