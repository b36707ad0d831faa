"""Slows a browser: each of its processes gets a sixth of a core, all together a sixth of the machine.

The kernel's quota does it where we may set one (control groups, version 1); elsewhere they are stopped five sixths of the time.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.browser.conftest import CHROMIUM
from tests.servers import family, kill

_GROUPS = Path("/sys/fs/cgroup/cpu")
_PERIOD = 20_000  # microseconds; longer ones stop a browser for long at a time, which no slow processor does
_BEAT = .01  # seconds


class Brake:
    """A browser that can be slowed: start `program` in place of chromium."""

    def __init__(self, folder: Path) -> None:
        self._pid, self.program = folder / "pid", folder / "chromium"
        self.program.write_text(f'#!/bin/sh\necho $$ > {self._pid}\nexec {CHROMIUM} "$@"\n')
        self.program.chmod(0o700)
        self.way = "quota of the kernel" if os.access(_GROUPS / "cpu.cfs_quota_us", os.W_OK) else "stopped in turns"

    @contextmanager
    def slowed(self, times: int) -> Iterator[None]:
        """So many times less processor for everything the browser runs now."""
        with (_quota if self.way == "quota of the kernel" else _beats)(lambda: family(int(self._pid.read_text())), times):
            yield


@contextmanager
def _quota(everybody: Callable[[], list[int]], times: int) -> Iterator[None]:
    whole = _GROUPS / f"camp-bench-{os.getpid()}-{time.monotonic_ns()}"
    groups = [_group(whole, _PERIOD * (os.cpu_count() or 1) // times)]
    try:
        for pid in everybody():
            groups.append(_group(whole / str(pid), _PERIOD // times))
            _move(pid, groups[-1])
        yield
    finally:
        for group in reversed(groups):
            for pid in (group / "cgroup.procs").read_text().split():
                _move(int(pid), _GROUPS)
            group.rmdir()


def _group(folder: Path, quota: int) -> Path:
    folder.mkdir()
    (folder / "cpu.cfs_period_us").write_text(str(_PERIOD))
    (folder / "cpu.cfs_quota_us").write_text(str(quota))
    return folder


def _move(pid: int, group: Path) -> None:
    with suppress(ProcessLookupError):
        (group / "cgroup.procs").write_text(str(pid))


@contextmanager
def _beats(everybody: Callable[[], list[int]], times: int) -> Iterator[None]:
    over = threading.Event()

    def beat() -> None:
        while not over.is_set():
            found = everybody()
            for number, seconds in ((signal.SIGSTOP, _BEAT * (times - 1)), (signal.SIGCONT, _BEAT)):
                for pid in found:
                    kill(pid, number)
                time.sleep(seconds)

    beats = threading.Thread(target=beat)
    beats.start()
    try:
        yield
    finally:
        over.set()
        beats.join()
