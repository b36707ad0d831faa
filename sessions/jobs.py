"""The jobs of the sessions wing: search for a plan, whose best one is proposed, and print the book."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from flask_babel import force_locale

from camp import log
from camp.db import writing
from camp.errors import N_, Conflict
from camp.jobs import Cancelled, Progress
from camp.models import Camp
from sessions import book_files, drafts, words
from sessions.book import gather
from sessions.drafts import Point
from sessions.planner import NoPlan, solve
from sessions.planner.foresee import advice, once
from sessions.planner.problem import Breach, Figures
from sessions.planner.rules import sentence
from sessions.standing import Standing, standing_of

_SO_FAR = N_("%(kept)s of %(possible)s wishes fit so far.")
_BETWEEN = 1.0  # seconds between two looks at the job's row


def make_plan(progress: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Search for a plan and propose it; when somebody stops the job, the best one so far is proposed.

    The plan that stands stays as it is. `args`: seed, seconds, link (to go on to) and language of who asked.
    """
    key, seconds, camp_id = current_app.config["CAMP"].vote_key, float(args["seconds"]), camp.id
    standing = standing_of(camp, key)
    with writing():
        drafts.begin(camp, progress.job_id, args["seed"], standing)
    course = _Course(time.monotonic())

    def tell(done: int, figures: Figures) -> None:
        if course.add(done, figures):
            progress.tell(round(100 * course.elapsed() / seconds), _SO_FAR,
                          kept=figures.attendance, possible=figures.bound)
            with writing():
                drafts.note(camp_id, progress.job_id, course.points, figures.bound)

    try:
        plan = solve(standing.problem, seed=args["seed"], deadline=course.start + seconds,
                     cancelled=seldom(progress.cancelled), progress=tell)
    except NoPlan as error:
        raise _refusal(once(error.breaches), standing, args["language"], advice) from error
    course.add(course.points[-1].moves if course.points else 0, plan.figures)
    with writing():
        drafts.note(camp_id, progress.job_id, course.points, plan.figures.bound)
        drafts.propose(camp_id, progress.job_id, plan)
    return {"link": args["link"], "label": N_("To the proposed plan"), "placed": plan.figures.placed,
            "kept": plan.figures.attendance, "possible": plan.figures.bound, "seed": args["seed"]}


def seldom(ask: Callable[[], bool]) -> Callable[[], bool]:
    """The same question, put to the database once a second at most; a yes stays."""
    state = {"at": time.monotonic(), "answer": False}

    def asked() -> bool:
        if not state["answer"] and time.monotonic() - state["at"] >= _BETWEEN:
            state["answer"], state["at"] = ask(), time.monotonic()
        return bool(state["answer"])

    return asked


def print_book(progress: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Set the camp book as a PDF in each language of the camp. `args`: link (to the PDF)."""
    book, camp_id, languages = gather(camp), camp.id, book_files.languages_of(camp.languages)
    for number, language in enumerate(languages):
        progress.tell(10 + 80 * number // len(languages), N_("Setting the pages (%(number)d of %(total)d)"),
                      number=number + 1, total=len(languages))
        if progress.cancelled():
            raise Cancelled
        book_files.keep_pdf(book, camp_id, language)
    with writing():
        log.note("made book", camp_id=camp_id)
    return {"link": args["link"], "label": N_("Open the camp book")}


def _refusal(breaches: Iterable[Breach], standing: Standing, language: str, say: words.Sayer = sentence) -> Conflict:
    with force_locale(language):
        culprits = words.told_all(breaches, words.names_of(standing), say)
    return Conflict(N_("No plan is possible: %(culprits)s"), culprits=culprits)


@dataclass(slots=True)
class _Course:
    """The points of a search: each better plan once, and the last look at the best one."""

    start: float
    points: list[Point] = field(default_factory=list)
    told: float = 0.0

    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.start

    def add(self, moves: int, figures: Figures) -> bool:
        """Add a point; tells whether it is time to write them down."""
        now = Point(round(self.elapsed(), 1), moves, figures.attendance, round(figures.overflow), figures.placed)
        if len(self.points) > 1 and self.points[-2].worth == self.points[-1].worth == now.worth:
            self.points.pop()
        self.points.append(now)
        due = self.elapsed() - self.told >= _BETWEEN
        if due:
            self.told = self.elapsed()
        return due
