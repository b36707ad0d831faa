"""R-20: how long the votes take when 300 people vote in the same ten seconds."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.bench.pitches import PHONES, p95
from tests.bench.rows import Row
from tests.phones import Phones, spread, wall
from tests.servers import serving, until

WITHIN = 10.0


def rush() -> tuple[str, bool]:
    """From the first vote to the answer to the last, and what one vote takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "instance"
        tokens, sessions = wall(folder, PHONES)
        with serving("--instance", str(folder), "serve", "--port", "0") as server:
            began = time.perf_counter()
            with Phones(server.address, tokens, spread(sessions, 1, WITHIN - 1), polls=False) as phones:
                until(lambda: len(phones.took) == PHONES)
                took = time.perf_counter() - began
    told = f"{took:.1f} s, p95 {p95(phones.took) * 1000:.0f} ms (wrong answers: {phones.wrong or 'none'})"
    return told, took < WITHIN and p95(phones.took) < 1 and not phones.wrong


ROWS = [Row(f"{PHONES} people vote within {WITHIN:.0f} s, each in under 1 s at p95", rush)]
