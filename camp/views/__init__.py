"""Front doors of the ground floor: the camp's pages, sign-in, my account, my page, the organisers' desk, health."""

from __future__ import annotations

from flask import Flask

from camp.views import account, health, me, organise, people, public, records


def init_app(app: Flask) -> None:
    """Register the blueprints."""
    for module in (health, public, people, account, me, organise, records):
        app.register_blueprint(module.bp)
