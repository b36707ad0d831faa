"""The linear program over slot patterns: which patterns together are worth most, and what sessions and slots cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

from sessions.planner.grid import Grid
from sessions.planner.kernel import standing
from sessions.planner.patterns import Kind, unit_of


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of the sessions and of one slot of each kind; `worth` is the program's value, in bits.

    `basis` are the patterns it uses.
    """

    worth: float
    sessions: Any
    kinds: Any
    basis: tuple[tuple[int, ...], ...]


class Master:
    """The patterns found so far, with their values."""

    def __init__(self, grid: Grid, kinds: Sequence[Kind]) -> None:
        self.grid, self.kinds, self.unit = grid, kinds, unit_of(grid)
        self.values: dict[tuple[int, tuple[int, ...]], float] = {}

    def add(self, kind: int, sessions: Sequence[int]) -> bool:
        """Take a pattern in; tells whether it is new."""
        key = kind, tuple(sorted(sessions))
        if key in self.values or not key[1]:
            return False
        self.values[key] = self._value(self.kinds[kind], key[1])
        return True

    def prices(self) -> Prices:
        """Solve the program; raises RuntimeError if the solver fails."""
        keys = list(self.values)
        count = self.grid.count
        if not keys:
            return Prices(0.0, np.zeros(count), np.zeros(len(self.kinds)), ())
        rows = [row for kind, pattern in keys for row in (*pattern, count + kind)]
        columns = [number for number, (_, pattern) in enumerate(keys) for _ in range(len(pattern) + 1)]
        matrix = csc_matrix((np.ones(len(rows)), (rows, columns)), shape=(count + len(self.kinds), len(keys)))
        room = [*self.grid.length[:count], *(len(kind.slots) for kind in self.kinds)]
        found = linprog([-self.values[key] for key in keys], A_ub=matrix, b_ub=room, method="highs")
        if found.status != 0:
            raise RuntimeError(found.message)
        duals = np.maximum(0.0, -found.ineqlin.marginals)
        basis = tuple(key[1] for key, share in zip(keys, found.x, strict=True) if share > 1e-7)
        return Prices(-found.fun, duals[:count].copy(), duals[count:], basis)

    def bound(self, sessions: Any, kinds: Any) -> float:
        """Return what no plan exceeds, in wishes, if at these prices no pattern is worth more than its kind's price."""
        whole = float(np.dot(self.grid.length[:self.grid.count], sessions))
        whole += sum(len(kind.slots) * max(0.0, float(price)) for kind, price in zip(self.kinds, kinds, strict=True))
        return whole / self.unit + 1e-6

    def _value(self, kind: Kind, pattern: tuple[int, ...]) -> float:
        grid, single, every, own = self.grid, 0, 0, 0
        for one in pattern:
            every |= grid.voters[one]
            own |= grid.owners[one]
            if grid.length[one] == 1:
                single |= grid.voters[one]
        bits = (every & ~own).bit_count() + ((single & ~own).bit_count() if self.unit == 2 else 0)
        return bits - self.unit * float(standing(kind.case, np.array(pattern, np.int32), len(pattern)))
