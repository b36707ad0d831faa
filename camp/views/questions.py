"""The organisers' questions: write one, change it, move it, take it away, see how often each answer was given."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from camp import access, questions
from camp.access import allow
from camp.db import db
from camp.question_forms import QuestionForm, written
from camp.registration_models import Question
from camp.views.saving import locked, saved, went_through

bp = Blueprint("questions", __name__)


@bp.route("/<camp>/organise/questions", methods=["GET", "POST"])
@allow("organiser")
def index() -> ResponseReturnValue:
    """All questions, and a new one."""
    return _page(None, QuestionForm())


@bp.route("/<camp>/organise/questions/<int:question_id>", methods=["GET", "POST"])
@allow("organiser")
def edit(question_id: int) -> ResponseReturnValue:
    """Ask the same in other words."""
    question = _question(question_id)
    return _page(question, locked(QuestionForm(data=written(question)), f"question {question_id}"))


def _page(question: Question | None, form: QuestionForm) -> ResponseReturnValue:
    camp, language = access.the_camp(), str(get_locale())
    if form.validate_on_submit() and went_through(form, lambda: questions.put(camp, question, **form.values())):
        return saved("questions.index")
    rows = [] if question else [
        (row, questions.said(row, "label", language), questions.said(row, "purpose", language), questions.count(row),
         questions.tally(row), questions.kept_until(camp, row)) for row in questions.of(camp)]
    return render_template("camp/questions.html", form=form, question=question, rows=rows,
                           kinds=questions.KINDS), 422 if form.errors else 200


@bp.post("/<camp>/organise/questions/<int:question_id>/up")
@allow("organiser")
def move_up(question_id: int) -> ResponseReturnValue:
    """Ask it one place earlier."""
    questions.move_up(access.the_camp(), _question(question_id))
    db.session.commit()
    return redirect(url_for("questions.index"), 303)


@bp.post("/<camp>/organise/questions/<int:question_id>/remove")
@allow("organiser")
def remove(question_id: int) -> ResponseReturnValue:
    """Ask it no more, and erase its answers."""
    questions.remove(access.the_camp(), _question(question_id))
    db.session.commit()
    flash(_("The question and its answers are gone."), "ok")
    return redirect(url_for("questions.index"), 303)


def _question(question_id: int) -> Question:
    question = questions.one(access.the_camp(), question_id)
    if question is None:
        raise NotFound
    return question
