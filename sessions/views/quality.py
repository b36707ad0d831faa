"""How good the plan is: wishes kept against the pin-board way, what is proven, pairs of sessions, rooms; and my own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, get_locale, gettext

from camp import access, jobs
from camp.access import Viewer, allow
from camp.db import db
from camp.models import Camp
from camp.plots import bars
from sessions import proofs, words
from sessions import quality as topic
from sessions.kinds import LEAST
from sessions.planner.bound import available, told
from sessions.planner.quality import Heat
from sessions.proof_jobs import SECONDS
from sessions.standing import Standing, room_id, standing_of
from sessions.views.voting import vote_key

bp = Blueprint("quality", __name__)
_LEVELS = 5
_PAIRS = 20


@bp.get("/<camp>/organise/plan/quality")
@allow("moderator")
def show() -> ResponseReturnValue:
    """The plan's quality as it stands."""
    camp = access.the_camp()
    standing = standing_of(camp, vote_key())
    found, names = topic.of(standing), words.names_of(standing)
    letters = {room_id(room.id): f"{room.letter} · {room.name}" for room in standing.grid.rooms}
    job = next((one for one in jobs.latest(camp, "proof", 1) if one.state in ("queued", "running")), None)
    return render_template(
        "sessions/quality.html", quality=found, names=names, rooms=letters, standing=standing, job=job,
        proof=proven(camp, standing), provable=available(), cells=_cells(found.heat),
        frames=_frames(found.heat, names.slots),
        pairs=found.heat.pairs[:_PAIRS], clash=next((pair for pair in found.heat.pairs if pair.parallel), None),
        least=LEAST, bars=bars({letters[one.room]: one.percent for one in found.use}))


@bp.post("/<camp>/organise/plan/proof")
@allow("organiser")
def prove() -> ResponseReturnValue:
    """Let the worker prove how good the plan is."""
    job = jobs.ask(access.the_camp(), "proof", {
        "seconds": SECONDS, "link": url_for("quality.show"), "language": str(get_locale())}, access.viewer().person_id)
    db.session.commit()
    return redirect(url_for("organise.job", job_id=job.id), 303)


def proven(camp: Camp, standing: Standing) -> str:
    """What is proven of the plan as it stands, in a sentence; nothing if nothing is."""
    proof = proofs.of(camp, standing)
    if proof is None:
        return ""
    msgid, values = told(proof)
    return gettext(msgid, **{name: format_decimal(value) for name, value in values.items()})


def my_panel(camp: Camp, viewer: Viewer) -> str:
    """On my page: how many of my wishes the agenda lets me keep."""
    if viewer.participant is None or not viewer.is_participant:
        return ""
    kept = topic.kept_by(camp, viewer.participant, vote_key())
    return render_template("sessions/kept_panel.html", kept=kept) if kept else ""


def _cells(heat: Heat) -> Mapping[int, str]:
    """Level from 1 to 5 → the squares of this level as one path, 10 units each."""
    top = max((pair.people for pair in heat.pairs), default=0)
    paths = dict.fromkeys(range(1, _LEVELS + 1), "")
    for y, row in enumerate(heat.counts):
        for x, people in enumerate(row):
            if people:
                paths[max(1, -(-_LEVELS * people // top))] += f"M{10 * x} {10 * y}h10v10h-10z"
    return {level: path for level, path in paths.items() if path}


def _frames(heat: Heat, slots: Mapping[str, str]) -> Sequence[tuple[int, int, str]]:
    """Where the sessions of each slot begin, how far they reach, and when it is."""
    found: list[tuple[int, int, str]] = []
    for slot in dict.fromkeys(heat.slots):
        found.append((10 * heat.slots.index(slot), 10 * heat.slots.count(slot), slots[slot]))
    return found
