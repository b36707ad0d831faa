"""Front doors of the sessions wing: proposals, votes, plan, agenda, feeds, outcomes, projects, camp book."""

from __future__ import annotations

from flask import Flask

from sessions.views import agenda, book, feeds, outcomes, planning, projects, proposals, voting


def init_app(app: Flask) -> None:
    """Register blueprints, jobs and panels."""
    for module in (proposals, voting, planning, agenda, feeds, outcomes, projects, book):
        app.register_blueprint(module.bp)
