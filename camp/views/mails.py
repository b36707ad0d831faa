"""Mails from the organisers' side: the outbox and its dead letters."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from camp import access, log, mail
from camp.access import allow
from camp.db import db
from camp.errors import N_
from camp.text import page_of

bp = Blueprint("mails", __name__)
_PAGE = 50
_STATES = {"queued": N_("queued"), "sent": N_("sent"), "failed": N_("given up"), "void": N_("no longer true")}


@bp.get("/<camp>/organise/mail")
@allow("organiser")
def outbox() -> ResponseReturnValue:
    """The camp's mails and where they stand."""
    camp, config = access.the_camp(), current_app.config["CAMP"]
    counts, state = mail.counts(camp), request.args.get("state", "")
    total = counts.get(state, 0) if state else sum(counts.values())
    number, last = page_of(total, request.args.get("page", 1, type=int), _PAGE)
    return render_template("camp/outbox.html", mails=mail.outbox(camp, (number - 1) * _PAGE, _PAGE, state),
                           folder=None if config.smtp_url else config.mail_folder, counts=counts, state=state,
                           states=_STATES, number=number, pages=last,
                           page_url=lambda n: url_for("mails.outbox", state=state or None, page=n))


@bp.post("/<camp>/organise/mail/again")
@allow("organiser")
def again() -> ResponseReturnValue:
    """Let a mail that was given up be sent after all, or every one of them."""
    camp, person = access.the_camp(), access.viewer().person
    number = mail.again(camp, request.form.get("mail", -1, type=int) if "mail" in request.form else None)
    if number:
        log.note("sent mails again", camp_id=camp.id, person_id=person.id if person else None, number=number)
    db.session.commit()
    flash(ngettext("One mail is on its way again.", "%(num)d mails are on their way again.", number), "ok")
    return redirect(url_for("mails.outbox"), 303)
