"""Mails from the organisers' side: the outbox and its dead letters, the texts, and mails to groups."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from camp import access, broadcasts, groups, letters, log, mail, mail_kinds, mail_render, mail_texts, reminders
from camp.access import allow
from camp.db import db
from camp.editions import Overtaken
from camp.errors import N_, CampError
from camp.forms import refuse
from camp.mail_forms import GroupMailForm, MailTextForm
from camp.mail_texts import Kind
from camp.models import Mail, Participant
from camp.text import page_of
from camp.views.saving import count, locked, show_theirs

bp = Blueprint("mails", __name__)
_PAGE = 50
STATES = {"queued": N_("queued"), "sent": N_("sent"), "failed": N_("given up"), "void": N_("no longer true")}


def init_app(app: Flask) -> None:
    """Make known what mails to groups and reminders say, and which texts can be changed."""
    letters.register(broadcasts.TEMPLATE, told)
    letters.register(reminders.TEMPLATE, reminded)
    for kind in mail_kinds.KINDS:
        mail_texts.register(app, kind)


@bp.get("/<camp>/organise/mail")
@allow("organiser")
def outbox() -> ResponseReturnValue:
    """The camp's mails and where they stand."""
    camp, config = access.the_camp(), current_app.config["CAMP"]
    counts, state = mail.counts(camp), request.args.get("state", "")
    if state not in STATES:
        state = ""
    total = counts.get(state, 0) if state else sum(counts.values())
    number, last = page_of(total, request.args.get("page", 1, type=int), _PAGE)
    return render_template("camp/outbox.html", mails=mail.outbox(camp, (number - 1) * _PAGE, _PAGE, state),
                           folder=None if config.smtp_url else config.mail_folder, counts=counts, state=state,
                           states=STATES, number=number, pages=last, labels=_labels(),
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


@bp.get("/<camp>/organise/mail/texts")
@allow("organiser")
def texts() -> ResponseReturnValue:
    """Which mails the camp writes, and which texts are its own."""
    camp = access.the_camp()
    return render_template("camp/mail_texts.html", kinds=mail_texts.kinds(current_app).values(),
                           own=mail_texts.all_of(camp), tongues=camp.languages)


@bp.route("/<camp>/organise/mail/texts/<template>/<language>", methods=["GET", "POST"])
@allow("organiser")
def text(template: str, language: str) -> ResponseReturnValue:
    """Write a text, look at it with real values, let it be sent to oneself, or go back to the program's own."""
    camp, kind = access.the_camp(), mail_texts.kinds(current_app).get(template)
    if kind is None or language not in camp.languages:
        raise NotFound
    own = mail_texts.of(camp, template, language)
    subject, body = (own.subject, own.body) if own else mail_render.default(kind, camp, language)
    form = locked(MailTextForm(data={"subject": subject, "body": body}), f"mail {template} {language}")
    if form.validate_on_submit():
        try:
            answer = _act(kind, language, form)
            if answer is not None:
                return answer
        except CampError as error:
            db.session.rollback()
            refuse(form, error)
            if isinstance(error, Overtaken):
                show_theirs(form)
    typed = form.subject.data or "", form.body.data or ""
    shown = None if form.errors else mail_render.filled(kind, camp, language, typed, _real())
    return render_template("camp/mail_text.html", form=form, kind=kind, language=language, own=own is not None,
                           shown=shown), 422 if form.errors else 200


def _act(kind: Kind, language: str, form: MailTextForm) -> ResponseReturnValue | None:
    """Do what the button says; none: the page is shown again, with what is typed."""
    camp, person = access.the_camp(), access.viewer().person
    assert person is not None
    if "reset" in request.form:
        mail_texts.reset(camp, kind.template, language)
    else:
        subject, body = mail_texts.checked(kind.places, kind.required, form.subject.data or "", form.body.data or "")
        if "preview" in request.form:
            return None
        if "test" in request.form:
            filled = mail_render.filled(kind, camp, language, (subject, body), _real())
            mail.put(broadcasts.TEMPLATE, to=person.email, language=language, camp_id=camp.id,
                     dedupe_key=f"test/{secrets.token_hex(16)}", values={"subject": filled[0], "body": filled[1]})
            db.session.commit()
            flash(gettext("The mail is on its way to you. The text is not saved yet."), "ok")
            return None
        count(form)
        mail_texts.save(camp, kind, language, subject, body)
    log.note("changed a mail text", camp_id=camp.id, person_id=person.id)
    db.session.commit()
    flash(gettext("Saved."), "ok")
    return redirect(url_for("mails.text", template=kind.template, language=language), 303)


@bp.route("/<camp>/organise/mail/group", methods=["GET", "POST"])
@allow("organiser")
def group() -> ResponseReturnValue:
    """Write to a group: first the text, then number and sample, then the release."""
    camp, every, person = access.the_camp(), groups.of(current_app), access.viewer().person
    assert person is not None
    form = GroupMailForm()
    form.group.choices = [(one.name, gettext(one.label)) for one in every.values()]
    look = None
    if request.method == "GET" and request.args.get("group") in every:
        form.group.data = request.args["group"]
    if form.validate_on_submit():
        chosen = every[form.group.data]
        try:
            texts = broadcasts.checked(form.texts(camp.languages))
            if "release" in request.form:
                made = broadcasts.release(camp, person, chosen, texts, form.nonce.data or "", form.number.data or 0)
                db.session.commit()
                flash(ngettext("One mail is on its way.", "%(num)d mails are on their way.", made.number), "ok")
                return redirect(url_for("mails.outbox"), 303)
            found = broadcasts.members(camp, chosen)
            look = [(who, _sample(texts, who)) for who in found[:3]], len(found)
            form.number.data, form.nonce.data = len(found), secrets.token_urlsafe(16)
        except CampError as error:
            refuse(form, error)
    page = render_template("camp/group_mail.html", form=form, look=look, tongues=camp.languages, labels=every,
                           places=sorted(broadcasts.PLACES), earlier=broadcasts.sent(camp),
                           day=reminders.first_day(camp), to_remind=len(reminders.due(camp)))
    return page, 422 if form.errors else 200


@bp.post("/<camp>/organise/mail/reminder")
@allow("organiser")
def remind() -> ResponseReturnValue:
    """Remind everybody who has a place and was not reminded yet, as many as the page said."""
    camp, person = access.the_camp(), access.viewer().person
    assert person is not None
    number = reminders.remind(camp, person, request.form.get("number", -1, type=int))
    db.session.commit()
    flash(ngettext("One mail is on its way.", "%(num)d mails are on their way.", number), "ok")
    return redirect(url_for("mails.outbox"), 303)


def told(letter: Mail, key: str) -> dict[str, str] | None:
    """What a mail to a group says when it goes out."""
    return broadcasts.told(letter, groups.of(current_app), current_app.config["CAMP"].base_url, key)


def reminded(letter: Mail, key: str) -> dict[str, Any] | None:
    """What a reminder says when it goes out."""
    return reminders.told(letter, current_app.config["CAMP"].base_url, key)


def _real() -> dict[str, Any]:
    """What a preview can say that is true of this camp and its reader."""
    viewer = access.viewer()
    facts = reminders.facts(access.the_camp(), current_app.config["CAMP"].base_url)
    return facts | {"name": viewer.participant.given_name if viewer.participant else ""}


def _labels() -> dict[str, str]:
    """What each mail is about, by template."""
    own = {"sign_in": N_("Sign-in link"), broadcasts.TEMPLATE: N_("To a group")}
    return own | {kind.template: kind.label for kind in mail_texts.kinds(current_app).values()}


def _sample(texts: dict[str, list[str]], who: Participant) -> dict[str, str]:
    camp, base_url = access.the_camp(), current_app.config["CAMP"].base_url
    text = broadcasts.in_language(texts, who.person.language)
    # not the link itself: it is the reader's alone
    return broadcasts.filled(camp, who, text, base_url, f"{base_url.rstrip('/')}/{camp.slug}/place/…")
