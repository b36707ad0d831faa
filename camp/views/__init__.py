"""Front doors of the ground floor: the camp's pages, sign-in, my account, my page, the organisers' desk, health."""

from __future__ import annotations

from flask import Flask

from camp import import_jobs, jobs, registration_letters, todos
from camp.views import (
    account,
    cloning,
    exports,
    health,
    imports,
    mails,
    me,
    needs,
    organise,
    people,
    places,
    profile,
    public,
    questions,
    records,
    register,
    roster,
    team,
)
from camp.views import guide as guide_views
from camp.views import opening as opening_views
from camp.views import partners as partners_views
from camp.views import pictures as pictures_views
from camp.views import setup as setup_views
from camp.views import venue as venue_views
from camp.views import wlan as wlan_views


def init_app(app: Flask) -> None:
    """Register the blueprints."""
    for module in (health, public, cloning, people, account, me, register, profile, organise, places, questions,
                   records, imports, exports, mails, team, roster):
        app.register_blueprint(module.bp)
    for module in (setup_views, opening_views, venue_views, partners_views, wlan_views, pictures_views):
        app.register_blueprint(module.bp)
    jobs.register(app, "import", import_jobs.import_people)
    todos.register(app, needs.look)
    registration_letters.register()
    mails.init_app(app)
    guide_views.init_app(app)
    team.init_app()
    roster.init_app(app)
