"""How the wings join a camp's loading: each registers which files it reads, how it parses and how it stores them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from camp.models import Camp
from camp.tables import Problem

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Folder:
    """What a loader is told before anything is written: the files of its names, and whom and what the folder names."""

    files: Mapping[str, bytes]
    addresses: frozenset[str]
    camp: Camp | None


@dataclass(frozen=True, slots=True)
class Held:
    """The rooms and slots (by id) that hold something and therefore may not vanish."""

    rooms: frozenset[int] = frozenset()
    slots: frozenset[int] = frozenset()


@dataclass(slots=True)
class Tally:
    """What a loading did to rows of one kind."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def __str__(self) -> str:
        counts = (("new", self.new), ("changed", self.changed), ("gone", self.gone))
        return ", ".join(f"{number} {word}" for word, number in counts if number)

    def put(self, row: object, **values: object) -> None:
        """Set what differs in a row, and count the row if anything did."""
        wrong = [name for name, value in values.items() if getattr(row, name) != value]
        for name in wrong:
            setattr(row, name, values[name])
        self.changed += bool(wrong)


@dataclass(frozen=True, slots=True)
class Loader:
    """A wing's part of loading.

    `parse` gives its records and what is wrong with them, and may read the database; `store` writes them and tells what
    it did, by the name of the rows; `held` says what stands in the way of a smaller venue.
    """

    files: tuple[str, ...]
    parse: Callable[[Folder], tuple[Any, list[Problem]]]
    store: Callable[[Camp, Any], dict[str, Tally]]
    held: Callable[[Camp], Held]


def register(app: Flask, loader: Loader) -> None:
    """Let a wing take part in `camp load`."""
    app.extensions.setdefault("camp_loaders", []).append(loader)


def of(app: Flask) -> list[Loader]:
    """The loaders of the application."""
    found: list[Loader] = app.extensions.get("camp_loaders", [])
    return found
