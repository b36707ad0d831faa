"""The process in which badges are set: reads an order, writes a line of JSON and the PDF; opens no network."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from badges import labels, setting, sheet
from badges.fit import TooLong
from badges.fonts import FontMissing
from badges.progress import Tell, nobody

# what an installation keeps for itself; the program itself may lie in the same folder
PRIVATE = ("config.toml", "keys.toml", "camp.sqlite3", "uploads", "mail", "backups", "files")


def main() -> int:
    """Set what comes on standard input.

    The arguments: the seconds of processor time, the closed folder, the open file in which stands how far it is.
    """
    limit(int(sys.argv[1]))
    close(Path(sys.argv[2]))
    done = int(sys.argv[3])
    head, content = answer(sys.stdin.buffer.read(), lambda percent: _write_down(done, percent))
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    return 0


def answer(told: bytes, tell: Tell = nobody) -> tuple[dict[str, str], bytes]:
    """What became of an order in a few words, and the PDF."""
    order = setting.order_of(told)
    try:
        content = sheet.render(order.faces, order.look, fonts_dir=order.fonts_dir, sheet=labels.SHEETS[order.sheet],
                               start=order.start, picture=order.picture, tell=tell)
    except TooLong as error:
        return {"state": "too long", "text": error.text}, b""
    except FontMissing as error:
        return {"state": "no font", "script": error.script, "package": error.package,
                "characters": error.characters}, b""
    except MemoryError:
        return {"state": "too heavy"}, b""
    return {"state": "done"}, content


def limit(seconds: int) -> None:
    """Bound this process: processor time, address space, no dump of its memory."""
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, setting.MEMORY), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def close(folder: Path) -> None:
    """Refuse every connection, and what an installation keeps in its folder, from now on and for good (PEP 578)."""
    closed = tuple(os.path.realpath(folder / name) for name in PRIVATE)

    def watch(event: str, values: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
            raise PermissionError("A print of badges opens no network.")
        if event == "open" and isinstance(values[0], str | bytes) and _real(values[0]).startswith(closed):
            raise PermissionError("A print of badges reads nothing of the installation.")

    sys.addaudithook(watch)


def _write_down(file: int, percent: int) -> None:
    os.pwrite(file, b"%3d" % percent, 0)


def _real(path: str | bytes) -> str:
    return os.path.realpath(os.fsdecode(path))


if __name__ == "__main__":
    sys.exit(main())
