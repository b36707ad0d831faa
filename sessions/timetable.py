"""The shapes in which a timetable is shown: rows by time, a wall of rooms and slots, and what runs at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Generic, Protocol, TypeVar


class Span(Protocol):
    """A slot of the camp. Its members are Any, like those of Piece: a protocol does not see through mapped columns."""

    date: Any  # datetime.date
    starts: Any  # datetime.time
    ends: Any  # datetime.time
    kind: Any  # str: session, break, plenary
    title: Any  # str


class Piece(Protocol):
    """A session with its place in time and its room."""

    @property
    def session_id(self) -> Any: ...  # noqa: D102  int
    @property
    def room_id(self) -> Any: ...  # noqa: D102  int
    @property
    def date(self) -> Any: ...  # noqa: D102  datetime.date
    @property
    def starts(self) -> Any: ...  # noqa: D102  datetime.time
    @property
    def ends(self) -> Any: ...  # noqa: D102  datetime.time


P = TypeVar("P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Row(Generic[P]):
    """A time of a day and what begins then; `kind` and `title` are the slot's, `live` and `past` are about now."""

    date: date
    starts: time
    ends: time
    kind: str
    title: str
    pieces: tuple[P, ...] = ()
    live: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Cell(Generic[P]):
    """A cell of the wall: a piece over some rows, or nothing."""

    room_id: int
    piece: P | None = None
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Now(Generic[P]):
    """What runs (or nothing, in a gap), how many minutes are over and left of it or of the gap, and what comes next."""

    row: Row[P] | None
    gone: int
    left: int
    after: Row[P] | None


def rows(spans: Iterable[Span], pieces: Iterable[P], moment: datetime | None = None) -> list[Row[P]]:
    """Every time of the camp in order with what begins then; a piece whose slot is gone keeps a row of its own.

    With a local wall time each row knows whether it runs then or is over.
    """
    begins: dict[tuple[date, time], list[P]] = {}
    for piece in pieces:
        begins.setdefault((piece.date, piece.starts), []).append(piece)
    found = [Row(span.date, span.starts, span.ends, span.kind, span.title,
                 tuple(begins.pop((span.date, span.starts), ()))) for span in spans]
    found += [Row(day, starts, max(piece.ends for piece in some), "session", "", tuple(some))
              for (day, starts), some in begins.items()]
    found.sort(key=lambda row: (row.date, row.starts))
    if moment is None:
        return found
    running = _running(found, moment)
    return [replace(row, live=row is running, past=(row.date, row.ends) <= (moment.date(), moment.time()))
            for row in found]


def wall(timeline: Sequence[Row[P]], rooms: Sequence[int]) -> list[tuple[Row[P], list[Cell[P]]]]:
    """Each row with its cells in order of the rooms; a cell that a longer piece from above covers is left out."""
    found: list[tuple[Row[P], list[Cell[P]]]] = []
    covered: dict[int, int] = {}
    for number, row in enumerate(timeline):
        cells = []
        by_room = {piece.room_id: piece for piece in row.pieces}
        for room in rooms if row.kind == "session" else ():
            if covered.get(room, 0) > number:
                continue
            piece = by_room.get(room)
            height = _height(timeline, number, piece) if piece is not None else 1
            covered[room] = number + height
            cells.append(Cell(room, piece, height))
        found.append((row, cells))
    return found


def now(timeline: Sequence[Row[P]], moment: datetime) -> Now[P] | None:
    """What runs at a local wall time and what comes next; nothing on other days and after the last row."""
    wall_time = moment.time().replace(second=0, microsecond=0)
    today = [row for row in timeline if row.date == moment.date()]
    later = [row for row in today if row.starts > wall_time]
    row, after = _running(today, moment), later[0] if later else None
    if row is not None:
        return Now(row, _minutes(wall_time) - _minutes(row.starts), _minutes(row.ends) - _minutes(wall_time), after)
    if after is None:
        return None
    before = max((one.ends for one in today if one.ends <= wall_time), default=wall_time)
    return Now(None, _minutes(wall_time) - _minutes(before), _minutes(after.starts) - _minutes(wall_time), after)


def at(pieces: Iterable[P], moment: datetime) -> list[P]:
    """What runs at a local wall time, longer ones in their second slot too."""
    return [piece for piece in pieces if piece.date == moment.date() and piece.starts <= moment.time() < piece.ends]


def filled(spans: Sequence[Span], rooms: Sequence[int], pieces: Iterable[Piece]) -> frozenset[tuple[int, int]]:
    """The cells in which something is held, as (number of the span, number of the room); others are left out."""
    columns = {room: column for column, room in enumerate(rooms)}
    return frozenset((row, columns[piece.room_id]) for piece in pieces if piece.room_id in columns
                     for row, span in enumerate(spans)
                     if span.date == piece.date and piece.starts <= span.starts < piece.ends)


def _running(timeline: Iterable[Row[P]], moment: datetime) -> Row[P] | None:
    found = [row for row in timeline if row.date == moment.date() and row.starts <= moment.time() < row.ends]
    return found[-1] if found else None


def _height(timeline: Sequence[Row[P]], number: int, piece: P) -> int:
    height = 1
    for row in timeline[number + 1:]:
        if row.kind != "session" or row.date != piece.date or row.starts >= piece.ends:
            break
        height += 1
    return height


def _minutes(wall_time: time) -> int:
    return wall_time.hour * 60 + wall_time.minute
