"""Slows a browser by a quota of the kernel: each of its processes gets a sixth of a core, all together a sixth of the machine.

It needs control groups of version 1 that may be written (as root).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.browser.conftest import CHROMIUM
from tests.servers import command_line, family

_GROUPS = Path("/sys/fs/cgroup/cpu")
_PERIOD = 20_000  # microseconds; longer ones stop a browser for long at a time, which no slow processor does


def works() -> bool:
    """Whether this machine lets us set a quota."""
    return os.access(_GROUPS / "cpu.cfs_quota_us", os.W_OK)


class Browser:
    """One that can be slowed: start `program` in place of chromium."""

    def __init__(self, folder: Path) -> None:
        self._pid, self.program = folder / "pid", folder / "chromium"
        self.program.write_text(f'#!/bin/sh\necho $$ > {self._pid}\nexec {CHROMIUM} "$@"\n')
        self.program.chmod(0o700)

    @contextmanager
    def slowed(self, times: int, but: str = "") -> Iterator[None]:
        """So many times less processor for everything the browser runs now, and for what that starts.

        Processes with `but` in their command line stay as they are.
        """
        whole = _GROUPS / f"camp-bench-{os.getpid()}-{time.monotonic_ns()}"
        groups = [_group(whole, _PERIOD * (os.cpu_count() or 1) // times)]
        try:
            for pid in family(int(self._pid.read_text())):
                if but and but in command_line(pid):
                    continue
                groups.append(_group(whole / str(pid), _PERIOD // times))
                for thread in Path(f"/proc/{pid}/task").glob("*"):
                    _move(thread.name, groups[-1])
            yield
        finally:
            for group in reversed(groups):
                for thread in (group / "tasks").read_text().split():
                    _move(thread, _GROUPS)
                group.rmdir()


def _group(folder: Path, quota: int) -> Path:
    folder.mkdir()
    (folder / "cpu.cfs_period_us").write_text(str(_PERIOD))
    (folder / "cpu.cfs_quota_us").write_text(str(quota))
    return folder


def _move(thread: str, group: Path) -> None:
    with suppress(OSError):  # it has ended, or plays the sound in real time and may not be moved
        (group / "tasks").write_text(thread)
