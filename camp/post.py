"""The postman: renders mails of the outbox in the reader's language and hands them to SMTP or lays them down."""

from __future__ import annotations

import hashlib
import os
import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select

from camp import clock, letters, mail, mail_render, registration, smtp
from camp.config import Config
from camp.db import db, writing
from camp.models import Camp, Mail, Participant, Person

_WITHOUT_WAY_OUT = ("sign_in", "registration", "registration_waiting", "role_invitation")  # they say one thing only
# What a mail carries, as (file name, MIME type, content); gets its camp and what it says.
Attachments = Callable[[Camp | None, dict[str, Any]], list[tuple[str, str, bytes]]]


def attach(app: Flask, template: str, attachments: Attachments) -> None:
    """Let every mail of a template carry files, made when it goes out."""
    app.extensions.setdefault("camp_mail_attachments", {})[template] = attachments


def send_due() -> int:
    """Send what is due; gives how many went out. Each mail is claimed, sent and noted in short transactions."""
    config: Config = current_app.config["CAMP"]
    with writing():
        claimed = list(mail.claim())
    if not claimed:
        return 0
    server = smtp.Connection(smtp.parse(config.smtp_url)) if config.smtp_url else None
    try:
        return sum(_send(letter, server) for letter in claimed)
    except smtp.Away as error:  # the others would fare no better
        with writing():
            mail.put_back(claimed, str(error))
        return 0
    finally:
        if server is not None:
            server.close()


def compose(letter: Mail, values: dict[str, Any]) -> EmailMessage:
    """A mail as it goes out, in its reader's language; `values` is what it says. Reads only."""
    config: Config = current_app.config["CAMP"]
    camp = db.session.get(Camp, letter.camp_id) if letter.camp_id else None
    files = current_app.extensions.get("camp_mail_attachments", {}).get(letter.template)
    with force_locale(letter.language):
        carried = files(camp, values) if files else []
    subject, body = mail_render.render(letter.template, camp, letter.language, values)
    body += _way_out(letter, camp, body)
    db.session.rollback()
    message = EmailMessage(policy=SMTP.clone(max_line_length=200))
    message["Subject"] = subject
    message["From"] = config.mail_from
    message["To"] = letter.to
    message["Date"] = clock.now()
    # Fixed for a row, so that a mail that went out twice after a crash can be recognised as one.
    number = hashlib.sha256(letter.dedupe_key.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{number}@{config.host.partition(':')[0]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body + "\n", cte="8bit")
    for name, kind, content in carried:
        main, _, sub = kind.partition("/")
        parameters = {"charset": "utf-8"} if main == "text" else {}
        message.add_attachment(content, maintype=main, subtype=sub, filename=name, params=parameters)
    return message


def _way_out(letter: Mail, camp: Camp | None, body: str) -> str:
    """The last lines of a mail to somebody of the camp: one tap, without signing in, to give the place back."""
    config: Config = current_app.config["CAMP"]
    if camp is None or letter.template in _WITHOUT_WAY_OUT or f"/{camp.slug}/place/" in body:
        return ""
    who = db.session.scalar(select(Participant).join(Person, Person.id == Participant.person_id).where(
        Participant.camp_id == camp.id, Participant.state != "cancelled", Person.email == letter.to.lower()))
    if who is None:
        return ""
    with force_locale(letter.language):
        words = gettext("You cannot come? One tap gives the place to the next:")
    address = registration.place_address(camp, who, config.base_url, config.secret_key)
    return f"\n\n-- \n{words}\n{address}"


def _send(letter: Mail, server: smtp.Connection | None) -> bool:
    """Send a claimed mail and note what became of it. Raises smtp.Away if no mail can go out."""
    with writing():
        if not mail.keep(letter):
            return False
        values = letters.values(letter, current_app.config["CAMP"].secret_key)
        if values is None:
            mail.void(letter.id)
            return False
    try:
        message = compose(letter, values)
        if server is not None:
            server.send(message)
        else:
            _lay_down(current_app.config["CAMP"].mail_folder, message)
    except smtp.Away:
        raise
    except (smtp.Rejected, OSError, ValueError, smtplib.SMTPException) as error:
        with writing():
            mail.failed(letter, f"{type(error).__name__}: {error}", for_good=isinstance(error, smtp.Rejected))
        return False
    with writing():
        mail.sent(letter.id)
    return True


def _lay_down(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").partition("@")[0]
    draft = folder / f".{name}.part"
    with draft.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / f"{name}.eml")
