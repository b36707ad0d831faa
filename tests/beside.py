"""Time as a ratio: how often a fixed piece of plain work, done right beside, would fit into what something takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

_WORDS = [f"Word {number % 97}" for number in range(10_000)]


class Timed:
    """What a block took, in `pieces` of the work beside it: an idle machine of today does a thousand a second."""

    pieces = 0.0


@contextmanager
def timed() -> Iterator[Timed]:
    """Measure the processor time of a block, and that of the piece right before and right after it."""
    found, before, began = Timed(), _piece(), time.process_time()
    yield found
    took = time.process_time() - began
    found.pieces = took / max(before, _piece())


def _piece() -> float:
    """Seconds of the processor that it takes to count the letters of some words."""
    began = time.process_time()
    counts: dict[str, int] = {}
    for word in _WORDS:
        lower = word.lower()
        counts[lower] = counts.get(lower, 0) + len(word)
    return time.process_time() - began
