"""What lies in the rooms and slots of a camp: each wing registers how to tell it and how to take it out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from camp.models import Camp

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Lying:
    """Something in a cell, by its title."""

    room_id: int
    slot_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Tenant:
    """A wing's part: `lying` tells what lies where, `clear` takes out whole what lies in one of these (room, slot)."""

    lying: Callable[[Camp], list[Lying]]
    clear: Callable[[Camp, Collection[tuple[int, int]]], None]


def register(app: Flask, tenant: Tenant) -> None:
    """Let a wing say what stands in the way when the venue changes."""
    app.extensions.setdefault("camp_tenants", []).append(tenant)


def of(app: Flask) -> list[Tenant]:
    """The tenants of the application."""
    found: list[Tenant] = app.extensions.get("camp_tenants", [])
    return found
