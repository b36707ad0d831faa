"""Real servers for tests: start a command of ours, read what it says, find its processes, and leave none behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


class Server:
    """A running `camp serve` or `camp demo`: its process, what it said so far, and its address."""

    def __init__(self, *args: str) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "camp", *args], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.said: list[str] = []
        self.address = ""

    def wait_until_ready(self, seconds: float = 120) -> None:
        """Wait until it told its address and answers there."""
        assert self.process.stderr is not None
        while not self.address:
            line = self.process.stderr.readline()
            assert line, f"it ended: {self.said}"
            self.said.append(line)
            found = re.search(r"runs at (http://\S+?)[;.]?\s", line)
            self.address = found[1] if found else ""
        until(self.ready, seconds)

    def ready(self) -> bool:
        """Whether /readyz answers well."""
        try:
            with urlopen(f"{self.address}/readyz", timeout=60) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


@contextmanager
def serving(*args: str) -> Iterator[Server]:
    """A server that answers; whatever is left of it at the end is killed."""
    server = Server(*args)
    everybody: list[int] = []
    try:
        server.wait_until_ready()
        everybody = family(server.process.pid)
        yield server
    finally:
        for pid in {*everybody, *family(server.process.pid)}:
            kill(pid)
        server.process.wait(60)
        assert server.process.stderr is not None
        server.said += server.process.stderr.readlines()
        server.process.stderr.close()
        if server.process.stdout is not None:
            server.process.stdout.close()


def family(pid: int) -> list[int]:
    """A process and everything that descends from it, from Linux's /proc."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(found for child in children for found in family(int(child)))]


def command_line(pid: int) -> str:
    """What a process was started with; empty for one that is gone or only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def worker_of(server: Server) -> int:
    """The process that works off the queues; 0 if there is none at the moment."""
    return next((pid for pid in family(server.process.pid) if command_line(pid).endswith(" work ")), 0)


def kill(pid: int, number: int = signal.SIGKILL) -> None:
    """Send a signal to one process, if it is there."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def until(holds: Callable[[], object], seconds: float = 120) -> None:
    """Wait until something holds; fail when it takes too long."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} s: {holds}"
        time.sleep(0.1)
