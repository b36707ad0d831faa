"""A print of badges is set in a process of its own, with limits of time and memory, without network and secrets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from badges.card import BadgeCard, Face, Inside
from badges.fit import TooLong
from badges.fonts import FontMissing
from badges.progress import Tell, nobody
from badges.sheet import Look

MEMORY = 2 * 1024**3  # bytes of address space; 1,000 badges take about a tenth of that
_POLL = 0.5  # seconds between two looks how far it is and whether somebody wants it stopped
_KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "LD_LIBRARY_PATH",
         "DYLD_FALLBACK_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH")


class Stopped(Exception):
    """Somebody stopped the print."""


class TooHeavy(Exception):
    """The print took too much time or memory."""


@dataclass(frozen=True)
class Order:
    """What is to be set: the faces, what they have in common, the sheet by name, the place of the first, the logo."""

    faces: Sequence[Face]
    look: Look
    sheet: str
    start: int
    fonts_dir: Path
    picture: bytes = b""


def pdf(order: Order, *, closed: Path, stop: Callable[[], bool] = lambda: False, tell: Tell = nobody,
        seconds: float = 0) -> bytes:
    """The PDF of an order. `closed` is a folder of which the process may read nothing: the installation's own.

    `tell` is called with 0 to 100 whenever more is done.

    Raises fit.TooLong and fonts.FontMissing as `sheet.render` does, Stopped when `stop` says so, TooHeavy when it takes
    longer than `seconds` (none: a minute and a tenth of a second for each face) or more memory than MEMORY.
    """
    limit = seconds or 60 + len(order.faces) / 10
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # files without names and no pipes, because what is looked at twice must not wait for the other to read
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as done:
        told.write(_told(order))
        told.seek(0)
        command = [sys.executable, "-m", "badges.setter", str(int(limit)), str(closed), str(done.fileno())]
        with subprocess.Popen(command, stdin=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
                              cwd=Path(__file__).parent.parent, pass_fds=[done.fileno()]) as process:
            try:
                return _answer(*_waited(process, stop, limit, _Seen(done.fileno(), tell)))
            finally:
                process.kill()


def order_of(told: bytes) -> Order:
    """The order that another process wrote down."""
    values: dict[str, Any] = json.loads(told)
    faces: list[Face] = [(BadgeCard if kind == "card" else Inside)(**face) for kind, face in values["faces"]]
    look = Look(**values["look"] | {"logo": tuple(values["look"]["logo"])})
    return Order(faces, look, values["sheet"], values["start"], Path(values["fonts_dir"]), b64decode(values["picture"]))


def _told(order: Order) -> bytes:
    faces = [("card" if isinstance(face, BadgeCard) else "inside", asdict(face)) for face in order.faces]
    return json.dumps({"faces": faces, "look": asdict(order.look), "sheet": order.sheet, "start": order.start,
                       "fonts_dir": str(order.fonts_dir), "picture": b64encode(order.picture).decode()}).encode()


@dataclass
class _Seen:
    """How far the process says that it is, told when that has changed."""

    file: int
    tell: Tell
    last: int = -1

    def look(self) -> None:
        now = int(os.pread(self.file, 3, 0) or 0)
        if now != self.last:
            self.last = now
            self.tell(now)


def _waited(process: subprocess.Popen[bytes], stop: Callable[[], bool], limit: float,
            seen: _Seen) -> tuple[bytes, bytes]:
    for _ in range(int(limit / _POLL) + 1):
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=_POLL)
        seen.look()
        if stop():
            raise Stopped
    raise TooHeavy


def _answer(out: bytes, trouble: bytes) -> bytes:
    head, _, content = out.partition(b"\n")
    said = json.loads(head) if head.startswith(b"{") else {}
    match said.get("state"):
        case "done":
            return content
        case "too long":
            raise TooLong(said["text"])
        case "no font":
            raise FontMissing(said["script"], said["package"], said["characters"])
        case "too heavy":
            raise TooHeavy
    if not out and not trouble.strip():  # ended by the system, at one of its limits
        raise TooHeavy
    raise RuntimeError(trouble.decode(errors="replace")[-2000:])
