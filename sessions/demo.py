"""The wing's part of the demo camp: a plan, its agenda and picks; for the day after also notes and joint projects."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from camp import camps, clock, people, venue
from camp.db import db, writing
from camp.demo_camp import Cast, Part, path
from camp.models import Camp, Participant
from camp.paths import DEMO
from sessions import agenda, outcomes, picks, planning, projects, proposals, voting
from sessions.models import Entry
from sessions.planner import solve

_MOVES = 40_000  # about a second, and a plan with hardly a wish left to grant
_PICKS = 4
_NEXT_MEETING = 14  # days from now


def part(vote_key: str) -> Part:
    """What `camp demo` lets this wing fill in; the key reads the votes."""
    return Part(lambda camp, phase, cast: fill(camp, phase, cast, vote_key), show)


def fill(camp: Camp, phase: str, cast: Cast, vote_key: str) -> None:
    """On the camp day and after it: plan, version 1 and some picks; after it also notes and joint projects.

    In the pitch round everybody sees the votes grow, as on the beamer.
    """
    if phase == "pitch":
        with writing():
            voting.change_rules(camp, budget=None, hidden=False, least_seen=False)
    if phase not in ("day", "after"):
        return
    plan = solve(planning.problem_of(camp, vote_key), seed=1, moves=_MOVES)
    pitch = venue.first_plenary(venue.slots(camp))
    organiser = cast.roles["organiser"][0].person_id
    with clock.shifted(clock.at(pitch.date, pitch.ends, camp.timezone) - clock.now()):
        with writing():
            planning.apply(camp, plan.placements, person_id=organiser)
        with writing():
            agenda.publish(camp, person_id=organiser)
        with writing():
            _pick(camp, cast.roles["participant"][0])
    if phase == "after":
        with clock.shifted(_end(camp) - clock.now()), writing():
            _write_notes(camp)


def show(camp: Camp, cast: Cast) -> None:
    """Add the host: who holds the first session of the agenda, or of the proposals while there is none."""
    hosts = [host.participant for session in proposals.open_proposals(camp) for host in session.hosts]
    taken = {who.id for who, _ in cast.roles.values()}
    host = next(who for who in hosts if who.state == "admitted" and who.id not in taken)
    cast.roles["host"] = (host, path("me.show", camp))


def _pick(camp: Camp, who: Participant) -> None:
    taken: set[Any] = set()
    for entry in sorted(agenda.shown(camp), key=lambda entry: (entry.starts, -len(entry.title))):
        if entry.starts not in taken and len(taken) < _PICKS:
            taken.add(entry.starts)
            picks.pick(camp, who, entry.session_id)


def _end(camp: Camp) -> datetime:
    last = venue.slots(camp)[-1]
    return clock.at(last.date, last.ends, camp.timezone)


def _write_notes(camp: Camp) -> None:
    texts = {row["title"]: row for row in json.loads((DEMO / "outcomes.json").read_text("utf-8"))}
    for entry in agenda.shown(camp):
        if entry.title in texts:
            _write(camp, entry, texts[entry.title])


def _write(camp: Camp, entry: Entry, text: dict[str, str]) -> None:
    session = proposals.of(camp, entry.session_id)
    founder = session.hosts[0].participant
    notes = outcomes.Notes(**{name: text[name] for name in outcomes.TEXTS})
    outcome = outcomes.record(camp, session, notes, 0, founder.person_id)
    db.session.flush()
    if "project" in text:
        project = projects.found(camp, outcome, founder, text["project"], text["what"],
                                 camps.today(camp) + timedelta(days=_NEXT_MEETING))
        for who in _others(camp, founder):
            projects.join(camp, project, who)


def _others(camp: Camp, founder: Participant) -> list[Participant]:
    """Two more people, from two other kinds of organisation."""
    found: dict[str, Participant] = {}
    for who in people.participants(camp):
        if who.state == "admitted" and who.kind != founder.kind:
            found.setdefault(who.kind, who)
    return list(found.values())[:2]
