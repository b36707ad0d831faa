"""A plan under change: a move is weighed by the slots it touches and kept or taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions.planner.crews import Crews
from sessions.planner.crowd import audience_of, levels_of
from sessions.planner.grid import Change, Grid
from sessions.planner.hopeless import hopeless


class State:
    """Which session is in which cell, with attendance, overflow and cells filled kept up to date.

    `at` gives the session by cell (-1: none), `place` the first cell by session (-1: in the pool).
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.at = [-1] * (grid.rooms * grid.slots)
        self.place = [-1] * grid.count
        self.pool = list(range(grid.count))
        self.cells = 0
        self.attendance = 0
        self.overflow = 0.0
        self.links = [0] * (grid.slots + 1)  # two-slot sessions that start in the slot; the last entry stays 0
        self.one = [0] * grid.slots          # voters of the slot's one-slot sessions
        self.two = [0] * (grid.slots + 1)    # voters of the two-slot sessions that start in the slot
        self.own = [0] * (grid.slots + 1)    # voters who hold a session in the slot
        self._audience = [-1.0] * (grid.count + 1)  # expected audience where it has been asked for, else -1
        self.served = 0                       # hosts who hold something, if the camp wants as many as possible
        self.held = [0] * grid.hosts          # how many sessions each of them holds
        self.prize = 0.0                      # what one host more is worth to `attempt`, in wishes
        self.crews = Crews(grid)
        self.crew = [self.crews.of(0)] * grid.slots  # the slot's one-slot sessions
        self.seated = [0] * grid.slots       # attendance by slot; a two-slot session counts where it starts
        self.spilt = [0.0] * grid.slots      # overflow by slot, likewise

    @property
    def score(self) -> float:
        """Attendance minus overflow."""
        return self.attendance - self.overflow

    def load(self, place: Sequence[int]) -> None:
        """Take over a whole plan, which must be valid, and weigh it from nothing."""
        self._shift([(session, -1) for session in range(self.grid.count)])
        self._shift([(session, cell) for session, cell in enumerate(place) if cell >= 0])
        for slot in range(self.grid.slots):
            self.one[slot], self.two[slot], self.own[slot] = self._masks(slot)
        slots = range(self.grid.slots)
        self._settle(slots, self._attend(slots), [self._spill(slot) for slot in slots])

    def free(self, session: int, cell: int) -> bool:
        """Say whether the session may go to this cell as things stand: allowed, empty, no host of it busy."""
        span = self.grid.span(session, cell)
        return bool(self.grid.legal[session][cell]) and all(self.at[one] < 0 for one in span) \
            and not self._host_busy(session, span)

    def attempt(self, changes: Sequence[Change], least: float, worth: float = 0.0) -> bool:
        """Make these changes if the score, plus `worth` for each cell more, moves by `least` or better.

        The places must be legal and empty once the changed sessions have left; that hosts are in one place
        is looked after here. Attendance comes first: seats are dearer to count, and at best no one is left standing.
        """
        if hopeless(self, changes, least, worth):
            return False
        cells, served = self.cells, self.served
        back, slots = self._shift(changes)
        if self._host_clash(changes):
            self._shift(back)
            return False
        saved = [(slot, self.one[slot], self.two[slot], self.own[slot]) for slot in slots]
        for slot in slots:
            self.one[slot], self.two[slot], self.own[slot] = self._masks(slot)
        wide = self._linked(slots) if any(self.links[slot] or self.links[slot - 1] for slot in slots) else slots
        seated = self._attend(wide)
        slack = sum(seated) - least + worth * (self.cells - cells) + self.prize * (self.served - served)
        for slot in wide:
            slack += self.spilt[slot] - self.seated[slot]
        spilt: list[float] = []
        for slot in wide:
            if slack < 0:
                break
            spilt.append(self._spill(slot, slack))
            slack -= spilt[-1]
        if slack < 0:
            self._shift(back)
            for slot, one, two, own in saved:
                self.one[slot], self.two[slot], self.own[slot] = one, two, own
            return False
        self._settle(wide, seated, spilt)
        return True

    def exchanged(self, slot: int, leaves: int, comes: int) -> int:
        """Return what attendance gains if one session of this slot, without two-slot sessions, is exchanged."""
        return self.crews.gain(self.crew[slot], leaves, comes)

    def hold(self, session: int, change: int) -> None:
        """Count the hosts of a session that comes in (1) or goes out (-1)."""
        for host in self.grid.firsts[session]:
            before = self.held[host] > 0
            self.held[host] += change
            self.served += (self.held[host] > 0) - before

    def refresh(self, slot: int, crew: int, gain: int, spilt: float) -> None:
        """Take over what was written into `at` and `place` in a slot without two-slot sessions, and its worth."""
        team = self.crew[slot] = self.crews.of(crew)
        self.one[slot], self.two[slot], self.own[slot] = team.one, 0, team.own
        self.seated[slot] += gain
        self.spilt[slot] = spilt
        self.attendance += gain
        self.overflow = sum(self.spilt)
        for session in self.at[slot * self.grid.rooms:(slot + 1) * self.grid.rooms]:
            self._audience[session] = -1.0

    def note_pool(self) -> None:
        """List anew the sessions without a cell."""
        self.pool = [session for session, cell in enumerate(self.place) if cell < 0]

    def _shift(self, changes: Iterable[Change]) -> tuple[list[Change], list[int]]:
        """Move sessions without weighing; return the way back and the slots that were touched."""
        rooms, length, at, place, links = self.grid.rooms, self.grid.length, self.at, self.place, self.links
        back: list[Change] = []
        touched: set[int] = set()
        for session, _ in changes:
            cell = place[session]
            back.append((session, cell))
            if cell >= 0:
                at[cell] = -1
                touched.add(cell // rooms)
                self.cells -= 1
                self.hold(session, -1)
                if length[session] == 2:
                    at[cell + rooms] = -1
                    touched.add(cell // rooms + 1)
                    self.cells -= 1
                    links[cell // rooms] -= 1
        for session, cell in changes:
            place[session] = cell
            if cell >= 0:
                at[cell] = session
                touched.add(cell // rooms)
                self.cells += 1
                self.hold(session, 1)
                if length[session] == 2:
                    at[cell + rooms] = session
                    touched.add(cell // rooms + 1)
                    self.cells += 1
                    links[cell // rooms] += 1
        return back, sorted(touched)

    def _host_clash(self, changes: Iterable[Change]) -> bool:
        return any(cell >= 0 and self._host_busy(session, self.grid.span(session, cell)) for session, cell in changes)

    def _host_busy(self, session: int, span: Iterable[int]) -> bool:
        """Say whether a host of the session holds another one beside any of these cells."""
        rooms, rivals = self.grid.rooms, self.grid.clash[session]
        return bool(rivals) and any(not rivals.isdisjoint(self.at[cell - cell % rooms:cell - cell % rooms + rooms])
                                    for cell in span)

    def _masks(self, slot: int) -> tuple[int, int, int]:
        """Return the voters of one-slot sessions, of two-slot sessions that start here, and the hosts of the slot."""
        rooms, voters, owners = self.grid.rooms, self.grid.voters, self.grid.owners
        row = self.at[slot * rooms:(slot + 1) * rooms]
        one = two = own = 0
        if not self.links[slot] and not self.links[slot - 1]:
            for session in row:
                one |= voters[session]
                own |= owners[session]
            return one, 0, own
        for number, session in enumerate(row):
            own |= owners[session]
            if self.grid.length[session] == 1:
                one |= voters[session]
            elif self.place[session] == slot * rooms + number:
                two |= voters[session]
        return one, two, own

    def _short(self, slot: int) -> int:
        """Return, one bit each, the one-slot sessions of this slot."""
        length, bit = self.grid.length, self.grid.bit
        return sum(bit[session] for session in self.at[slot * self.grid.rooms:(slot + 1) * self.grid.rooms]
                   if length[session] == 1)

    def _linked(self, slots: Iterable[int]) -> list[int]:
        """Add to these slots all that hang on them through two-slot sessions."""
        found: set[int] = set()
        for slot in slots:
            low = high = slot
            while self.links[low - 1]:
                low -= 1
            while self.links[high]:
                high += 1
            found.update(range(low, high + 1))
        return sorted(found)

    def _attend(self, slots: Sequence[int]) -> list[int]:
        """Return the attendance of these slots, from left to right: two-slot wishes take what one-slot ones leave.

        This greedy count is exact: a one-slot session is never a worse choice than a two-slot one over it.
        """
        found = []
        held = -1, 0                                # the next slot and who still sits in a two-slot session there
        for slot in slots:
            own = self.own[slot]
            one = (self.one[slot] | own) ^ own
            count = one.bit_count()
            if self.links[slot]:
                busy = one | own | self.one[slot + 1] | self.own[slot + 1]
                if held[0] == slot:
                    busy |= held[1]
                take = (self.two[slot] | busy) ^ busy
                count += take.bit_count()
                held = slot + 1, take
            found.append(count)
        return found

    def _spill(self, slot: int, limit: float = float("inf")) -> float:
        """Return how many people expected in the sessions that start in this slot find no seat.

        Above `limit` any value above it may come back.
        """
        seats, popular, place = self.grid.seats, self.grid.popular, self.place
        base = slot * self.grid.rooms
        tight = [(session, seats[room])
                 for room, session in enumerate(self.at[base:base + self.grid.rooms])
                 if popular[session] > seats[room] and place[session] == base + room]
        if not tight:
            return 0.0
        levels = levels_of(self._groups(slot, slot))
        total = 0.0
        for session, room in tight:
            if self.grid.length[session] == 2:
                audience = audience_of(self._can(session), levels_of(self._groups(slot, slot + 1)), room)
            else:
                own = self.own[slot]
                audience = audience_of((self.grid.voters[session] | own) ^ own, levels, room)
            if audience > room:
                total += audience - room
                if total > limit:
                    break
        return total

    def _can(self, session: int) -> int:
        """Return the voters of a placed session who do not hold another one meanwhile."""
        slot = self.place[session] // self.grid.rooms
        own = self.own[slot] if self.grid.length[session] == 1 else self.own[slot] | self.own[slot + 1]
        return (self.grid.voters[session] | own) ^ own

    def _groups(self, first: int, last: int) -> list[int]:
        """Return who can want each of the sessions that run in these slots."""
        rooms = self.grid.rooms
        row = self.at[first * rooms:(last + 1) * rooms]
        if first == last and not self.links[first] and not self.links[first - 1]:
            voters, own = self.grid.voters, self.own[first]
            return [(voters[session] | own) ^ own for session in row]
        return [self._can(session) for session in dict.fromkeys(row) if session >= 0]

    def audience(self, session: int) -> float:
        """Return the expected audience of a placed session."""
        if self._audience[session] < 0:
            slot = self.place[session] // self.grid.rooms
            levels = levels_of(self._groups(slot, slot + self.grid.length[session] - 1))
            self._audience[session] = audience_of(self._can(session), levels)
        return self._audience[session]

    def _settle(self, slots: Iterable[int], seated: Iterable[int], spilt: Iterable[float]) -> None:
        """Write down what these slots are worth now."""
        for slot, people, standing in zip(slots, seated, spilt, strict=True):
            self.seated[slot], self.spilt[slot] = people, standing
            self.crew[slot] = self.crews.of(self._short(slot))
            for session in self.at[slot * self.grid.rooms:(slot + 1) * self.grid.rooms]:
                self._audience[session] = -1.0
        self.attendance, self.overflow = sum(self.seated), sum(self.spilt)
        self.note_pool()
