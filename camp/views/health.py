"""Health: alive, and ready with a database at the newest schema."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from camp import health
from camp.access import allow

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@allow("public")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@allow("public")
def ready() -> ResponseReturnValue:
    """The database answers with the schema of this program, and nothing that it needs is running out."""
    found = health.troubles(current_app.config["CAMP"])
    return (jsonify(status="not ready", why=found), 503) if found else jsonify(status="ok")
