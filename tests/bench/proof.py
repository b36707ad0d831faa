"""Rows about plans that exist: how near to the best possible one is proven, and how well a lost room is mended."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from sessions.planner import prove, replan, solve
from sessions.planner.news import News
from sessions.planner.problem import Plan, Problem
from tests.bench import plans
from tests.bench.rows import Row

# Best scores known (the README beside the data); of barcamp-L-1 the attendance, which is what its bound speaks of.
BEST = {"barcamp-S-1": 445.0, "rich-S-1": 426.0, "barcamp-M-1": 1640.86, "rich-M-1": 1616.0, "barcamp-L-1": 11348.0,
        "real-poster-1": 219.0, "real-csconf-1": 256.0}
FRESH = 40_000   # moves of the search for the plan that a mended one is held against


def proof(name: str, seconds: float, percent: float, attendance: bool = False) -> Row:
    """How far a plan made on the way is from the proven bound, and that no plan known is above the bound."""
    def measure() -> plans.Measured:
        file = plans.instance(name)
        if file is None:
            return plans.missing(name), None
        start, used = time.monotonic(), time.process_time()
        found = prove(plans.read(file), deadline=start + seconds)
        figures = found.plan.figures
        gap = 100 * (found.bound / (figures.attendance if attendance else figures.score) - 1)
        best = 100 * (found.bound / BEST[name] - 1)
        took = f"{time.monotonic() - start:.0f} s, {time.process_time() - used:.0f} s of processor time"
        return (f"{gap:.2f} % ({figures.score:.2f} of at most {found.bound:.2f}; best known +{best:.2f} %; {took})",
                gap <= percent and found.bound >= BEST[name])
    return Row(f"prove {name} in {seconds:g} s: at most {percent:g} % {'of attendance ' if attendance else ''}are open", measure)


def _mended(problem: Problem, plan: Plan, news: News) -> tuple[float, int, int, float]:
    """Processor time, slot moves and drops of the offer with few moves, and its score against a fresh plan's."""
    start = time.process_time()
    found = replan(problem, plan.placements, news)
    used = time.process_time() - start
    few = next(offer for offer in reversed(found.offers) if offer.kind in ("stay", "few"))
    fresh = solve(found.problem, seed=1, moves=FRESH).figures.score
    return used, few.count("slot"), few.count("drop"), few.figures.score / fresh


def _told(rows: list[tuple[float, int, int, float]], drops: int) -> tuple[str, bool]:
    times, moves, dropped, shares = zip(*rows, strict=True)
    worst = min(shares)
    return (f"{statistics.median(times):.2f} s of processor time, {max(times):.2f} at most; up to {max(moves)} slot moves, "
            f"{max(dropped)} dropped; {statistics.median(shares):.2%} of a fresh plan, {worst:.2%} at worst, {len(rows)} cases",
            max(times) <= 0.5 and max(moves) <= 2 and max(dropped) <= drops and worst >= 0.985)


def lost_rooms() -> tuple[str, bool]:
    """Each room lost in one slot of barcamp-M-1, whose every cell is held: one session has to go."""
    problem = plans.read(plans.DATA / "barcamp-M-1.json")
    plan = solve(problem, seed=1, moves=FRESH)
    cells = [(room.id, slot.id) for room in problem.rooms for slot in problem.slots[1:]]
    return _told([_mended(problem, plan, News(1, frozenset({cell}))) for cell in cells[::4]], 1)


def late_hosts() -> tuple[str, bool]:
    """Hosts of one session who come so late that it has to move, while all its hosts still could hold it: none is dropped."""
    problem = plans.read(plans.DATA / "barcamp-M-1.json")
    plan = solve(problem, seed=1, moves=FRESH)
    hosts = {one.id: one.hosts for one in problem.sessions}
    ids = [slot.id for slot in problem.slots]
    late = [host for row in plan.placements if row.slot in ids[1:3] for host in hosts[row.session]
            if sum(host in others for others in hosts.values()) == 1
            and frozenset(ids[4:]).intersection(*(problem.windows.get(one, frozenset(ids)) for one in hosts[row.session]))]
    return _told([_mended(replace(problem), plan, News(1, late={host: ids[4]})) for host in late[:10]], 0)


ROWS = [
    Row("re-plan of barcamp-M-1, a room lost in one slot: 0.5 s, 2 slot moves, 1 session dropped, 98.5 % of a fresh plan", lost_rooms),
    Row("re-plan of barcamp-M-1, a host comes late: 0.5 s, 2 slot moves, nobody dropped, 98.5 % of a fresh plan", late_hosts),
    proof("barcamp-S-1", 10, 1), proof("rich-S-1", 10, 1), proof("real-poster-1", 10, 1), proof("real-csconf-1", 10, 1), proof("barcamp-M-1", 60, 1.5), proof("rich-M-1", 60, 1.5),
    proof("barcamp-L-1", 180, 5, attendance=True),
]
