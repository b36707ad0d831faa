"""What needs the organisers, most pressing first; each package registers what it looks at, as with panels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import Flask

from camp.models import Camp

LEVELS = ("bad", "warn", "info")


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: 'bad', 'warn' or 'info'; what is so, what follows from it, and the page where it is mended."""

    level: str
    text: str
    hint: str
    url: str = ""
    label: str = ""


Look = Callable[[Camp], Iterable[Todo]]


def register(app: Flask, look: Look) -> None:
    """Add a look; it gives texts in the reader's language."""
    app.extensions.setdefault("camp_todos", []).append(look)


def of(app: Flask, camp: Camp) -> Sequence[Todo]:
    """What needs the organisers of a camp now; among equals in the order of registration."""
    found = [todo for look in app.extensions.get("camp_todos", []) for todo in look(camp)]
    return sorted(found, key=lambda todo: LEVELS.index(todo.level))
