"""Health: alive, and ready with a database at the newest schema."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from camp.access import allow
from camp.db import db
from camp.schema import is_current

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@allow("public")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@allow("public")
def ready() -> ResponseReturnValue:
    """The database answers and has the schema of this program."""
    db.session.execute(text("select 1"))
    if not is_current(db.session.connection()):
        return jsonify(status="not ready", why="the schema is old: run camp db upgrade"), 503
    return jsonify(status="ok")
