"""Mend a plan with few moves: each has a price, and only what the news drives out sets others in motion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sessions.planner.grid import Change, Grid
from sessions.planner.state import State

SLOT_PRICE = 0.06   # of the mean votes a session: what a slot move must win; by trying, see tests/bench
EFFORT = 60_000     # changes tried in all; reached by conferences, not by camps
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Prices:
    """What a change of the old plan costs, in wishes; a drop costs more than any two moves."""

    slot: float
    room: float
    drop: float


def prices_of(grid: Grid) -> Prices:
    """Return prices that grow with the camp."""
    slot = max(0.5, SLOT_PRICE * sum(grid.popular) / max(1, grid.count))
    return Prices(slot, slot / 5, 2.5 * slot)


class Mender:
    """Weighs changes of a state by score, cells filled and distance from the old plan; takes the best."""

    def __init__(self, state: State, old: Sequence[int], lost: Sequence[int], freed: Iterable[int] = ()) -> None:
        self.state, self.old, self.lost = state, old, lost
        self.grid, self.prices = state.grid, prices_of(state.grid)
        self.moved = set(lost)             # who has been set in motion: only they may set others in motion
        self.left = EFFORT
        self.limit = 2 * len(lost)         # slot moves, unless a place cannot be had for fewer
        self._worth = 10 * self.prices.drop + sum(self.grid.popular)
        self._taken = set(freed)           # cells that were held before: who comes in takes no other
        self._taken.update(one for session, cell in enumerate(old) if cell >= 0
                           for one in self.grid.span(session, cell))

    def settle(self) -> None:
        """Put the lost into free cells, then those of the pool into what became free; nobody else moves."""
        for session in self._waiting():
            self._take(self._direct(session))

    def mend(self) -> None:
        """Find a place for the lost by chains of up to three moves, then exchange as long as it pays."""
        for session in self._waiting():
            if not self._take(self._direct(session)) or self.old[session] >= 0:
                self._refine(session)
        while self.left > 0 and self._take(self._exchanges()):
            pass

    def _refine(self, session: int) -> None:
        """Take a chain where it places the session, or places it better than the free cells did."""
        if self.old[session] >= 0 or self.state.place[session] < 0:
            self._take(self._chains(session, 1))
        if self.state.place[session] < 0 and self.old[session] >= 0:
            self._take(self._chains(session, 2))

    def slot_moves(self) -> int:
        """Return how many sessions are in another slot than before."""
        rooms = self.grid.rooms
        return sum(was >= 0 and now >= 0 and was // rooms != now // rooms
                   for was, now in zip(self.old, self.state.place, strict=True))

    def _waiting(self) -> list[int]:
        """Return the pool: the lost before the others, who must before who may, then the most wanted."""
        return sorted((one for one in self.state.pool if self.grid.places[one]), key=lambda one: (
            self.old[one] < 0, one not in self.grid.forced, -self.grid.popular[one], one))

    def _cost(self, session: int, cell: int) -> float:
        was, rooms = self.old[session], self.grid.rooms
        if was < 0 or cell == was:
            return 0.0
        if cell < 0:
            return self.prices.drop
        return self.prices.room if was // rooms == cell // rooms else self.prices.slot

    def _take(self, candidates: Iterator[list[Change]]) -> bool:
        """Make the best of these changes, if any wins more than it costs; a cell filled is worth any price."""
        state, best, won = self.state, [], _TINY
        spare = max(self.limit, self.slot_moves())
        for changes in candidates:
            if self.left <= 0:
                break
            self.left -= 1
            before = [(one, state.place[one]) for one, _ in changes]
            cost = sum(self._cost(*change) for change in changes) - sum(self._cost(*change) for change in before)
            cells, score = state.cells, state.score
            if not state.attempt(changes, won + cost, self._worth):
                continue
            net = state.score - score + self._worth * (state.cells - cells) - cost
            fits = state.cells > cells or self.slot_moves() <= spare
            state.attempt(before, float("-inf"))
            if fits and net > won:
                best, won = changes, net
        if best:
            state.attempt(best, float("-inf"))
            self.moved.update(one for one, _ in best)
        return bool(best)

    def _empty(self, session: int) -> list[int]:
        """Return the cells where the session may start and nobody is; who had no cell takes only what became free."""
        grid, at = self.grid, self.state.at
        return [cell for cell in grid.places[session] if all(
            at[one] < 0 and (self.old[session] >= 0 or one in self._taken) for one in grid.span(session, cell))]

    def _direct(self, session: int) -> Iterator[list[Change]]:
        for cell in self._empty(session):
            yield [(session, cell)]

    def _chains(self, session: int, depth: int) -> Iterator[list[Change]]:
        """Yield changes in which the session takes a cell and those in its way go on, the last ones to free cells."""
        grid, state = self.grid, self.state
        for cell in grid.places[session]:
            span = set(grid.span(session, cell))
            others = sorted({state.at[one] for one in span} - {-1, session})
            if not others or not grid.forced.isdisjoint(one for one in others if len(grid.places[one]) < 2):
                continue
            ways = [list(self._ways(other, span, depth)) for other in others]
            for chosen in product(*ways):
                changes = [change for way in chosen for change in way]
                if self._apart(session, changes, span):
                    yield [(session, cell), *changes]

    def _ways(self, session: int, shut: set[int], depth: int) -> Iterator[list[Change]]:
        """Yield where a session can go that has to leave: a free cell, or one whose single holder finds one."""
        grid, at = self.grid, self.state.at
        for cell in grid.places[session]:
            span = grid.span(session, cell)
            if not shut.isdisjoint(span):
                continue
            others = {at[one] for one in span} - {-1, session}
            if not others:
                yield [(session, cell)]
            elif depth > 1 and len(others) == 1:
                for way in self._ways(others.pop(), shut.union(span), depth - 1):
                    yield [(session, cell), *way]

    def _apart(self, first: int, changes: Sequence[Change], span: set[int]) -> bool:
        """Say whether no cell is taken twice and, for who had no cell, whether all of them were taken before."""
        cells = [one for session, cell in changes for one in self.grid.span(session, cell)]
        return len(set(cells)) == len(cells) and span.isdisjoint(cells) \
            and len({session for session, _ in changes}) == len(changes) \
            and (self.old[first] >= 0 or self._taken.issuperset(span.union(cells)))

    def _exchanges(self) -> Iterator[list[Change]]:
        """Yield what may still pay: better rooms in a touched slot, other cells for the moved, others left out."""
        rooms, place = self.grid.rooms, self.state.place
        touched = {cell // rooms for one in self.moved for cell in (self.old[one], place[one]) if cell >= 0}
        for session, here in enumerate(place):
            if here >= 0 and (session in self.moved or here // rooms in touched):
                for cell in self.grid.places[session]:
                    if cell != here and (session in self.moved or cell // rooms == here // rooms):
                        yield from self._swap(session, here, cell)
        for session in self._waiting():
            if self.old[session] >= 0:
                yield from self._replacements(session)

    def _swap(self, session: int, here: int, cell: int) -> Iterator[list[Change]]:
        """Move a session; a single holder of the cell of the same length takes its place."""
        grid, at = self.grid, self.state.at
        others = {at[one] for one in grid.span(session, cell)} - {-1, session}
        if not others:
            yield [(session, cell)]
        elif len(others) == 1:
            other, = others
            if grid.length[other] == grid.length[session] and self.state.place[other] == cell \
                    and grid.legal[other][here]:
                yield [(session, cell), (other, here)]

    def _replacements(self, session: int) -> Iterator[list[Change]]:
        """Let a lost session in for another one, or let another go on to the cell of a third that is left out."""
        grid, state = self.grid, self.state
        for cell in grid.places[session]:
            others = sorted({state.at[one] for one in grid.span(session, cell)} - {-1})
            if len(others) != 1 or others[0] in grid.forced or state.place[others[0]] != cell:
                continue
            other, = others
            yield [(session, cell), (other, -1)]
            for target in grid.places[other]:
                third = state.at[target]
                if third >= 0 and third != other and third not in grid.forced and state.place[third] == target \
                        and grid.length[third] == grid.length[other] and target not in grid.span(session, cell):
                    yield [(session, cell), (other, target), (third, -1)]
