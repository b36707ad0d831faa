"""Pieces that the wings show on home, my page and the desk, registered so that the ground floor need not know them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from markupsafe import Markup

from camp.access import Viewer
from camp.models import Camp

PLACES = ("hero", "home", "me", "desk")
Panel = Callable[[Camp, Viewer], str]


def register(app: Flask, place: str, order: int, panel: Panel) -> None:
    """Add a piece to a place ('hero' and 'home' on the first page, 'me', 'desk'), low order first.

    It gives HTML that a template rendered, or nothing.
    """
    if place not in PLACES:
        raise ValueError(place)
    app.extensions.setdefault("camp_panels", {}).setdefault(place, []).append((order, panel))


def pieces(app: Flask, place: str, camp: Camp, viewer: Viewer) -> list[Markup]:
    """The pieces of a place for this viewer."""
    found = sorted(app.extensions.get("camp_panels", {}).get(place, []), key=lambda row: row[0])
    rendered = (panel(camp, viewer) for _, panel in found)  # by our templates
    return [Markup(html) for html in rendered if html]  # nosec B704  # nosemgrep: markup-without-cleaning
