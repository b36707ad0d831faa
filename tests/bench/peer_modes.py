"""Runs in the environment of conference-scheduler alone: one of its modes on an instance, as its documentation says.

`peer_modes.py FILE MODE` prints JSON: processor seconds (with CBC's) and placements, or what went wrong.
"""

import json
import resource
import sys
from datetime import datetime, timedelta


def read(file):
    """The instance as events and slots: one slot for each open room and time, clashes and windows as unavailability."""
    from conference_scheduler.resources import Event, Slot

    with open(file, encoding="utf-8") as text:
        data = json.load(text)
    starts = {slot["id"]: datetime(2027, 1, 1) + timedelta(hours=number) for number, slot in enumerate(data["slots"])}
    cells = [(room, slot) for room in data["rooms"] for slot in data["slots"] if slot["id"] not in room.get("unavailable", [])]
    slots = [Slot(venue=room["id"], starts_at=starts[slot["id"]], duration=45, capacity=room["capacity"], session=slot["block"]) for room, slot in cells]
    windows = {one["id"]: set(one["available"]) for one in data.get("speakers", []) if one.get("available") is not None}
    votes = [vote for wanted in data["votes"].values() for vote in set(wanted)]
    rows = [one for one in data["sessions"] if one.get("length", 1) == 1]
    events = [Event(name=one["id"], duration=45, demand=votes.count(one["id"])) for one in rows]
    for one, event in zip(rows, events, strict=True):
        hosts = set(one["speakers"])
        gone = [slot for slot, (room, time) in zip(slots, cells, strict=True)
                if set(one["requires"]) - set(room["features"]) or any(time["id"] not in windows.get(host, [time["id"]]) for host in hosts)]
        event.add_unavailability(*gone, *(other for row, other in zip(rows, events, strict=True) if other is not event and hosts & set(row["speakers"])))
    return events, slots, cells


def run(mode, events, slots):
    """The solution of a mode, as pairs of event and slot."""
    from conference_scheduler import heuristics, scheduler
    from conference_scheduler.lp_problem import objective_functions as goals

    if mode == "hill climber":
        return scheduler.heuristic(events=events, slots=slots, objective_function=goals.efficiency_capacity_demand_difference)
    if mode == "annealing":
        return scheduler.heuristic(events=events, slots=slots, algorithm=heuristics.simulated_annealing,
                                   objective_function=goals.efficiency_capacity_demand_difference)
    goal = {"feasibility": None, "efficiency": goals.efficiency_capacity_demand_difference, "equity": goals.equity_capacity_demand_difference}[mode]
    import pulp
    return scheduler.solution(events, slots, objective_function=goal, solver=pulp.PULP_CBC_CMD(msg=False, threads=2))


def main():
    """Run one mode and print what came out."""
    events, slots, cells = read(sys.argv[1])
    found = run(sys.argv[2], events, slots)
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
    rows = [{"session": events[event].name, "room": cells[slot][0]["id"], "slot": cells[slot][1]["id"]} for event, slot in found]
    print(json.dumps({"seconds": seconds, "placements": rows}))


main()
