"""How far the setting of sheets is: WeasyPrint's steps as a share of the whole."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from camp import pdf

_LAID, _DRAWN = 45, 85  # of a hundred, when all pages are laid out and when they are drawn

Tell = Callable[[int], None]  # takes 0 to 100


def nobody(percent: int) -> None:
    """Tell nobody."""


def of(done: int, whole: int, begin: int, end: int) -> int:
    """Where between `begin` and `end` a step is that has done so much of the whole."""
    return begin + (end - begin) * done // max(whole, 1)


def of_pages(number: int, begin: int, tell: Tell) -> AbstractContextManager[None]:
    """Tell how far WeasyPrint is with a document of so many pages, from `begin` percent on."""
    def hear(step: int, page: int) -> None:
        if page:
            tell(of(min(page, number), number, begin, _LAID))
        elif step in (pdf.DRAWING, pdf.ENDING):
            tell(_LAID if step == pdf.DRAWING else _DRAWN)

    return pdf.steps(hear)
