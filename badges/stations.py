"""Stations: a door lets people in, the others hand something out, once a day or once at the whole camp."""

from __future__ import annotations

STATIONS = ("door", "shirt", "meal")
ONCE = ("day", "camp")


def checked(station: str, once: str) -> tuple[str, str]:
    """A known station and how often; a door counts each day anew, whatever was chosen."""
    station = station if station in STATIONS else "door"
    return station, "day" if station == "door" or once not in ONCE else once
