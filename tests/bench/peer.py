"""Rows against conference-scheduler (PyPI), installed into an environment of its own, in the same run."""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from tests.bench import environment, plans
from tests.bench.plans import Measured

PEER = "conference-scheduler==3.0.1"
MODES = ("feasibility", "efficiency", "equity", "hill climber", "annealing")
PATIENCE = 60  # seconds that a mode may take; one of them does not end on larger instances
SEEDS = 3


def python() -> Path | str:
    """The Python of the peer's environment, or what went wrong when it was made."""
    return environment.python_with(PEER)


def mode_of(file: Path, mode: str) -> tuple[float, float] | str:
    """Score and processor seconds of one of its modes, or what went wrong."""
    begun = [str(python()), str(Path(__file__).with_name("peer_modes.py")), str(file), mode]
    try:
        told = subprocess.run(begun, capture_output=True, text=True, timeout=PATIENCE, check=True).stdout
    except subprocess.TimeoutExpired:
        return f"not done in {PATIENCE} s"
    except subprocess.CalledProcessError as error:
        return (error.stderr.strip().splitlines() or ["failed"])[-1]
    found = json.loads(told.splitlines()[-1])
    return plans.judge_rows(file, found["placements"])["score"], found["seconds"]


def against(name: str) -> tuple[str, Callable[[], Measured]]:
    """The planner with a tenth of the processor time of the peer's best mode."""
    def measure() -> Measured:
        file = plans.instance(name)
        if file is None:
            return plans.missing(name), None
        if isinstance(python(), str):
            return str(python()), None
        found = {mode: mode_of(file, mode) for mode in MODES}
        done = {mode: value for mode, value in found.items() if not isinstance(value, str)}
        if not done:
            return f"no mode of it gave a plan: {found}", None
        best = max(done, key=lambda mode: done[mode][0])
        score, seconds = done[best]
        ours = statistics.median(ours_of(file, seconds / 10))
        others = ", ".join(f"{mode} {value[0]:.1f} in {value[1]:.1f} s" if not isinstance(value, str) else f"{mode}: {value}"
                           for mode, value in found.items() if mode != best)
        return f"{ours:.1f} in {seconds / 10:.2f} s against {score:.1f} in {seconds:.1f} s ({best}; {others})", ours > score
    return f"conference-scheduler on {name}: above its best mode in a tenth of its time", measure


def ours_of(file: Path, seconds: float) -> list[float]:
    """Our scores with so much processor time, on some seeds."""
    from sessions.planner import solve
    from sessions.planner.files import read_problem
    problem = read_problem(file.read_text("utf-8"))
    with mock.patch("time.monotonic", time.process_time):
        return [plans.judge(file, solve(problem, seed=seed, deadline=time.process_time() + seconds).placements)["score"] for seed in range(SEEDS)]


ROWS = [against(name) for name in ("barcamp-S-1", "barcamp-M-1", "real-csconf-1")]
