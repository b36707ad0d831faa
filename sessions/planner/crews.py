"""The one-slot sessions of a slot as a set: whom they reach, and what exchanging one of them gains, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field

from sessions.planner.grid import Grid

KEPT = 250_000  # gains remembered before all are forgotten: some tens of megabytes
_WEIGHT = 20    # gains that a set itself counts for


@dataclass(slots=True)
class Crew:
    """A set of one-slot sessions, one bit each: who wants any of them, who holds one, who wants exactly one.

    `gains` holds what `Crews.gain` has found so far.
    """

    bits: int
    one: int
    own: int
    solo: int
    gains: dict[int, int] = field(default_factory=dict)

    @property
    def seated(self) -> int:
        """The attendance of a slot that holds these sessions and no other."""
        return (self.one | self.own).bit_count() - self.own.bit_count()


class Crews:
    """Remembers sets of sessions. Searches come back to the same ones again and again, most of all small searches."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.step = grid.count + 1
        self._known: dict[int, Crew] = {}
        self._kept = 0

    def of(self, bits: int) -> Crew:
        """Return the set with these bits."""
        crew = self._known.get(bits)
        if crew is None:
            if self._kept >= KEPT:
                self._known.clear()
                self._kept = 0
            crew = self._known[bits] = self._read(bits)
            self._kept += _WEIGHT
        return crew

    def gain(self, crew: Crew, leaves: int, comes: int) -> int:
        """Return what attendance gains if one of the set (-1: none) is exchanged for another; hosts sit in one only.

        Loops that cannot afford a call look into `gains` first: the key is leaves * step + comes.
        """
        key = leaves * self.step + comes
        gain = crew.gains.get(key)
        if gain is None:
            voters, owners = self.grid.voters, self.grid.owners
            own = (crew.own ^ owners[leaves]) | owners[comes]
            one = (crew.one ^ (crew.solo & voters[leaves])) | voters[comes] | own
            gain = crew.gains[key] = one.bit_count() - own.bit_count() - crew.seated
            self._kept += 1
        return gain

    def _read(self, bits: int) -> Crew:
        voters, owners = self.grid.voters, self.grid.owners
        once = more = own = 0
        rest = bits
        while rest:
            lowest = rest & -rest
            rest ^= lowest
            session = lowest.bit_length() - 1
            more |= once & voters[session]
            once |= voters[session]
            own |= owners[session]
        return Crew(bits, once, own, once ^ more)
