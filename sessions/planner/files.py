"""Read and write problems (JSON, format barcamp-schedule-1) and plans."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from camp.errors import N_
from sessions.planner.problem import Pin, Placement, Problem, ProblemError, Room, Session, Slot, Wants

FORMAT = "barcamp-schedule-1"
LIMITS = {"rooms": 200, "slots": 500, "sessions": 5_000, "speakers": 100_000, "votes": 200_000, "pins": 5_000,
          "kinds": 200_000}
WANTS = {"firsts-first": "firsts", "tags-apart": "apart", "track-in-one-room": "together", "meet-other-kinds": "mixed"}


def read_problem(text: str) -> Problem:
    """Return the problem in this JSON text; raises ProblemError with one sentence on what is wrong and where."""
    data = _parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ProblemError(N_("This is no planning problem: the file must be a JSON object with \"format\": "
                              "\"%(format)s\"."), format=FORMAT)
    votes = _typed(data, "votes", dict, "file")
    _limit("votes", votes)
    return Problem(
        rooms=tuple(_room(row, where) for where, row in _rows(data, "rooms")),
        slots=tuple(_slot(row, where) for where, row in _rows(data, "slots")),
        sessions=tuple(_session(row, where) for where, row in _rows(data, "sessions")),
        windows=_windows(data),
        votes={person: _strings(votes, person, "votes") for person in votes},
        pins=tuple(_pin(row, where) for where, row in _rows(data, "pins", optional=True)),
        name=_typed(data, "name", str, "file", ""),
        wants=_wants(data),
        kinds=_kinds(data),
    )


def write_problem(problem: Problem) -> str:
    """Return the problem as JSON text that `read_problem` reads back to an equal problem."""
    order = [slot.id for slot in problem.slots]
    data: dict[str, Any] = {
        "format": FORMAT,
        "name": problem.name,
        "rooms": [{"id": room.id, "capacity": room.seats, "features": sorted(room.features),
                   "unavailable": [slot for slot in order if slot in room.closed]} for room in problem.rooms],
        "slots": [{"id": slot.id, "start": slot.start, "end": slot.end, "block": slot.block}
                  for slot in problem.slots],
        "speakers": [{"id": host, "available": [slot for slot in order if slot in window]}
                     for host, window in problem.windows.items()],
        "sessions": [_session_row(session, order) for session in problem.sessions],
        "votes": {person: list(wanted) for person, wanted in problem.votes.items()},
        "pins": [{"session": pin.session, "slot": pin.slot, "room": pin.room} for pin in problem.pins],
    }
    if problem.wants != Wants():
        data["wants"] = [name for name, key in WANTS.items() if getattr(problem.wants, key)]
    if problem.kinds:
        data["kinds"] = dict(problem.kinds)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_plan(text: str) -> tuple[Placement, ...]:
    """Return the placements in this JSON text; raises ProblemError. Whether the ids exist is for `check` to say."""
    data = _parse(text)
    if not isinstance(data, list):
        raise ProblemError(N_("This is no plan: the file must be a JSON list of objects with session, room and slot."))
    return tuple(Placement(*(_typed(row, key, str, where) for key in ("session", "room", "slot")))
                 for where, row in _numbered("row", data))


def write_plan(placements: Iterable[Placement]) -> str:
    """Return the placements as JSON text, one to a line."""
    rows = (json.dumps({"session": row.session, "room": row.room, "slot": row.slot}, ensure_ascii=False)
            for row in placements)
    body = ",\n ".join(rows)
    return f"[\n {body}\n]\n" if body else "[]\n"


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ProblemError(N_("This is not JSON: line %(line)s, column %(column)s cannot be read; "
                              "export the file again."), line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):
        raise ProblemError(N_("This JSON holds a number or a nesting that is far too long; "
                              "export the file again.")) from None


def _rows(data: dict[str, Any], key: str, optional: bool = False) -> list[tuple[str, dict[str, Any]]]:
    rows = _typed(data, key, list, "file", [] if optional else None)
    _limit(key, rows)
    return _numbered(key, rows)


def _limit(key: str, rows: list[Any] | dict[str, Any]) -> None:
    if len(rows) > LIMITS[key]:
        raise ProblemError(N_("The file has %(count)s entries in \"%(key)s\", at most %(limit)s can be planned; "
                              "split the file."), count=len(rows), key=key, limit=LIMITS[key])


def _numbered(key: str, rows: list[Any]) -> list[tuple[str, dict[str, Any]]]:
    """Pair each row with its place in the file, counted from 1; refuse what is no object."""
    found = []
    for number, row in enumerate(rows, 1):
        where = f"{key} {number}"
        if not isinstance(row, dict):
            raise ProblemError(N_("%(where)s is no object; write it in braces, with its keys."), where=where)
        found.append((where, row))
    return found


_KINDS = {
    str: N_("%(where)s: \"%(key)s\" must be text; put it in quotes."),
    int: N_("%(where)s: \"%(key)s\" must be a whole number; correct it."),
    list: N_("%(where)s: \"%(key)s\" must be a list; put it in square brackets."),
    dict: N_("%(where)s: \"%(key)s\" must be an object; put it in braces."),
    bool: N_("%(where)s: \"%(key)s\" must be true or false; correct it."),
}


def _typed(row: dict[str, Any], key: str, kind: type, where: str, default: Any = None) -> Any:
    """Return row[key] if it is of this kind; a missing key or null gives the default, if there is one."""
    value = row.get(key)
    if value is None:
        if default is None:
            raise ProblemError(N_("%(where)s: \"%(key)s\" is missing; add it."), where=where, key=key)
        return default
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ProblemError(_KINDS[kind], where=where, key=key)
    return value


def _strings(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return row[key], a list of texts, without doubles; a missing key gives an empty tuple."""
    values = _typed(row, key, list, where, [])
    if not all(isinstance(value, str) for value in values):
        raise ProblemError(N_("%(where)s: \"%(key)s\" must be a list of texts; correct it."), where=where, key=key)
    return tuple(dict.fromkeys(values))


def _optional(row: dict[str, Any], key: str, where: str) -> str | None:
    return _typed(row, key, str, where) if row.get(key) is not None else None


def _room(row: dict[str, Any], where: str) -> Room:
    return Room(_typed(row, "id", str, where), _typed(row, "capacity", int, where),
                frozenset(_strings(row, "features", where)), frozenset(_strings(row, "unavailable", where)))


def _slot(row: dict[str, Any], where: str) -> Slot:
    start, end, block = (_typed(row, key, str, where) for key in ("start", "end", "block"))
    return Slot(_typed(row, "id", str, where), start, end, block)


def _session(row: dict[str, Any], where: str) -> Session:
    available = frozenset(_strings(row, "available", where)) if row.get("available") is not None else None
    return Session(
        id=_typed(row, "id", str, where), title=_typed(row, "title", str, where, ""),
        hosts=_strings(row, "speakers", where), length=_typed(row, "length", int, where, 1),
        needs=frozenset(_strings(row, "requires", where)), track=_optional(row, "track", where),
        available=available, must=_typed(row, "must", bool, where, False))


def _session_row(session: Session, order: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": session.id, "title": session.title, "speakers": list(session.hosts),
                           "length": session.length, "requires": sorted(session.needs), "track": session.track}
    if session.available is not None:
        row["available"] = [slot for slot in order if slot in session.available]
    if session.must:
        row["must"] = True
    return row


def _windows(data: dict[str, Any]) -> dict[str, frozenset[str]]:
    found = {}
    for where, row in _rows(data, "speakers", optional=True):
        host = _typed(row, "id", str, where)
        if row.get("available") is not None:
            found[host] = frozenset(_strings(row, "available", where))
    return found


def _wants(data: dict[str, Any]) -> Wants:
    """Read what the camp wants beside the score: a list of the names in WANTS."""
    names = _strings(data, "wants", "file")
    for name in names:
        if name not in WANTS:
            raise ProblemError(N_("file: \"wants\" names %(name)s, which is none of %(known)s; correct it."),
                               name=name, known=", ".join(WANTS))
    return Wants(**{WANTS[name]: True for name in names})


def _kinds(data: dict[str, Any]) -> dict[str, str]:
    kinds = _typed(data, "kinds", dict, "file", {})
    _limit("kinds", kinds)
    return {person: _typed(kinds, person, str, "kinds") for person in kinds}


def _pin(row: dict[str, Any], where: str) -> Pin:
    return Pin(_typed(row, "session", str, where), _optional(row, "slot", where), _optional(row, "room", where))
