"""The postman: renders mails of the outbox in the reader's language and hands them to SMTP or lays them down."""

from __future__ import annotations

import hashlib
import os
import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale

from camp import clock, mail
from camp.config import Config
from camp.db import db, writing
from camp.models import Camp, Mail


def send_due() -> int:
    """Send what is due; gives how many went out. Each mail is claimed, sent and noted in short transactions."""
    with writing():
        claimed = list(mail.claim())
    done = 0
    for letter in claimed:
        with writing():
            mine = mail.keep(letter)
        if not mine:
            continue
        try:
            _deliver(_compose(letter))
        except (OSError, ValueError, smtplib.SMTPException) as error:
            with writing():
                mail.failed(letter.id, type(error).__name__ + ": " + str(error))
        else:
            with writing():
                mail.sent(letter.id)
            done += 1
    return done


def _compose(letter: Mail) -> EmailMessage:
    config: Config = current_app.config["CAMP"]
    camp = db.session.get(Camp, letter.camp_id) if letter.camp_id else None
    db.session.rollback()
    with force_locale(letter.language):
        text = render_template(f"mail/{letter.template}.txt", camp=camp, base_url=config.base_url, **letter.values)
    subject, _, body = text.partition("\n")
    message = EmailMessage(policy=SMTP.clone(max_line_length=200))
    message["Subject"] = subject.strip()
    message["From"] = config.mail_from
    message["To"] = letter.to
    message["Date"] = clock.now()
    # Fixed for a row, so that a mail that went out twice after a crash can be recognised as one.
    number = hashlib.sha256(letter.dedupe_key.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{number}@{config.host.partition(':')[0]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.strip() + "\n", cte="8bit")
    return message


def _deliver(message: EmailMessage) -> None:
    config: Config = current_app.config["CAMP"]
    if config.smtp_host:
        with smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=15) as server:
            if config.smtp_tls:
                server.starttls()
            if config.smtp_user:
                server.login(config.smtp_user, config.smtp_password)
            server.send_message(message)
    else:
        _lay_down(config.mail_folder, message)


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
