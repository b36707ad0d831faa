"""Web processes and the worker as children: restarted when they die, ended together, no orphans left."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from camp.config import Config, is_loopback
from camp.errors import N_, BadInput

THREADS = 4
_FIRST_WAIT, _LONGEST_WAIT, _HEALTHY = 0.25, 30.0, 20.0  # seconds
_PATIENCE = 6.0  # seconds between SIGTERM and SIGKILL
_SILENT = 60  # seconds that the kernel keeps a connection on which nothing has come
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, see prctl(2)


@dataclass(slots=True)
class Child:
    """A process group that is kept alive, the socket it inherits, and when to start it again."""

    name: str
    command: Sequence[str]
    inherited: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    wait: float = _FIRST_WAIT
    due: float = 0.0
    begun: float = 0.0


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens for all web processes; port 0 takes a free one. Raises BadInput if it cannot be had.

    Connections come to the web processes with their first bytes: browsers open some ahead, and each would keep a thread
    waiting for five seconds.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    plug = socket.socket(family, socket.SOCK_STREAM)
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        plug.bind((host, port))
    except OSError as error:
        plug.close()
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise BadInput(N_("%(host)s:%(port)s cannot be used: %(why)s."),
                       N_("Choose another one with --host or --port."),
                       host=host, port=port, why=why) from error
    if hasattr(socket, "TCP_DEFER_ACCEPT"):  # Linux
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, _SILENT)
    plug.listen(512)
    plug.set_inheritable(True)
    return plug


def run(config: Config, plug: socket.socket, say: Callable[[str], None]) -> None:
    """Keep web processes and worker running until SIGTERM or SIGINT, then end them within seconds."""
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, stop)
    children = [Child("web", _web(config, plug.fileno()), (plug.fileno(),)), Child("worker", _worker(config))]
    environ = os.environ | {"CAMP_INSTANCE": str(config.folder), "CAMP_BASE_URL": config.base_url}
    try:
        while not stopping:
            for child in children:
                _keep(child, environ, say)
            time.sleep(0.1)
    finally:
        _end(children)
        plug.close()


def _web(config: Config, number: int) -> list[str]:
    """gunicorn on the supervisor's own socket, so that nobody is refused while web processes start again.

    Measured with two processes on two cores, median of three runs: processor time of the agenda 4.6 ms, of the
    smallest answer 0.51 ms; granian 2.8 took 4.2 and 0.34 ms. Behind the example proxy with 50 half-sent requests open
    others waited 74 ms at p95, with granian 69 ms. gunicorn all the same: on Linux each process of granian opens the
    port for itself (SO_REUSEPORT), so two installations share one port unnoticed and hand out each other's pages.
    """
    return [sys.executable, "-m", "gunicorn", "--bind", f"fd://{number}", "--workers", str(config.processes),
            "--worker-class", "gthread", "--threads", str(THREADS), "--preload", "--graceful-timeout", "3",
            "--no-control-socket", "--umask", "0o077", "--log-level", "warning", "camp.wsgi:app"]


def _worker(config: Config) -> list[str]:
    return [sys.executable, "-m", "camp", "--instance", str(config.folder), "work"]


def _keep(child: Child, environ: Mapping[str, str], say: Callable[[str], None]) -> None:
    now = time.monotonic()
    if child.process is not None:
        if child.process.poll() is None:
            return
        _signal(child.process.pid, signal.SIGKILL)  # what it left behind in its group
        if now - child.begun > _HEALTHY:
            child.wait = _FIRST_WAIT
        say(f"The {child.name} ended ({child.process.returncode}); it starts again in {child.wait:g} s.")
        child.process, child.due = None, now + child.wait
        child.wait = min(child.wait * 2, _LONGEST_WAIT)
    if now >= child.due:
        child.begun = now
        child.process = subprocess.Popen(child.command, env=environ, pass_fds=child.inherited, start_new_session=True,
                                         stdin=subprocess.DEVNULL, preexec_fn=_die_with(os.getpid()))


def _die_with(parent: int) -> Callable[[], None] | None:
    """On Linux: let the child get SIGTERM when this process dies, however it dies, so that it leaves no orphans."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _end(children: Sequence[Child]) -> None:
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    until = time.monotonic() + _PATIENCE
    for process in running:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, until - time.monotonic()))
    for process in running:
        _signal(process.pid, signal.SIGKILL)
        process.wait()


def _signal(group: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # the latter: macOS, for a group of dead processes
        os.killpg(group, number)


def warning(config: Config, host: str) -> str:
    """What plain http would break at this host, in words; nothing if all is well."""
    address = urlsplit(config.base_url)
    if address.scheme == "https" or (is_loopback(host) and is_loopback(address.hostname or "")):
        return ""
    return ("People who come over plain http cannot sign in, and the door's camera stays dark: browsers keep the "
            "sign-in cookie and give the camera only over https. Put an https server in front and set base_url to its "
            "address in " + str(Path(config.folder) / "config.toml") + ".")
