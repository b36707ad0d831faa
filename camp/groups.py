"""Groups of participants, for lists, exports and mails; the wings register theirs, so that the camp knows no wing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement

from camp.errors import N_
from camp.models import Camp, Participant

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Group:
    """Some of a camp's participants: a name for addresses, an English msgid, and the condition they meet."""

    name: str
    label: str
    condition: Callable[[Camp], ColumnElement[bool]]


_OWN = (
    Group("coming", N_("have a place"), lambda camp: Participant.state == "admitted"),
    Group("waiting", N_("are waiting"), lambda camp: Participant.state == "waiting"),
    Group("cancelled", N_("have cancelled"), lambda camp: Participant.state == "cancelled"),
    Group("first-time", N_("have a place and are here for the first time"),
          lambda camp: (Participant.state == "admitted") & Participant.first_time),
    Group("arrived", N_("have arrived"), lambda camp: Participant.arrived_at.is_not(None)),
    Group("not-arrived", N_("have a place and have not arrived"),
          lambda camp: (Participant.state == "admitted") & Participant.arrived_at.is_(None)),
)


def register(app: Flask, group: Group) -> None:
    """Make a wing's group known."""
    app.extensions.setdefault("camp_groups", []).append(group)


def of(app: Flask) -> dict[str, Group]:
    """Every group by its name: the camp's own, then those of the wings."""
    further: list[Group] = app.extensions.get("camp_groups", [])
    return {group.name: group for group in (*_OWN, *further)}
