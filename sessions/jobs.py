"""The jobs of the sessions wing: make a plan, of which the best one within some seconds counts, and print the book."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import current_app
from flask_babel import force_locale

from camp import log
from camp.db import db, writing
from camp.errors import N_, Conflict
from camp.jobs import Cancelled, Progress
from camp.models import Camp
from sessions import book_files, planning, words
from sessions.book import gather
from sessions.planner import NoPlan, Plan, solve
from sessions.planner.foresee import advice, once
from sessions.planner.problem import Breach, Figures
from sessions.planner.rules import sentence
from sessions.standing import Standing, standing_of

SECONDS = 10
_SO_FAR = N_("%(kept)s of %(possible)s wishes fit so far.")
_BETWEEN = 1.0  # seconds between two looks at the job's row


def make_plan(progress: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Solve the camp's plan and put it in; when somebody stops the job, the best plan so far counts.

    `args`: seed, seconds, link (to go on to), language and person_id of who asked.
    """
    key, seconds = current_app.config["CAMP"].vote_key, float(args["seconds"])
    standing = standing_of(camp, key)
    db.session.rollback()
    start = time.monotonic()

    def tell(_: int, figures: Figures) -> None:
        progress.tell(round(100 * (time.monotonic() - start) / seconds), _SO_FAR,
                      kept=figures.attendance, possible=figures.bound)

    try:
        plan = solve(standing.problem, seed=args["seed"], deadline=start + seconds,
                     cancelled=_seldom(progress.cancelled), progress=_rarely(tell))
    except NoPlan as error:
        raise _refusal(once(error.breaches), standing, args["language"], advice) from error
    try:
        return _put_in(camp, plan, args)
    except planning.Blocked as error:
        raise _refusal(error.breaches, standing, args["language"]) from error


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


def _put_in(camp: Camp, plan: Plan, args: dict[str, Any]) -> dict[str, Any]:
    with writing():
        placed = planning.apply(camp, plan.placements, person_id=args.get("person_id"))
    return {"link": args["link"], "label": N_("To the plan"), "placed": placed, "kept": plan.figures.attendance,
            "possible": plan.figures.bound, "seed": args["seed"]}


def _refusal(breaches: Iterable[Breach], standing: Standing, language: str, say: words.Sayer = sentence) -> Conflict:
    with force_locale(language):
        culprits = words.told_all(breaches, words.names_of(standing), say)
    return Conflict(N_("No plan is possible: %(culprits)s"), culprits=culprits)


def _seldom(ask: Callable[[], bool]) -> Callable[[], bool]:
    """The same question, put to the database once a second at most; a yes stays."""
    state = {"at": time.monotonic(), "answer": False}

    def asked() -> bool:
        if not state["answer"] and time.monotonic() - state["at"] >= _BETWEEN:
            state["answer"], state["at"] = ask(), time.monotonic()
        return bool(state["answer"])

    return asked


def _rarely(tell: Callable[[int, Figures], None]) -> Callable[[int, Figures], None]:
    """The same message, written once a second at most."""
    told = {"at": 0.0}

    def say(done: int, figures: Figures) -> None:
        if time.monotonic() - told["at"] >= _BETWEEN:
            told["at"] = time.monotonic()
            tell(done, figures)

    return say
