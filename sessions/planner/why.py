"""One sentence for each session of a plan: why it is where it is or has no cell, from rules and score, with figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from camp.errors import N_
from sessions.planner.explain import reason
from sessions.planner.foresee import advice
from sessions.planner.grid import Change, Grid
from sessions.planner.moves import change
from sessions.planner.problem import Breach, Placement, Problem
from sessions.planner.rules import Names
from sessions.planner.state import State

KINDS = {
    "pinned": N_("%(session)s is pinned to %(slot)s in %(room)s: %(audience)s of the %(wanted)s who want it are "
                 "expected, for %(seats)s seats."),
    "only_time": N_("%(session)s can only be at %(slot)s by the rules: in %(room)s %(audience)s of the %(wanted)s who "
                    "want it are expected, for %(seats)s seats."),
    "alone": N_("%(session)s is at %(slot)s in %(room)s: %(audience)s of the %(wanted)s who want it are expected, for "
                "%(seats)s seats; by the rules no other session can change with it."),
    "best": N_("%(session)s is at %(slot)s in %(room)s: %(audience)s of the %(wanted)s who want it are expected, for "
               "%(seats)s seats; to change with %(other)s at %(then)s, the best exchange, would cost %(lost)s of the "
               "wishes."),
    "equal": N_("%(session)s is at %(slot)s in %(room)s: %(audience)s of the %(wanted)s who want it are expected, for "
                "%(seats)s seats; it could just as well change with %(other)s at %(then)s."),
    "better": N_("%(session)s is at %(slot)s in %(room)s: %(audience)s of the %(wanted)s who want it are expected, for "
                 "%(seats)s seats; to change with %(other)s at %(then)s would win %(lost)s wishes."),
    "best_free": N_("%(session)s is at %(slot)s in %(room)s: %(audience)s of the %(wanted)s who want it are expected, "
                    "for %(seats)s seats; at %(then)s, the best other time, %(lost)s of the wishes would be lost."),
    "equal_free": N_("%(session)s is at %(slot)s in %(room)s: %(audience)s of the %(wanted)s who want it are expected, "
                     "for %(seats)s seats; it could just as well be at %(then)s."),
    "better_free": N_("%(session)s is at %(slot)s in %(room)s: %(audience)s of the %(wanted)s who want it are "
                      "expected, for %(seats)s seats; at %(then)s %(lost)s more wishes would fit."),
    "out_best": N_("No cell was left for %(session)s, which %(wanted)s want: in the place of %(other)s at %(then)s, "
                   "the best exchange, it would cost %(lost)s of the wishes."),
    "out_equal": N_("No cell was left for %(session)s, which %(wanted)s want: in the place of %(other)s at %(then)s "
                    "just as many wishes would fit."),
    "out_better": N_("No cell was left for %(session)s, which %(wanted)s want: in the place of %(other)s at %(then)s "
                     "%(lost)s more wishes would fit."),
    "out_free": N_("%(session)s, which %(wanted)s want, could have a free cell at %(then)s."),
}


@dataclass(frozen=True, slots=True)
class Why:
    """The reason for one session: its kind, ids, and whole numbers of people and wishes; `breach` where a rule says it.

    `other` and `then` are the session and the slot of the best exchange, `lost` the wishes that it would cost (or win).
    """

    session: str
    kind: str
    wanted: int = 0
    audience: int = 0
    lost: int = 0
    at: Placement | None = None
    seats: int = 0
    other: str = ""
    then: str = ""
    breach: Breach | None = None


def why(problem: Problem, placements: Iterable[Placement], only: Iterable[str] = ()) -> tuple[Why, ...]:
    """Return the reason for each session of a valid plan, or for those asked for, in the order of the problem."""
    grid, wished = Grid(problem), set(only)
    state = State(grid)
    state.load(grid.place(placements))
    return tuple(_placed(state, number) if state.place[number] >= 0 else _left_out(state, number)
                 for number, session in enumerate(problem.sessions) if not wished or session.id in wished)


def told(one: Why, names: Names) -> tuple[str, dict[str, object]]:
    """Return the English sentence (a msgid) and the values for its placeholders."""
    if one.breach is not None:
        msgid, values = advice(one.breach, names)
        return msgid, dict(values)
    at = one.at or Placement("", "", "")
    return KINDS[one.kind], {
        "session": names.sessions.get(one.session, one.session), "wanted": one.wanted, "audience": one.audience,
        "lost": one.lost, "seats": one.seats, "room": names.rooms.get(at.room, at.room),
        "slot": names.slots.get(at.slot, at.slot), "other": names.sessions.get(one.other, one.other),
        "then": names.slots.get(one.then, one.then)}


def _placed(state: State, session: int) -> Why:
    grid, here = state.grid, state.place[session]
    times = {cell // grid.rooms for cell in grid.places[session]}
    row = grid.placements(here if one == session else -1 for one in range(grid.count))[0]
    kind, lost, other, then = "pinned" if len(grid.places[session]) == 1 else "only_time", 0, "", ""
    if len(times) > 1:
        kind, lost, other, then = _verdict(state, _exchanges(state, session), ("alone", "best", "equal", "better"))
    return Why(row.session, kind, grid.popular[session], round(state.audience(session)), lost, row,
               grid.seats[here % grid.rooms], other, then)


def _left_out(state: State, session: int) -> Why:
    grid, record = state.grid, state.grid.problem.sessions[session]
    breach = reason(grid, session, state.place)
    if breach.rule != "no_cell_left":
        return Why(record.id, "rule", grid.popular[session], breach=breach)
    kinds = "", "out_best", "out_equal", "out_better"
    kind, lost, other, then = _verdict(state, _replacements(state, session), kinds)
    if not kind:
        return Why(record.id, "rule", grid.popular[session], breach=breach)
    return Why(record.id, "out_free" if not other else kind, grid.popular[session], 0, lost, None, 0, other, then)


def _verdict(state: State, ways: Iterator[tuple[list[Change], int]],
             kinds: tuple[str, str, str, str]) -> tuple[str, int, str, str]:
    """Return what the best way would mean, how many wishes it moves, and the other session and slot."""
    grid, best = state.grid, None
    for changes, target in ways:
        before, other = state.score, state.at[target]
        back = [(one, state.place[one]) for one, _ in changes]
        if state.attempt(changes, float("-inf")):
            gain = state.score - before
            state.attempt(back, float("-inf"))
            if best is None or gain > best[0] + 1e-9:
                best = gain, other, target
    if best is None:
        return kinds[0], 0, "", ""
    gain, other, target = best
    lost = round(gain)
    kind = kinds[1] if lost < 0 else kinds[3] if lost > 0 else kinds[2]
    name = grid.problem.sessions[other].id if other >= 0 else ""
    free = "" if name or kind.startswith("out_") else "_free"
    return kind + free, abs(lost), name, grid.problem.slots[target // grid.rooms].id


def _exchanges(state: State, session: int) -> Iterator[tuple[list[Change], int]]:
    """Yield each change of slot that the rules allow, with the cell it leads to."""
    rooms = state.grid.rooms
    for target in state.grid.places[session]:
        if target // rooms != state.place[session] // rooms:
            changes = change(state, Random(target), session, target)
            if changes:
                yield changes, target


def _replacements(state: State, session: int) -> Iterator[tuple[list[Change], int]]:
    """Yield each way in that leaves no more cells empty, with the cell it leads to."""
    grid = state.grid
    for target in grid.places[session]:
        others = {state.at[one] for one in grid.span(session, target)} - {-1}
        if others & grid.forced or sum(grid.length[one] for one in others) > grid.length[session]:
            continue
        yield [(session, target), *((one, -1) for one in sorted(others))], target
