"""Check first: what leaves no plan, or leaves sessions out whatever is tried, who is to blame and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp.errors import N_
from sessions.planner.explain import reason
from sessions.planner.forced import place_forced
from sessions.planner.grid import Grid
from sessions.planner.problem import Breach, NoPlan, Problem
from sessions.planner.rules import Names, sentence

# what the breaches of a contradiction and of a shortage mean for who asks, with the remedy
ADVICE = {
    "taken": N_("%(session)s and %(other)s must both be in %(room)s at %(slot)s; move one of the two pins."),
    "host_busy": N_("%(session)s and %(other)s must both be held at %(slot)s by %(host)s; move one of them, "
                    "or let somebody else hold it."),
    "host_window": N_("%(session)s must be at %(slot)s, when its host %(host)s is not there; move the pin "
                      "or change when %(host)s is there."),
    "session_window": N_("%(session)s must be at %(slot)s, when it cannot take place; move the pin or change its "
                         "times."),
    "end": N_("%(session)s needs two slots and must begin in the last one, %(slot)s; move the pin one slot forward."),
    "break": N_("%(session)s must begin at %(slot)s and would run over the break; move the pin or make it shorter."),
    "feature": N_("%(session)s needs %(other)s and must be in %(room)s, which does not have it; move the pin "
                  "or bring it there."),
    "closed": N_("%(session)s must be in %(room)s at %(slot)s, when it is closed; move the pin or open the room."),
    "pin_slot": N_("%(session)s must be at %(slot)s and at %(other)s; remove one of the two pins."),
    "pin_room": N_("%(session)s must be in %(room)s and in %(other)s; remove one of the two pins."),
    "together": N_("%(session)s must have a cell, but no plan was found that also holds %(other)s; let one of them go, "
                   "or add a room or a slot."),
    "no_room_with": N_("%(session)s cannot have a cell: no room has %(other)s; bring it to a room, or do without."),
    "no_room_with_all": N_("%(session)s cannot have a cell: no single room has all of this: %(other)s; bring it "
                           "together in one room, or do without."),
    "no_host_slot": N_("%(session)s cannot have a cell: its host %(host)s has no free slot; ask %(host)s for more "
                       "time, or let somebody else hold it."),
    "no_slot": N_("%(session)s cannot have a cell: no slot suits it and all its hosts; ask them for more time."),
    "no_two_slots": N_("%(session)s cannot have a cell: no two slots in a row suit it and its hosts; make it shorter, "
                       "or ask them for more time."),
    "no_open_room": N_("%(session)s cannot have a cell: the rooms that suit it are closed whenever it could take "
                       "place; open one of them."),
    "too_many": N_("The sessions fill more cells than there are (%(other)s): some stay without one; add a room or "
                   "a slot, or let people vote."),
    "host_full": N_("%(host)s holds more than fits into the slots when %(host)s is there (%(other)s): one stays "
                    "without a cell; ask %(host)s for more time, or let somebody else hold one."),
    "feature_full": N_("More sessions need %(other)s than fit into the rooms that have it: some stay without a cell; "
                       "bring it to another room."),
}


def contradictions(problem: Problem) -> tuple[Breach, ...]:
    """Return what leaves no plan at all: pins and sessions that must be placed, against each other and the rules."""
    try:
        place_forced(Grid(problem))
    except NoPlan as error:
        return once(error.breaches)
    return ()


def shortages(problem: Problem) -> tuple[Breach, ...]:
    """Return what no plan can mend: sessions that fit nowhere, hosts and features with too much to hold, the count."""
    grid = Grid(problem)
    alone = [reason(grid, session, ()) for session in range(grid.count) if not grid.places[session]]
    return (*alone, *_full_hosts(grid), *_full_features(grid), *_full_grid(grid))


def advice(breach: Breach, names: Names) -> tuple[str, dict[str, str]]:
    """Return one English sentence (a msgid) on culprit and remedy, and the values for its placeholders."""
    msgid, values = sentence(breach, names)
    return ADVICE.get(breach.rule, msgid), values


def once(breaches: Iterable[Breach]) -> tuple[Breach, ...]:
    """Return the breaches without those that say of two sessions the other way round what was said before."""
    found: dict[object, Breach] = {}
    for one in breaches:
        pair = one.rule in ("taken", "host_busy")
        found.setdefault((one.rule, frozenset((one.session, one.other)), one.host) if pair else one, one)
    return tuple(found.values())


def _full_hosts(grid: Grid) -> Iterator[Breach]:
    held: dict[str, list[int]] = {}
    for number, session in enumerate(grid.problem.sessions):
        if grid.places[number]:
            for host in session.hosts:
                held.setdefault(host, []).append(number)
    for host, sessions in held.items():
        slots = {one // grid.rooms for session in sessions for cell in grid.places[session]
                 for one in grid.span(session, cell)}
        if sum(grid.length[session] for session in sessions) > len(slots):
            ids = [grid.problem.sessions[session].id for session in sessions]
            yield Breach("host_full", ids[0], other=", ".join(ids), host=host)


def _full_features(grid: Grid) -> Iterator[Breach]:
    for feature in sorted(frozenset().union(*(session.needs for session in grid.problem.sessions))):
        rooms = [room for room, record in enumerate(grid.problem.rooms) if feature in record.features]
        cells = sum(grid.open[slot * grid.rooms + room] for slot in range(grid.slots) for room in rooms)
        needs = [number for number, session in enumerate(grid.problem.sessions)
                 if feature in session.needs and grid.places[number]]
        if sum(grid.length[session] for session in needs) > cells:
            yield Breach("feature_full", grid.problem.sessions[needs[0]].id, other=feature)


def _full_grid(grid: Grid) -> Iterator[Breach]:
    need, cells = sum(grid.length[:-1]), sum(grid.open)
    if need > cells:
        yield Breach("too_many", "", other=f"{need} > {cells}")
