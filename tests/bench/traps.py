"""Rows about the hand-made instances with one trap each, and about what must hold of every plan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from sessions.planner import NoPlan, solve
from sessions.planner.foresee import contradictions
from tests.bench import plans
from tests.bench.rows import Row

# Pins that leave no plan, with the sessions to blame; and the best score of the others when all places are filled.
PINS = {"pin-same-place": {"s1", "s3"}, "pin-same-speaker": {"s1", "s3"}, "pin-unavailable": {"s2"}}
BEST = {"all-want-all": 80.0, "empty": 0.0, "feature-nowhere": 27.0, "overfull": 47.0, "room-closed": 26.0, "seats": 35.5, "speaker-one-slot": 26.0,
        "speaker-votes": 5.0, "two-slot": 44.0}
_PLAN = """
import sys
from pathlib import Path
from sessions.planner import solve
from sessions.planner.files import read_problem, write_plan
print(write_plan(solve(read_problem(Path(sys.argv[1]).read_text("utf-8")), seed=3, moves=int(sys.argv[2])).placements))
"""


def named() -> tuple[str, bool]:
    """Seconds of processor time until the culprits of each contradiction are named, with reading the file."""
    slowest, right = 0.0, 0
    for name, culprits in PINS.items():
        file = plans.DATA / f"tricky-{name}-a.json"
        start = time.process_time()
        found = contradictions(plans.read(file))
        slowest = max(slowest, time.process_time() - start)
        try:
            solve(plans.read(file), seed=1, moves=100)
        except NoPlan:
            right += {breach.session for breach in found} <= culprits
    return f"{right} of {len(PINS)} named, {slowest * 1000:.0f} ms at most", right == len(PINS) and slowest <= 0.2


def optimal() -> tuple[str, bool]:
    """How many of the others are solved to the best score, some with dirty votes and hosts who vote."""
    short = []
    for name, best in BEST.items():
        file = plans.DATA / f"tricky-{name}-a.json"
        score = plans.score_in(file, 1, 1)
        if abs(score - best) > 0.01:
            short.append(f"{name} {score} of {best}")
    return f"{len(BEST) - len(short)} of {len(BEST)} {'; '.join(short)}".rstrip(), not short


def repeated() -> tuple[str, bool]:
    """Each instance twice, in processes whose sets and dictionaries are ordered differently, and judged."""
    files = [file for name in [*plans.BEST, *(f"tricky-{name}-a" for name in BEST)] if (file := plans.instance(name))]
    wrong = []
    for file in files:
        moves = "2000" if file.stat().st_size > 100_000 else "10000"
        first, second = (subprocess.run([sys.executable, "-c", _PLAN, str(file), moves], capture_output=True, text=True, check=True,
                                        env=os.environ | {"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2"))
        if first != second:
            wrong.append(f"{file.stem}: two plans")
        if plans.breaches(file, json.loads(first)):
            wrong.append(f"{file.stem}: a rule is broken")
    return f"{len(files)} instances {'; '.join(wrong)}".rstrip(), not wrong


ROWS = [
    Row("contradictions of the tricky instances are named in 0.2 s", named),
    Row("the other tricky instances are solved to the best in 1 s, speaker-votes with all four placed", optimal),
    Row("no plan breaks a rule (evaluate.py), and the same seed and moves give the same plan", repeated),
]
