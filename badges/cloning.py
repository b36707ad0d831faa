"""What of the badges wing a new camp takes over: how its badges look."""

from __future__ import annotations

from badges.print_models import BadgeLook
from camp.cloners import Move


def clone(move: Move) -> None:
    """Copy the look. Phones are paired anew, and codes are made anew: they are secrets of one camp."""
    move.settings(BadgeLook)
