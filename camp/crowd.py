"""What a whole room asks for in the same seconds is made once in each web process and given to all."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Crowd:
    """Keeps answers for `seconds`, at most so many; whoever asks while one is being made waits for it."""

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds, self._most = seconds, most
        self._kept: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self._turn = Lock()

    def give(self, name: Hashable, make: Callable[[], str]) -> str:
        """What `make` gives. `name` must hold all on which it depends, or differ once that may no longer be shown."""
        with self._turn:
            now = time.monotonic()
            made, text = self._kept.get(name, (0.0, ""))
            if not text or now - made > self._seconds:
                text = make()
                self._kept[name] = (now, text)
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
            return text
