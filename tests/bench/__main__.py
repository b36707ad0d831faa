"""Print the rows: goal, measured, reached."""

from __future__ import annotations

import sys

from tests.bench import badges, doors, phones, pitches, proof, rows, traps, votes


def main() -> int:
    """Measure each row whose goal holds one of the given words (all without any); never fails for being slow."""
    words = sys.argv[1:]
    for row in [*rows.ROWS, *badges.ROWS, *traps.ROWS, *doors.ROWS, *phones.ROWS, *pitches.ROWS, *votes.ROWS, *proof.ROWS]:
        if not words or any(word in row.goal for word in words):
            measured, reached = row.measure()
            print(f"{ {True: 'yes', False: 'NO', None: '--'}[reached]:4} {row.goal}: {measured}", flush=True)
    return 0


sys.exit(main())
