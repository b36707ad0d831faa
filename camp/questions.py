"""Questions that organisers ask when people register: each with its purpose and how long the answers are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from camp import camps, log
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, Participant
from camp.registration_models import Answer, Question

KINDS = {"text": N_("a text"), "choice": N_("one of several options"), "several": N_("any of several options"),
         "yes-no": N_("yes or no"), "days": N_("yes or no for each day")}
MOST_OPTIONS, LONGEST = 20, 200
_WITH_OPTIONS = ("choice", "several")


def of(camp: Camp) -> Sequence[Question]:
    """The camp's questions in their order."""
    return db.session.scalars(select(Question).where(Question.camp_id == camp.id)
                              .order_by(Question.position, Question.id)).all()


def one(camp: Camp, question_id: int) -> Question | None:
    """A question of this camp."""
    return db.session.scalar(select(Question).where(Question.camp_id == camp.id, Question.id == question_id))


def said(question: Question, what: str, language: str) -> Any:
    """Its label, purpose or options in a language, or in the other one if it has none in this."""
    return next((texts[what] for name in (language, "de", "en") if (texts := question.texts.get(name, {})).get(what)),
                [] if what == "options" else "")


def options(question: Question, language: str) -> list[tuple[str, str]]:
    """(what is kept, what is shown) of each option; kept are the words of the first language."""
    kept, shown = said(question, "options", "de"), said(question, "options", language)
    return list(zip(kept, shown if len(shown) == len(kept) else kept, strict=True))


def put(camp: Camp, question: Question | None, *, kind: str, required: bool, keep_days: int,
        texts: Mapping[str, Mapping[str, Any]]) -> Question:
    """Ask something new, or the same in other words. Raises BadInput for options that are missing or too many.

    A question that has answers keeps its kind: an answer to another question would be a lie.
    """
    camps.lock(camp)
    _check_options(kind, texts)
    if question is None:
        last = db.session.scalar(select(func.max(Question.position)).where(Question.camp_id == camp.id)) or 0
        question = Question(camp_id=camp.id, position=last + 1, kind=kind)
        db.session.add(question)
    elif question.kind != kind and count(question):
        raise BadInput(N_("People have answered already; the kind stays."),
                       N_("Ask a new question instead."), field="kind")
    question.kind, question.required, question.keep_days = kind, required, keep_days
    question.texts = {language: dict(words) for language, words in texts.items() if words.get("label")}
    db.session.flush()
    log.note("changed questions", camp_id=camp.id, question=question.id)
    return question


def _check_options(kind: str, texts: Mapping[str, Mapping[str, Any]]) -> None:
    if kind not in _WITH_OPTIONS:
        return
    first = texts.get("de", {}).get("options") or texts.get("en", {}).get("options") or []
    if not 2 <= len(first) <= MOST_OPTIONS or len(set(first)) < len(first):
        raise BadInput(N_("Write 2 to %(most)s different options, each in a line of its own."), field="options_de",
                       most=MOST_OPTIONS)
    second = texts.get("en", {}).get("options") or first
    if len(second) != len(first):
        raise BadInput(N_("As many options in English as in German, in the same order."), field="options_en")


def remove(camp: Camp, question: Question) -> None:
    """Ask it no more; its answers go with it."""
    db.session.execute(delete(Answer).where(Answer.question_id == question.id))
    db.session.execute(delete(Question).where(Question.id == question.id))
    log.note("changed questions", camp_id=camp.id, question=question.id)


def move_up(camp: Camp, question: Question) -> None:
    """Ask it one place earlier."""
    camps.lock(camp)
    rows = list(of(camp))
    number = rows.index(question)
    if number:
        rows[number - 1], rows[number] = rows[number], rows[number - 1]
    for position, row in enumerate(rows, 1):
        row.position = position


def answer(camp: Camp, who: Participant, answers: Mapping[str, Sequence[str]]) -> None:
    """Keep what somebody answered: question id (as text) → texts; an empty one is none, other camps' are left out."""
    mine = {str(question.id): question.id for question in of(camp)}
    db.session.execute(delete(Answer).where(Answer.participant_id == who.id, Answer.question_id.in_(mine.values())))
    db.session.add_all(Answer(question_id=mine[name], participant_id=who.id, value=list(value))
                       for name, value in answers.items() if name in mine and value)


def answers(who: Participant) -> dict[str, list[str]]:
    """What somebody answered: question id (as text) → texts."""
    return {str(row.question_id): list(row.value) for row in db.session.scalars(
        select(Answer).where(Answer.participant_id == who.id))}


def count(question: Question) -> int:
    """How many have answered."""
    return db.session.scalar(select(func.count()).select_from(Answer).where(Answer.question_id == question.id)) or 0


def tally(question: Question) -> list[tuple[str, int]]:
    """How often each answer was given, the most frequent first; of texts only their number is told."""
    rows = db.session.scalars(select(Answer.value).where(Answer.question_id == question.id))
    return [] if question.kind == "text" else Counter(value for row in rows for value in row).most_common()


def prune() -> int:
    """Erase the answers whose time is over; how many. Stands in a writing transaction, several times a day."""
    gone = 0
    for question in db.session.scalars(select(Question)).all():
        camp = db.session.get_one(Camp, question.camp_id)
        until = kept_until(camp, question)
        if until is not None and until <= camps.today(camp):
            done = db.session.execute(delete(Answer).where(Answer.question_id == question.id))
            gone += done.rowcount  # type: ignore[attr-defined]
    return gone


def kept_until(camp: Camp, question: Question) -> date | None:
    """The day on which the answers are erased; none for a camp without days."""
    last = max((day.date for day in camp.days), default=None)
    return None if last is None else last + timedelta(days=question.keep_days)


