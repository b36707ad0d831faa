"""Small work that the worker does again and again without being asked; each wing registers its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

Chore = Callable[[], None]


def register(app: Flask, chore: Chore) -> None:
    """Add a chore: it finds out whether there is anything to do, and writes in transactions of its own."""
    app.extensions.setdefault("camp_chores", []).append(chore)


def of(app: Flask) -> Sequence[Chore]:
    """The chores of the application."""
    found: Sequence[Chore] = app.extensions.get("camp_chores", ())
    return found
