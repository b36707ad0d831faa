"""Front doors of the badges wing: badge sheets, doors, and what a scanned code opens."""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from badges.views import codes, doors, sheets


def init_app(app: Flask, csrf: CSRFProtect) -> None:
    """Register blueprints, jobs and panels; the door's own calls carry a device token instead of a form token."""
    for module in (sheets, doors, codes):
        app.register_blueprint(module.bp)
