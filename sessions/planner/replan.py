"""Mend a plan on the day: two or three offers, from "nothing else moves" to "free", with what each saves and costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from camp.errors import N_
from sessions.planner.explain import reason
from sessions.planner.grid import Grid
from sessions.planner.mend import Mender
from sessions.planner.news import News, Today, cells_of, today
from sessions.planner.problem import Breach, Figures, Placement, Problem
from sessions.planner.rules import Names, sentence
from sessions.planner.score import score_of, wanted_sessions
from sessions.planner.search import Best, Budget, improve
from sessions.planner.state import State

MOVES = 6_000  # of the search for the free plan, when neither moves nor a deadline are given
KINDS = {
    "stay": N_("Nothing else moves"),
    "few": N_("Few moves"),
    "free": N_("Planned anew"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A session that gets another cell, loses its cell (`after` None) or comes in (`before` None), and why.

    The reason is a broken rule, the session that now holds its cell (`makes_way_for`), or neither: more wishes fit.
    """

    session: str
    before: Placement | None
    after: Placement | None
    breach: Breach | None = None
    makes_way_for: str | None = None

    @property
    def kind(self) -> str:
        """One of slot, room, drop and add."""
        if self.before is None or self.after is None:
            return "add" if self.before is None else "drop"
        return "room" if self.before.slot == self.after.slot else "slot"


@dataclass(frozen=True, slots=True)
class Offer:
    """One way out; `saved` are wishes kept beyond those of the old plan without the lost sessions.

    `people` counts who wants or holds a session that moves, comes in or is dropped.
    """

    kind: str
    placements: tuple[Placement, ...]
    moves: tuple[Move, ...]
    figures: Figures
    saved: int
    people: int

    def count(self, kind: str) -> int:
        """Return how many moves there are of this kind."""
        return sum(move.kind == kind for move in self.moves)


@dataclass(frozen=True, slots=True)
class Replan:
    """The offers, the problem they solve (the past is pinned in it), and the sessions that lost their cell."""

    offers: tuple[Offer, ...]
    problem: Problem
    lost: Mapping[str, Breach]
    frozen: frozenset[str]


def replan(problem: Problem, placements: Iterable[Placement], news: News, *, seed: int = 1, moves: int | None = None,
           deadline: float | None = None) -> Replan:
    """Return plans for the rest of the day; an offer that equals the one before it is left out.

    What has begun stays where it is. `deadline` (a time.monotonic() value) or `moves` ends the search for the plan
    made anew; the first two offers depend on nothing but the arguments. Without any news that touches the plan there
    are no offers. Raises ProblemError for unknown ids, NoPlan if the past itself breaks the grid.
    """
    rows = tuple(placements)
    rest = today(problem, rows, news)
    if not rest.lost and not news.cancelled & {row.session for row in rows} - rest.frozen:
        return Replan((), rest.problem, rest.lost, rest.frozen)
    grid = Grid(rest.problem)
    found: list[tuple[str, list[int]]] = []
    for kind, place in _ways_out(grid, rest, seed, moves if moves or deadline else MOVES, deadline):
        if all(place != other for _, other in found):
            found.append((kind, place))
    offers = tuple(_offer(kind, grid, rest, place) for kind, place in found)
    return Replan(offers, rest.problem, rest.lost, rest.frozen)


def told(move: Move, names: Names) -> tuple[tuple[str, dict[str, str]], tuple[str, dict[str, str]]]:
    """Return what happens to the session and why, each as an English msgid with its values."""
    def where(row: Placement | None) -> str:
        return f"{names.slots.get(row.slot, row.slot)}, {names.rooms.get(row.room, row.room)}" if row else ""

    values = {"session": names.sessions.get(move.session, move.session),
              "before": where(move.before), "after": where(move.after)}
    if move.breach is not None:
        return (_MOVES[move.kind], values), sentence(move.breach, names)
    if move.makes_way_for is not None:
        other = names.sessions.get(move.makes_way_for, move.makes_way_for)
        return (_MOVES[move.kind], values), (N_("It makes way for %(other)s."), {"other": other})
    return (_MOVES[move.kind], values), (_GAINS[move.kind], {})


_MOVES = {
    "slot": N_("%(session)s moves from %(before)s to %(after)s."),
    "room": N_("%(session)s changes rooms, from %(before)s to %(after)s."),
    "drop": N_("%(session)s loses its cell (%(before)s)."),
    "add": N_("%(session)s comes in (%(after)s)."),
}
_GAINS = {
    "slot": N_("So more wishes fit."),
    "room": N_("So more people find a seat."),
    "drop": N_("So more wishes fit."),
    "add": N_("A cell became free."),
}


def _ways_out(grid: Grid, rest: Today, seed: int, moves: int | None,
              deadline: float | None) -> Iterable[tuple[str, list[int]]]:
    """Yield each kind of offer with the first cell of each session."""
    old, standing = grid.place(rest.old), grid.place(rest.standing)
    lost = [number for number, one in enumerate(grid.problem.sessions) if one.id in rest.lost]
    rooms = [room.id for room in grid.problem.rooms]
    slots = [slot.id for slot in grid.problem.slots]
    freed = [slots.index(slot) * grid.rooms + rooms.index(room) for room, slot in rest.freed]
    state = State(grid)
    state.load(standing)
    Mender(state, old, lost, freed).settle()
    yield "stay", state.place[:]
    state.load(standing)
    Mender(state, old, lost, freed).mend()
    yield "few", state.place[:]
    best = Best(state.cells, state.score, state.place[:])
    improve(state, Budget(moves, deadline), Random(seed), best)
    yield "free", best.place


def _offer(kind: str, grid: Grid, rest: Today, place: list[int]) -> Offer:
    placements = grid.placements(place)
    moves = tuple(_moves(grid, rest, placements))
    figures, bare = score_of(rest.problem, placements), score_of(rest.problem, rest.standing)
    return Offer(kind, placements, moves, figures, figures.attendance - bare.attendance,
                 len(_touched(rest.problem, {move.session for move in moves})))


def _moves(grid: Grid, rest: Today, placements: tuple[Placement, ...]) -> Iterable[Move]:
    """Yield what changes, in the order of the sessions, with its reason."""
    before, after = ({row.session: row for row in rows} for rows in (rest.old, placements))
    holder = {cell: row.session for row in placements for cell in cells_of(rest.problem, row)}
    for number, session in enumerate(rest.problem.sessions):
        was, now = before.get(session.id), after.get(session.id)
        if was == now:
            continue
        breach = rest.lost.get(session.id)
        way = None
        if was is not None and breach is None:
            takers = [holder.get(cell) for cell in cells_of(rest.problem, was)]
            way = next((one for one in takers if one and one != session.id), None)
        if was is not None and now is None and breach is None and way is None:
            breach = reason(grid, number, grid.place(placements))
        yield Move(session.id, was, now, breach, way)


def _touched(problem: Problem, sessions: set[str]) -> set[str]:
    """Return who wants or holds one of these sessions."""
    found = {person for person, wanted in wanted_sessions(problem).items() if not sessions.isdisjoint(wanted)}
    return found.union(*(one.hosts for one in problem.sessions if one.id in sessions))
