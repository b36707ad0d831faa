"""What is measured: each row has a goal in words, and gives what it measured and whether that reaches the goal."""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import peer, plans

DATA = Path(__file__).parent.parent / "data"
SEEDS = range(10)


@dataclass(frozen=True)
class Row:
    """A goal, and the function that measures it: (what was measured, whether it reaches the goal; None: not measured)."""

    goal: str
    measure: Callable[[], tuple[str, bool | None]]


def cpu(work: Callable[[], Any], rounds: int) -> float:
    """Seconds of processor time for one call, the median of five series."""
    series = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(rounds):
            work()
        series.append((time.process_time() - start) / rounds)
    return statistics.median(series)


def help_against_flask() -> tuple[str, bool]:
    """`camp --help` against importing Flask alone, as whole processes."""
    def run(*command: str) -> float:
        times = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        return min(times)
    ratio = run("-m", "camp", "--help") / run("-c", "import flask")
    return f"{ratio:.2f}", ratio <= 1


def vote_against_commits() -> tuple[str, bool]:
    """Durable votes through the application against bare durable commits of the same SQLite library, processor time."""
    from tests.bench import world
    with world.app() as site:
        voter, proposals = site.voter()
        numbers = iter(range(10**9))

        def vote() -> None:
            number = next(numbers)
            answer = voter.post(f"/ecm27/proposals/{proposals[number // 2 % len(proposals)]}/vote", data={"wanted": ("yes", "no")[number % 2]})
            assert answer.status_code == 303
        one = cpu(vote, 40)
        hello = cpu(lambda: voter.get("/healthz"), 200)
    return f"{one / hello:.1f} times /healthz", one / hello <= 12


def feed_against_library() -> tuple[str, bool]:
    """The camp's unchanged calendar feed against building it by icalendar each time."""
    from tests.bench import world
    with world.app() as site:
        reader = site.anonymous()
        warm = cpu(lambda: reader.get("/ecm27/agenda.ics"), 20)
        cold = cpu(site.build_feed_anew, 3)
    return f"{cold / warm:.1f} times", cold / warm >= 5


def agenda_against_hello() -> tuple[str, bool]:
    """The agenda of 48 sessions as a page against the smallest answer of the same application."""
    from tests.bench import world
    with world.app() as site:
        reader = site.anonymous()
        page = cpu(lambda: reader.get("/ecm27/agenda"), 10)
        hello = cpu(lambda: reader.get("/healthz"), 200)
    return f"{page / hello:.0f} times /healthz", page / hello <= 60


def commits_a_second() -> tuple[str, bool]:
    """For the reader: bare durable commits a second on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "x.sqlite3", isolation_level=None)
        base.execute("pragma journal_mode=wal")
        base.execute("pragma synchronous=full")
        base.execute("create table t (n integer)")
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < 1:
            base.execute("insert into t values (1)")
            count += 1
        base.close()
    return f"{count} a second (no goal)", True


ROWS = [
    *(Row(goal, measure) for goal, measure in [*plans.ROWS, *peer.ROWS]),
    Row("camp --help takes at most as long as importing Flask", help_against_flask),
    Row("a durable vote costs at most 12 times the processor time of /healthz", vote_against_commits),
    Row("an unchanged feed costs at most a fifth of building it by icalendar", feed_against_library),
    Row("the agenda page costs at most 60 times /healthz", agenda_against_hello),
    Row("durable commits of bare SQLite on this disk", commits_a_second),
]
