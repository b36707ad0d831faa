"""What importing people and proposals shares in the browser: a list sent in, what its columns are, thrown away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from flask import flash, request
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from camp import access, uploads
from camp.db import db
from camp.errors import N_, BadInput
from camp.forms import UploadForm
from camp.tables import MOST_PROBLEMS, Problem, Sheet, Unreadable
from camp.uploads import Upload

SHOWN = 5  # records that a preview shows
BODY = uploads.LARGEST + 64 * 1024  # bytes that a request with a list may have
Read = Callable[[str, bytes], tuple[Sheet, list[Problem]]]


def sent_in(form: UploadForm, read: Read, guess: Callable[[Sequence[str]], list[str]]) -> Upload | None:
    """Keep the list of a form until it is imported; none if it cannot be read, which stands beside the field then."""
    if not form.validate_on_submit():
        return None
    file, person = form.file.data, access.viewer().person
    assert person is not None
    name = file.filename or ""
    try:
        sheet, broken = read(name, file.read(uploads.LARGEST + 1))
        made = uploads.keep(access.the_camp(), person, name, sheet, broken, guess(sheet.lines[0][1]))
    except Unreadable as error:
        form.file.errors = [sentence(error.problem)]
        return None
    except BadInput as error:
        form.file.errors = [gettext(error.text, **error.values)]
        return None
    db.session.commit()
    return made


def of(upload_id: int, fields: Collection[str]) -> Upload:
    """A list that waits, of these fields. Raises NotFound."""
    found = uploads.of(access.the_camp(), upload_id, fields)
    if found is None:
        raise NotFound
    return found


def say_columns(upload: Upload, fields: Collection[str]) -> None:
    """Take over what the form says of each column. Raises BadInput for a field that is none."""
    wanted = [request.form.get(f"column-{number}", field) for number, field in enumerate(upload.fields)]
    if not set(wanted) <= set(fields):
        raise BadInput(N_("There is no such column."), N_("Use the choices of the page."))
    upload.fields = wanted
    db.session.commit()


def columns(upload: Upload, sheet: Sheet) -> list[tuple[str, str, list[str]]]:
    """Heading, field and some examples of each column."""
    return [(cell, upload.fields[number], sheet.sample(number)) for number, cell in enumerate(sheet.lines[0][1])]


def told(problems: Sequence[Problem]) -> list[tuple[int, str]]:
    """Line and sentence of the first bad lines."""
    return [(problem.line, sentence(problem)) for problem in problems[:MOST_PROBLEMS]]


def throw_away(upload: Upload) -> None:
    """Throw a list away."""
    uploads.forget(upload.id)
    db.session.commit()
    flash(gettext("The list was thrown away; nothing of it is kept."), "ok")


def sentence(problem: Problem) -> str:
    """What is wrong with a line, in the reader's language."""
    return gettext(problem.text, **problem.values)
