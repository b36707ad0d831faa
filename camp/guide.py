"""The guided set-up: its steps in their order, and which of them are done."""

from __future__ import annotations

from camp import opening
from camp.models import Camp

# Each is a page that stands for itself; what opening needs by law follows on the checklist, where the steps end.
STEPS = ("camp", "days", "look", "institution", "welcome", "rules", "wlan", "emergency", "rooms", "slots", "phases",
         "partners")


def done(camp: Camp) -> frozenset[str]:
    """The steps in which something is set; nothing else is kept of the way that somebody took."""
    found = {point.name for point in opening.checklist(camp) if point.done}
    if camp.picture_id or camp.accent:
        found.add("look")
    if camp.institution:
        found.add("institution")
    return frozenset(found & set(STEPS) | {"camp"})


def to_go_on(camp: Camp) -> str:
    """The first step in which nothing is set; empty if there is none."""
    there = done(camp)
    return next((step for step in STEPS if step not in there), "")
