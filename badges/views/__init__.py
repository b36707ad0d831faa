"""Front doors of the badges wing: badge sheets, doors, and what a scanned code opens."""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from badges import cloning, demo, erasing, namelist_jobs
from badges import jobs as printing_jobs
from badges.views import arrivals, badge, codes, desk, doors, looks, mine, namelists, needs, phones, sheets
from camp import chores, cloners, demo_camp, erasers, jobs, panels, printed, todos
from camp import phones as team_phones


def init_app(app: Flask, csrf: CSRFProtect) -> None:
    """Register blueprints, job and panel; the door's calls by script carry a header instead of a form token."""
    for module in (sheets, looks, doors, phones, arrivals, namelists, codes, badge, mine):
        app.register_blueprint(module.bp)
    csrf.exempt(phones.take)
    jobs.register(app, printing_jobs.NAME, printing_jobs.print_badges)
    jobs.register(app, namelist_jobs.NAME, namelist_jobs.print_names)
    chores.register(app, namelist_jobs.look)
    erasers.register(app, erasers.Eraser(
        erasing.forget, erasing.numbers,
        lambda folder, camp: printed.of_camp(folder, camp, printing_jobs.NAME, namelist_jobs.NAME),
        erasing.end_devices, tell=erasing.tell))
    team_phones.register(app, phones.calling)
    panels.register(app, "me", 15, mine.panel)
    panels.register(app, "desk", 40, desk.piece)
    todos.register(app, needs.look)
    cloners.register(app, cloning.clone)
    demo_camp.register(app, 20, demo.part(app.config["CAMP"].badge_key))
