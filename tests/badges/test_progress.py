"""How far a print is: shares that never go back, taken from what WeasyPrint tells its log."""

import logging

from weasyprint import HTML

from badges import progress

PAGES = "<style>section+section{break-before:page}</style>" + "<section>x</section>" * 4


def test_a_step_lies_between_its_begin_and_its_end() -> None:
    assert [progress.of(done, 4, 20, 60) for done in (0, 1, 4)] == [20, 30, 60]
    assert progress.of(0, 0, 20, 60) == 20


def test_pages_are_told_in_order_and_the_log_is_left_as_it_was() -> None:
    told: list[int] = []
    logger = logging.getLogger("weasyprint.progress")
    before = logger.level, list(logger.handlers)
    with progress.of_pages(4, 15, told.append):
        HTML(string=PAGES).write_pdf()
    assert told == sorted(told)
    assert (len(set(told)) >= 5, told[0] > 15, told[-1] <= 100) == (True, True, True)
    assert (logger.level, logger.handlers) == before
