"""The sessions wing's part of the demo: a plan that keeps every rule, its agenda, and what the day left."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from camp import clock, demo_camp, venue
from camp.db import writing
from sessions import agenda, demo, outcomes, picks, planning, projects, voting
from sessions.planner import check
from sessions.standing import standing_of
from tests import make


def test_the_day_after_has_agenda_picks_notes_and_joint_projects(app: Flask) -> None:
    camp = demo_camp.make(app, "after")
    current = agenda.current(camp)
    assert current is not None
    shown = agenda.shown(camp)
    assert (current.number, current.published_at < clock.now() - timedelta(hours=6)) == (1, True)
    assert len({(entry.room_id, entry.starts) for entry in shown}) == len(shown) > 40
    standing = standing_of(camp, app.config["CAMP"].vote_key)
    assert list(check(standing.problem, standing.placed)) == []
    with app.test_request_context("/", base_url="https://localhost"), writing():
        cast = demo_camp.cast(app, camp)
    assert len(picks.of(cast.roles["participant"][0])) == 4
    share = outcomes.documented_share(camp)
    assert (share.documented >= 4, share.of) == (True, len(shown))
    found = projects.all_of(camp)
    assert [project.title for project, _ in found] == ["Bestandsampel für die Altstadt", "One loading bay for four shops"]
    assert all(len(projects.kinds(project)) == 3 for project, _ in found)
    assert len(planning.placements(camp)) <= len(venue.grid(camp).session_slots) * 8


def test_in_the_pitch_round_everybody_sees_the_votes_grow(app: Flask) -> None:
    camp = make.camp()
    demo.fill(camp, "pitch", demo_camp.Cast(), "key")
    assert not voting.rules(camp).hidden
