"""The ledger of erased people: lines that last, that tell nobody anything, and that survive a torn end."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

from camp import ledger

KEY, NOW = "v" * 43, datetime(2027, 4, 24, 18, tzinfo=UTC)


def test_a_line_names_nobody_and_is_recognised_with_the_key(tmp_path: Path) -> None:
    path = tmp_path / "new" / ledger.NAME
    one, two = ledger.line(KEY, "mai@example.org", "ecm27", NOW), ledger.line(KEY, "bo@example.org", "", NOW)
    ledger.append(path, [one])
    ledger.append(path, [two])
    assert ledger.read(path) == [one, two]
    assert (one.who, one.moment) == (ledger.mark(KEY, "mai@example.org"), NOW)
    assert one.who != ledger.mark("w" * 43, "mai@example.org")
    assert (stat.S_IMODE(path.stat().st_mode), "mai" in path.read_text()) == (0o600, False)


def test_a_torn_last_line_is_left_out_and_does_not_spoil_the_next(tmp_path: Path) -> None:
    path = tmp_path / ledger.NAME
    one, two = (ledger.line(KEY, "mai@example.org", "", NOW) for _ in range(2))
    ledger.append(path, [one])
    with path.open("a") as file:
        file.write('{"number": "12')
    assert ledger.read(path) == [one]
    ledger.append(path, [two])
    assert ledger.read(path) == [one, two]


def test_merging_adds_each_unknown_line_once(tmp_path: Path) -> None:
    one, two, three = (ledger.line(KEY, f"{name}@example.org", "", NOW) for name in "abc")
    ledger.append(tmp_path / "mine", [one, two])
    ledger.append(tmp_path / "other", [two, three])
    assert ledger.merge(tmp_path / "mine", tmp_path / "other", tmp_path / "nowhere", tmp_path / "other") == [one, two, three]
    assert ledger.read(tmp_path / "mine") == [one, two, three]
    assert ledger.merge(tmp_path / "nothing") == []
    assert not (tmp_path / "nothing").exists()
