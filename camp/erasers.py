"""How the wings forget: each registers what it clears of an erased person, and what a restored database must lose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from camp.models import Camp, Participant

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Eraser:
    """A wing's part of forgetting.

    `erase` (camp, participant, vote key) forgets the wing's rows, before the participant goes; `numbers` tells before
    how many there are, by their word; `files` (instance folder, camp) names what was printed with the names of a camp
    and can be made anew; `settle` ends what a restored database may not bring back; `tell` gives whole what the wing
    stores about somebody; `keeps` says that somebody agreed to be kept beyond the camp's day of erasing.
    """

    erase: Callable[[Camp, Participant, str], None]
    numbers: Callable[[Camp, Participant, str], dict[str, int]]
    files: Callable[[Path, Camp], list[Path]]
    settle: Callable[[], None] = lambda: None
    tell: Callable[[Camp, Participant, str], dict[str, list[dict[str, Any]]]] = lambda camp, who, key: {}
    keeps: Callable[[Camp, Participant], bool] = lambda camp, who: False


def register(app: Flask, eraser: Eraser) -> None:
    """Let a wing take part in `camp erase` and `camp restore`."""
    app.extensions.setdefault("camp_erasers", []).append(eraser)


def of(app: Flask) -> list[Eraser]:
    """The erasers of the application."""
    found: list[Eraser] = app.extensions.get("camp_erasers", [])
    return found
