"""The planner against the best scores known: each row solves an instance on several seeds, in seconds of processor time."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:  # the planner loads when a row needs it
    from sessions.planner import Problem

DATA = Path(__file__).parent.parent / "data" / "scheduling"
ELSEWHERE = "BENCH_INSTANCES"  # a folder with more instances in the same format
# Best scores known (the README beside the instances).
BEST = {"barcamp-S-1": 445.0, "rich-S-1": 426.0, "barcamp-M-1": 1640.86, "rich-M-1": 1616.0, "barcamp-L-1": 11138.86, "rich-L-1": 10489.32,
        "conference-XL-1": 48324.5, "real-poster-1": 219.0, "real-csconf-1": 256.0, "real-aamas-2015": 2013.0, "real-aamas-2021-a": 1160.0}
Measured = tuple[str, bool | None]


def instance(name: str) -> Path | None:
    """The file of an instance, here or in the folder that the environment names."""
    folders = [DATA, *([Path(os.environ[ELSEWHERE])] if ELSEWHERE in os.environ else [])]
    return next((file for folder in folders if (file := folder / f"{name}.json").exists()), None)


def judge(file: Path, placements: Any) -> dict[str, Any]:
    """What the independent checker says of a plan; its score is 0 if a rule is broken."""
    return judge_rows(file, [{"session": row.session, "room": row.room, "slot": row.slot} for row in placements])


def judge_rows(file: Path, rows: list[dict[str, str]]) -> dict[str, Any]:
    """The same of a plan as it stands in a file."""
    problem = json.loads(file.read_text("utf-8"))
    bad, placed = _evaluate().check(problem, rows)
    found: dict[str, Any] = _evaluate().score(problem, placed)
    return {**found, "score": 0.0 if bad else found["score"]}


def breaches(file: Path, rows: list[dict[str, str]]) -> list[str]:
    """The rules that it breaks, as the independent checker says."""
    bad: list[str] = _evaluate().check(json.loads(file.read_text("utf-8")), rows)[0]
    return bad


@functools.cache
def _evaluate() -> Any:
    """The independent checker beside the data, as a module."""
    spec = importlib.util.spec_from_file_location("evaluate", DATA / "evaluate.py")
    assert spec is not None and spec.loader is not None
    evaluate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluate)
    return evaluate


def missing(name: str) -> str:
    """What a row says that has no instance."""
    return f"not measured: name a folder that holds {name}.json in {ELSEWHERE}"


@functools.cache
def score_in(file: Path, seconds: float, seed: int) -> float:
    """The score of the plan found in so much processor time; measured once for all rows that ask."""
    from sessions.planner import solve
    with mock.patch("time.monotonic", time.process_time):
        found = solve(read(file), seed=seed, deadline=time.process_time() + seconds)
    score: float = judge(file, found.placements)["score"]
    return score


def read(file: Path) -> Problem:
    """The problem in a file."""
    from sessions.planner.files import read_problem
    return read_problem(file.read_text("utf-8"))


def calibration() -> float:
    """Seconds of processor time for a loop of the same kind on this machine, to compare figures of different machines."""
    rng, start = Random(1), time.process_time()
    sets = [rng.getrandbits(300) for _ in range(48)]
    for _ in range(300_000):
        (sets[rng.randrange(48)] | sets[rng.randrange(48)]).bit_count()
    return time.process_time() - start


def plan(name: str, seconds: float, within: float, of: int, seeds: int = 10) -> tuple[str, Callable[[], Measured]]:
    """How near to the best known score the planner comes, on so many of the seeds."""
    def measure() -> Measured:
        file = instance(name)
        if file is None:
            return missing(name), None
        gaps = [1 - score_in(file, seconds, seed) / BEST[name] for seed in range(seeds)]
        gaps.sort()
        return f"median {statistics.median(gaps):.2%}, worst {gaps[-1]:.2%}", gaps[of - 1] <= within + 1e-9
    return f"plan {name} in {seconds:g} s: at most {within:.1%} below the best known on {of} of {seeds} seeds", measure


def way(name: str, seconds: float, share: float, seeds: int = 3) -> tuple[str, Callable[[], Measured]]:
    """How much of the way from the plan of the pin board to the best known one is gone, the median of the seeds."""
    def measure() -> Measured:
        file = instance(name)
        if file is None:
            return missing(name), None
        from sessions.planner.pinboard import pin_board
        start = judge(file, pin_board(read(file)))["score"]
        gone = statistics.median((score_in(file, seconds, seed) - start) / (BEST[name] - start) for seed in range(seeds))
        return f"{gone:.1%} (pin board {start:.1f}, best known {BEST[name]:.1f})", gone >= share
    return f"plan {name} in {seconds:g} s: at least {share:.0%} of the way from the pin board to the best known", measure


def feasible() -> Measured:
    """Seconds until XL has a plan that keeps every rule, with reading it."""
    file = instance("conference-XL-1")
    assert file is not None
    from sessions.planner import solve
    start = time.process_time()
    found = solve(read(file), seed=1, moves=1)
    used = time.process_time() - start
    score = judge(file, found.placements)["score"]
    return f"{used:.1f} s of processor time, {found.figures.placed} sessions, score {score:.0f}", used <= 5 and score > 0


_GROWTH = """
import sys, time
from pathlib import Path
from sessions.planner import solve
from sessions.planner.files import read_problem
problem = read_problem(Path(sys.argv[1]).read_text("utf-8"))
times = []
for moves in (2_000, 22_000):
    start = time.process_time()
    solve(problem, seed=1, moves=moves)
    times.append(time.process_time() - start)
# not ru_maxrss, in which the process that began this one still counts
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print((times[1] - times[0]) / 20_000 * 1e6, int(peak.split()[1]) / 1024)
"""


def growth() -> Measured:
    """How the time of a move and the memory grow from S to XL, each in a process of its own; no goal but 500 MB."""
    told, most = [], 0.0
    for name in ("barcamp-S-1", "barcamp-M-1", "barcamp-L-1", "conference-XL-1"):
        file = instance(name)
        assert file is not None
        done = subprocess.run([sys.executable, "-c", _GROWTH, str(file)], capture_output=True, text=True, check=True)
        micro, size = map(float, done.stdout.split())
        told.append(f"{name} {micro:.0f} µs and {size:.0f} MB")
        most = max(most, size)
    return ", ".join(told), most < 500


def what_if_all_cells() -> Measured:
    """All cells for a session of M in one call, the slowest of ten sessions."""
    from sessions.planner import solve, what_if
    from sessions.planner.files import read_problem
    file = instance("barcamp-M-1")
    assert file is not None
    problem, series = read_problem(file.read_text("utf-8")), []
    placements = solve(problem, seed=1, moves=2000).placements
    for session in problem.sessions[:10]:
        start = time.process_time()
        what_if(problem, placements, session.id)
        series.append(time.process_time() - start)
    return f"{max(series) * 1000:.0f} ms", max(series) <= 0.1


ROWS: list[tuple[str, Callable[[], Measured]]] = [
    ("seconds beside the plans: 300,000 unions of bitsets (no goal)", lambda: (f"{calibration():.2f} s", True)),
    plan("barcamp-S-1", 1, 0.0, 9), plan("rich-S-1", 1, 0.0, 9), plan("real-poster-1", 1, 0.0, 9),
    *(plan(name, seconds, within, 5) for name in ("barcamp-M-1", "rich-M-1", "real-csconf-1")
      for seconds, within in ((1, 0.01), (5, 0.005))),
    *(plan(name, 30, 0.002, 2, 3) for name in ("barcamp-M-1", "rich-M-1", "real-csconf-1")),
    *(plan(name, 10, 0.01, 2, 3) for name in ("barcamp-L-1", "rich-L-1", "real-aamas-2015", "real-aamas-2021-a")),
    *(plan(name, 60, 0.005, 1, 1) for name in ("barcamp-L-1", "rich-L-1", "real-aamas-2015", "real-aamas-2021-a")),
    plan("conference-XL-1", 60, 0.01, 1, 1),
    *(way(name, 10, 0.95) for name in ("barcamp-S-1", "barcamp-M-1", "real-csconf-1", "real-poster-1")),
    *(way(name, 10, 0.9) for name in ("barcamp-L-1", "real-aamas-2015", "real-aamas-2021-a")),
    way("conference-XL-1", 60, 0.9, 1),
    ("conference-XL-1 has a valid plan in 5 s", feasible),
    ("time of a move and memory from S to XL: at most 500 MB", growth),
    ("what-if for all cells of barcamp-M-1 in 100 ms", what_if_all_cells),
]
