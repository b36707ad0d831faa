"""How far the setting of sheets is: the steps that WeasyPrint tells its log, as a share of the whole."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LAID, _DRAWN = 45, 85  # of a hundred, when all pages are laid out and when they are drawn

Tell = Callable[[int], None]  # takes 0 to 100


def nobody(percent: int) -> None:
    """Tell nobody."""


def of(done: int, whole: int, begin: int, end: int) -> int:
    """Where between `begin` and `end` a step is that has done so much of the whole."""
    return begin + (end - begin) * done // max(whole, 1)


@contextmanager
def of_pages(number: int, begin: int, tell: Tell) -> Iterator[None]:
    """Tell how far WeasyPrint is with a document of so many pages, from `begin` percent on."""
    logger, handler = logging.getLogger("weasyprint.progress"), _Steps(number, begin, tell)
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


class _Steps(logging.Handler):
    """Counts the pages of which the log says that they are being laid out."""

    def __init__(self, number: int, begin: int, tell: Tell) -> None:
        super().__init__()
        self.number, self.begin, self.tell = number, begin, tell

    def emit(self, record: logging.LogRecord) -> None:
        """Take one line of the log."""
        if record.msg.startswith("Step 5") and record.args:
            self.tell(of(min(int(str(record.args[0])), self.number), self.number, self.begin, _LAID))  # type: ignore[index]
        elif record.msg.startswith("Step 6"):
            self.tell(_LAID)
        elif record.msg.startswith("Step 7"):
            self.tell(_DRAWN)
